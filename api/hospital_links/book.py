"""The book of hospital links, beside the accounts. Of a secret nothing is kept but its hash."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import Column, Engine, Float, MetaData, Row, String, Table, insert, select, update
from sqlalchemy.schema import CreateTable

from api.accounts.acts import Act, note
from api.accounts.tables import open_file
from api.hospital_links.errors import BadLinkDays, BadLinkLabel, LinkInUse, UnknownLink
from api.postgres.address import Address
from api.postgres.engine import postgres_engine

PAGE: Final = "/hospital/beds"
SECRET_BYTES: Final = 32
USUAL_DAYS: Final = 90
LONGEST_DAYS: Final = 366
"""A link always has an end: the paper it is printed on outlives those who knew what it was."""
LONGEST_LABEL: Final = 60
NOTED_EVERY: Final = timedelta(minutes=5)
"""That a link is used is written down so often: reading must not cost a write each time."""

metadata = MetaData()
LINKS = Table(
    "hospital_links",
    metadata,
    Column("id", String, primary_key=True),
    Column("hospital_id", String, nullable=False),
    Column("label", String, nullable=False),  # for whom it was made: a ward, a desk
    Column("secret_sha256", String, nullable=False, unique=True),
    Column("made_by", String, nullable=False),
    Column("made_at_s", Float, nullable=False),  # seconds since 1970, UTC, as all of these
    Column("expires_at_s", Float, nullable=False),
    Column("used_at_s", Float),
    Column("ended_at_s", Float),
    Column("ended_by", String),
)


def address(origin: str, secret: str) -> str:
    """What is given out. The secret stands behind a #, so that it reaches no server's log."""
    return f"{origin.rstrip('/')}{PAGE}#{secret}"


@dataclass(frozen=True, slots=True)
class HospitalLink:
    """ended_at : when somebody ended it, None where it may still run out by itself"""

    id: str
    hospital_id: str
    label: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None

    def good(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.expires_at


class HospitalLinks:
    """All links ever made. Safe for many threads, and for the command line beside a server."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        """engine : SQLite, where the table is made, or PostgreSQL, where the migrations made it"""
        self._engine, self._now = engine, now
        if engine.dialect.name == "sqlite":
            with engine.begin() as connection:
                connection.execute(CreateTable(LINKS, if_not_exists=True))

    def make(
        self, link_id: UUID, hospital_id: str, label: str, days: int, by: str
    ) -> tuple[HospitalLink, str]:
        """A new link and its secret, told this once. Raises BadLinkLabel, BadLinkDays, LinkInUse.

        Said twice, because the first answer was lost, it is one link: the secret that nobody got is replaced.
        """
        label = " ".join(label.split())
        if not 2 <= len(label) <= LONGEST_LABEL:
            raise BadLinkLabel(longest=LONGEST_LABEL)
        if not 1 <= days <= LONGEST_DAYS:
            raise BadLinkDays(longest=LONGEST_DAYS)
        secret, now = secrets.token_urlsafe(SECRET_BYTES), self._now()
        row = {
            "id": str(link_id),
            "hospital_id": hospital_id,
            "label": label,
            "secret_sha256": _digest(secret),
            "made_by": by,
            "made_at_s": now.timestamp(),
            "expires_at_s": (now + timedelta(days=days)).timestamp(),
        }
        same = ("hospital_id", "label", "made_by")
        with self._engine.begin() as connection:
            known = connection.execute(select(LINKS).where(LINKS.c.id == row["id"])).one_or_none()
            if known is None:
                connection.execute(insert(LINKS).values(row))
                note(connection, now, by, Act.LINK_MADE, label, hospital_id)
            elif (
                known.used_at_s is not None
                or known.ended_at_s is not None
                or any(getattr(known, name) != row[name] for name in same)
            ):
                raise LinkInUse
            else:
                connection.execute(update(LINKS).where(LINKS.c.id == row["id"]).values(row))
            made = connection.execute(select(LINKS).where(LINKS.c.id == row["id"])).one()
        return _link(made), secret

    def end(self, link_id: str, by: str) -> HospitalLink:
        """It opens nothing from now on; said twice, the first counts. Raises UnknownLink."""
        with self._engine.begin() as connection:
            ended = connection.execute(
                update(LINKS)
                .where(LINKS.c.id == link_id, LINKS.c.ended_at_s.is_(None))
                .values(ended_at_s=self._now().timestamp(), ended_by=by)
            )
            row = connection.execute(select(LINKS).where(LINKS.c.id == link_id)).one_or_none()
            if row is not None and ended.rowcount:
                note(connection, self._now(), by, Act.LINK_ENDED, row.label, row.hospital_id)
        if row is None:
            raise UnknownLink
        return _link(row)

    def all(self) -> list[HospitalLink]:
        """The newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(LINKS).order_by(LINKS.c.made_at_s.desc(), LINKS.c.id)).all()
        return [_link(row) for row in rows]

    def of_secret(self, secret: str) -> HospitalLink | None:
        """The link that a secret opens now; that it was used is noted."""
        now = self._now()
        question = select(LINKS).where(LINKS.c.secret_sha256 == _digest(secret))
        with self._engine.connect() as connection:
            row = connection.execute(question).one_or_none()
        if row is None or not _link(row).good(now):
            return None
        if row.used_at_s is None or now.timestamp() - row.used_at_s >= NOTED_EVERY.total_seconds():
            with self._engine.begin() as connection:
                connection.execute(
                    update(LINKS).where(LINKS.c.id == row.id).values(used_at_s=now.timestamp())
                )
        return _link(row)

    def ended_of_secret(self, secret: str) -> str | None:
        """The id of a link that this secret opened once, and does not any more."""
        question = select(LINKS).where(LINKS.c.secret_sha256 == _digest(secret))
        with self._engine.connect() as connection:
            row = connection.execute(question).one_or_none()
        return None if row is None or _link(row).good(self._now()) else row.id

    def close(self) -> None:
        """For whoever opened the book alone."""
        self._engine.dispose()


def book_of_links(place: Path | Address, now: Callable[[], datetime]) -> HospitalLinks:
    """Of a file, that of the accounts, or of a database that `api.postgres.migrate` has seen to."""
    return HospitalLinks(
        open_file(place) if isinstance(place, Path) else postgres_engine(place, pool_size=2), now
    )


def _link(row: Row) -> HospitalLink:
    return HospitalLink(
        row.id,
        row.hospital_id,
        row.label,
        row.made_by,
        _moment(row.made_at_s),
        _moment(row.expires_at_s),
        _moment(row.used_at_s) if row.used_at_s is not None else None,
        _moment(row.ended_at_s) if row.ended_at_s is not None else None,
        row.ended_by,
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
