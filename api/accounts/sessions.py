"""Sessions: an opaque random token in the client's hand, its sha256 in ours."""

import hashlib
import logging
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, literal, select, update
from sqlalchemy.exc import OperationalError

from api.accounts import tables
from api.accounts.at_hand import Holder, Notebook
from api.accounts.bell import Bell
from api.accounts.roles import Account, Role
from api.accounts.sign_in_rules import SignInRules

SLIDE_EVERY = timedelta(minutes=5)  # reading must not cost a write each time

SHOWN_ID = 16
LONGEST_AGENT = 200

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Session:
    """A session just opened. The only moment at which the token is known to us.

    paper_codes : where a second factor was just set up, what opens the door without the phone
    """

    token: str
    account: Account
    expires_at: datetime
    paper_codes: list[str] | None = None

    def __repr__(self) -> str:
        return f"Session({self.account.username}, until {self.expires_at})"


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of the list. `id` names it and opens nothing; `ends_at` is when it ends though it be used."""

    id: str
    username: str
    opened_at: datetime
    ends_at: datetime
    address: str
    agent: str


class Sessions:
    """All open sessions. They end some hours after their last use or after the sign-in, at logout, or with
    their account; `rules` says after how many.

    changed : rings whenever this process ended one
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime], at_hand: Notebook) -> None:
        self._engine = engine
        self._now = now
        self._at_hand = at_hand
        self.rules = SignInRules()
        self.changed = Bell()

    def close(self) -> None:
        self._at_hand.close()

    def forget(self) -> None:
        """The book was written to by this process: whoever is let in is looked up again."""
        self._at_hand.forget()
        self.changed.ring()

    def open(
        self, account: Account, password_hash: str, *, address: str = "", agent: str = ""
    ) -> Session | None:
        """A new session, or None if the password is not that of `password_hash` any more, or the account is
        stopped."""
        token = secrets.token_urlsafe(32)
        at = self._now()
        expires_at = at + min(self.rules.idle, self.rules.longest)
        row = select(
            literal(_digest(token)),
            tables.accounts.c.username,
            literal(at.timestamp()),
            literal(expires_at.timestamp()),
        ).where(
            tables.accounts.c.username == account.username,
            tables.accounts.c.password_hash == password_hash,
            tables.accounts.c.username.not_in(select(tables.stopped_accounts.c.username)),
        )
        over = delete(tables.sessions).where(tables.sessions.c.expires_at_s <= at.timestamp())
        columns = ["token_sha256", "username", "opened_at_s", "expires_at_s"]
        with self._engine.begin() as connection:
            connection.execute(over)
            made = connection.execute(insert(tables.sessions).from_select(columns, row))
            origin = {"token_sha256": _digest(token), "address": address, "agent": agent[:LONGEST_AGENT]}
            connection.execute(insert(tables.session_origins).values(origin))
            still_open = select(tables.sessions.c.token_sha256)
            origins = tables.session_origins
            connection.execute(delete(origins).where(origins.c.token_sha256.not_in(still_open)))
        return Session(token, account, expires_at) if made.rowcount else None

    def known_holder(self, token: str, *, demo: bool) -> Account | None:
        """As `holder`, at once and without waiting for anybody; None where the book must be asked."""
        digest = _digest(token)
        known = self._at_hand.page().get(digest)
        now_s = self._now().timestamp()
        if known is None or known.expires_at_s <= now_s or self._slides_to(known, now_s) is not None:
            return None
        return known.account if demo or not known.demo else None

    def holder(self, token: str, *, demo: bool) -> Account | None:
        """Whose session this is, kept alive by being used; None if it is over or never was.

        demo : whether demo accounts count
        """
        now_s = self._now().timestamp()
        digest = _digest(token)
        page = self._at_hand.page()  # before the book is read: what changes meanwhile begins a new page
        question = (
            select(tables.accounts, tables.sessions.c.expires_at_s, tables.sessions.c.opened_at_s)
            .join(tables.sessions, tables.sessions.c.username == tables.accounts.c.username)
            .where(
                tables.sessions.c.token_sha256 == digest,
                tables.sessions.c.expires_at_s > now_s,
                tables.sessions.c.opened_at_s > now_s - self.rules.longest.total_seconds(),
            )
        )
        try:
            with self._engine.connect() as connection:
                row = connection.execute(question).one_or_none()
        except OperationalError:
            known = page.get(digest)
            if known is None or known.expires_at_s <= now_s or (known.demo and not demo):
                raise
            return known.account  # a server that is away must not sign a dispatcher out in mid-call
        if row is None or (row.demo and not demo):
            return None
        account = Account(row.username, Role(row.role), row.hospital_id, row.callsign)
        holder = Holder(account, row.demo, row.expires_at_s, row.opened_at_s)
        later_s = self._slides_to(holder, now_s)
        if later_s is not None:
            self._slide(digest, later_s)
        else:
            page[digest] = holder
        return account

    def living(self, tokens: Collection[str], *, demo: bool) -> dict[str, Account]:
        """Which of these sessions are not over, and whose, in one question; being asked keeps them alive."""
        now_s, named = self._now().timestamp(), {_digest(token): token for token in tokens}
        sessions = tables.sessions.c
        question = (
            select(tables.accounts, sessions.token_sha256, sessions.expires_at_s, sessions.opened_at_s)
            .join(tables.sessions, tables.sessions.c.username == tables.accounts.c.username)
            .where(
                sessions.token_sha256.in_(named),
                sessions.expires_at_s > now_s,
                sessions.opened_at_s > now_s - self.rules.longest.total_seconds(),
            )
        )
        with self._engine.connect() as connection:
            rows = [row for row in connection.execute(question) if demo or not row.demo]
        living = {}
        for row in rows:
            account = Account(row.username, Role(row.role), row.hospital_id, row.callsign)
            living[named[row.token_sha256]] = account
            later_s = self._slides_to(Holder(account, row.demo, row.expires_at_s, row.opened_at_s), now_s)
            if later_s is not None:
                self._slide(row.token_sha256, later_s)
        return living

    def ends_at(self, token: str) -> datetime | None:
        """When a session ends even while it is used; None for one that is over."""
        now_s = self._now().timestamp()
        question = select(tables.sessions.c.opened_at_s).where(
            tables.sessions.c.token_sha256 == _digest(token), tables.sessions.c.expires_at_s > now_s
        )
        with self._engine.connect() as connection:
            opened_at_s = connection.execute(question).scalar_one_or_none()
        return None if opened_at_s is None else datetime.fromtimestamp(opened_at_s, UTC) + self.rules.longest

    def all(self) -> list[OpenSession]:
        """Every session that is open, the newest first."""
        now_s, sessions, origins = self._now().timestamp(), tables.sessions, tables.session_origins
        question = (
            select(sessions, origins.c.address, origins.c.agent)
            .join(origins, origins.c.token_sha256 == sessions.c.token_sha256, isouter=True)
            .where(
                sessions.c.expires_at_s > now_s,
                sessions.c.opened_at_s > now_s - self.rules.longest.total_seconds(),
            )
            .order_by(sessions.c.opened_at_s.desc())
        )
        with self._engine.connect() as connection:
            rows = connection.execute(question).all()
        return [
            OpenSession(
                id=row.token_sha256[:SHOWN_ID],
                username=row.username,
                opened_at=datetime.fromtimestamp(row.opened_at_s, UTC),
                ends_at=datetime.fromtimestamp(row.opened_at_s, UTC) + self.rules.longest,
                address=row.address or "",
                agent=row.agent or "",
            )
            for row in rows
        ]

    def id_of(self, token: str) -> str:
        """What `all` calls the session of this token."""
        return _digest(token)[:SHOWN_ID]

    def end(self, session_id: str, beside: Callable[[Connection, str], None]) -> str | None:
        """End the one that `all` calls so; whose it was, None where there is none.

        beside : done in the same transaction, with the name
        """
        if len(session_id) != SHOWN_ID or not session_id.isalnum():
            return None
        sessions = tables.sessions
        this_one = delete(sessions).where(sessions.c.token_sha256.startswith(session_id))
        with self._engine.begin() as connection:
            name = connection.execute(this_one.returning(sessions.c.username)).scalars().first()
            if name is not None:
                beside(connection, name)
        self.forget()
        return name

    def revoke(self, token: str) -> None:
        this_one = delete(tables.sessions).where(tables.sessions.c.token_sha256 == _digest(token))
        with self._engine.begin() as connection:
            connection.execute(this_one)
        self.forget()

    def _slides_to(self, holder: Holder, now_s: float) -> float | None:
        """Until when a session that is used now shall last, where that is worth writing down."""
        last_s = holder.opened_at_s + self.rules.longest.total_seconds()
        later_s = min(now_s + self.rules.idle.total_seconds(), last_s)
        worth_it = later_s - holder.expires_at_s > SLIDE_EVERY.total_seconds()
        return later_s if worth_it or (later_s == last_s and later_s > holder.expires_at_s) else None

    def _slide(self, digest: str, expires_at_s: float) -> None:
        """Move the end of a session. A full disk must not sign a dispatcher out in mid-call."""
        later = (
            update(tables.sessions)
            .where(tables.sessions.c.token_sha256 == digest, tables.sessions.c.expires_at_s < expires_at_s)
            .values(expires_at_s=expires_at_s)
        )
        try:
            with self._engine.begin() as connection:
                connection.execute(later)
        except OperationalError as trouble:
            logger.warning("a session could not be prolonged: %s", trouble.orig)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
