"""Sessions: an opaque random token in the client's hand, its sha256 in ours."""

import hashlib
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, literal, select, update
from sqlalchemy.exc import OperationalError

from api.accounts import tables
from api.accounts.at_hand import Holder, Notebook
from api.accounts.roles import Account, Role

LIFETIME = timedelta(hours=12)
SLIDE_EVERY = timedelta(minutes=5)  # reading must not cost a write each time

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Session:
    """A session just opened. The only moment at which the token is known to us."""

    token: str
    account: Account
    expires_at: datetime

    def __repr__(self) -> str:
        return f"Session({self.account.username}, until {self.expires_at})"


class Sessions:
    """All open sessions. They end 12 h after their last use, at logout, or with their account."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], at_hand: Notebook) -> None:
        self._engine = engine
        self._now = now
        self._at_hand = at_hand

    def close(self) -> None:
        self._at_hand.close()

    def forget(self) -> None:
        """The book was written to by this process: whoever is let in is looked up again."""
        self._at_hand.forget()

    def open(self, account: Account, password_hash: str) -> Session | None:
        """A new session, or None if the password was changed since `password_hash` was read."""
        token = secrets.token_urlsafe(32)
        at = self._now()
        expires_at = at + LIFETIME
        row = select(
            literal(_digest(token)),
            tables.accounts.c.username,
            literal(at.timestamp()),
            literal(expires_at.timestamp()),
        ).where(
            tables.accounts.c.username == account.username,
            tables.accounts.c.password_hash == password_hash,
        )
        over = delete(tables.sessions).where(tables.sessions.c.expires_at_s <= at.timestamp())
        columns = ["token_sha256", "username", "opened_at_s", "expires_at_s"]
        with self._engine.begin() as connection:
            connection.execute(over)
            made = connection.execute(insert(tables.sessions).from_select(columns, row))
        return Session(token, account, expires_at) if made.rowcount else None

    def known_holder(self, token: str, *, demo: bool) -> Account | None:
        """As `holder`, at once and without waiting for anybody; None where the book must be asked."""
        digest = _digest(token)
        known = self._at_hand.page().get(digest)
        now_s = self._now().timestamp()
        if known is None or _needs_sliding(known.expires_at_s, now_s):
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
            select(tables.accounts, tables.sessions.c.expires_at_s)
            .join(tables.sessions, tables.sessions.c.username == tables.accounts.c.username)
            .where(tables.sessions.c.token_sha256 == digest, tables.sessions.c.expires_at_s > now_s)
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
        if _needs_sliding(row.expires_at_s, now_s):
            self._slide(digest, now_s + LIFETIME.total_seconds())
        else:
            page[digest] = Holder(account, row.demo, row.expires_at_s)
        return account

    def revoke(self, token: str) -> None:
        this_one = delete(tables.sessions).where(tables.sessions.c.token_sha256 == _digest(token))
        with self._engine.begin() as connection:
            connection.execute(this_one)
        self.forget()

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


def _needs_sliding(expires_at_s: float, now_s: float) -> bool:
    return expires_at_s < now_s + (LIFETIME - SLIDE_EVERY).total_seconds()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
