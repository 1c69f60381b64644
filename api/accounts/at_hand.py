"""Sessions that were looked up before, good until anybody writes to the book of accounts.

SQLite tells by a number whether another connection has changed the file, in this process or outside: the
command line may strike an account out beside a running server. To ask for that number costs microseconds,
to ask for the session with its account a third of a millisecond.
"""

from threading import Lock
from typing import NamedTuple

from sqlalchemy import Engine

from api.accounts.roles import Account

MOST = 4_096


class Holder(NamedTuple):
    """Who holds a session, as the book has it. Good while `expires_at_s` is ahead and no entry changes."""

    account: Account
    demo: bool
    expires_at_s: float


Page = dict[str, Holder]
"""By the digest of the token. A page belongs to one state of the book; a new state begins a new page."""


class AtHand:
    """Any thread may ask; its own connection never writes."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.raw_connection()
        self._connection.detach()
        self._version = -1
        self._page: Page = {}
        self._lock = Lock()

    def page(self) -> Page:
        """What is known of the book as it stands now. What is looked up afterwards may be noted on it."""
        with self._lock:
            cursor = self._connection.cursor()
            # Read to the end, or the reading would last and the number would never change.
            ((version,),) = cursor.execute("PRAGMA data_version").fetchall()
            if version != self._version or len(self._page) >= MOST:
                self._version, self._page = version, {}
            return self._page

    def close(self) -> None:
        with self._lock:
            self._connection.close()
