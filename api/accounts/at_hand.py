"""Sessions that were looked up before, good until anybody writes to the book of accounts.

SQLite tells by a number whether another connection has changed the file, in this process or outside: the
command line may strike an account out beside a running server. To ask for that number costs microseconds,
to ask for the session with its account a third of a millisecond.
"""

from threading import Lock
from typing import NamedTuple, Protocol

from sqlalchemy import Engine

from api.accounts.roles import Account
from api.postgres.address import Address

MOST = 4_096


class Holder(NamedTuple):
    """Who holds a session, as the book has it. Good while `expires_at_s` is ahead and no entry changes."""

    account: Account
    demo: bool
    expires_at_s: float
    opened_at_s: float


Page = dict[str, Holder]
"""By the digest of the token. A page belongs to one state of the book; a new state begins a new page."""


class Notebook(Protocol):
    def page(self) -> Page:
        """What is known of the book as it stands now. What is looked up afterwards may be noted on it."""
        ...

    def forget(self) -> None:
        """This process wrote to the book."""
        ...

    def close(self) -> None: ...


class AtHand:
    """For a book in SQLite. Any thread may ask; its own connection never writes."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.raw_connection()
        self._connection.detach()
        self._version = -1
        self._page: Page = {}
        self._lock = Lock()

    def page(self) -> Page:
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

    def forget(self) -> None:
        """The number tells."""


class AtHandByWord:
    """For a book in PostgreSQL, which tells whoever listens that somebody wrote: a moment later, not at once.

    While the server is away the page stays good, since nobody can write to the book: a dispatcher who was let
    in goes on reading. It ends when the server is heard again.
    """

    def __init__(self, address: Address) -> None:
        from dispatch.postgres.ears import Ears  # psycopg is for those alone who have a PostgreSQL

        self._page: Page = {}
        self._ears = Ears(address.libpq, "vigil_book", self._hear)
        self._ears.start()

    def page(self) -> Page:
        if len(self._page) >= MOST:
            self._page = {}
        return self._page

    def forget(self) -> None:
        self._page = {}

    def close(self) -> None:
        self._ears.stop()

    def _hear(self, _: int) -> None:
        if self._ears.hearing.is_set():
            self._page = {}
