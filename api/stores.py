"""What a centre keeps, and where: files in its data folder, or one PostgreSQL database."""

import fcntl
import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import psycopg
from sqlalchemy import Engine, create_engine, event, text

import projections
from api.accounts.store import FILE_NAME as ACCOUNTS
from api.accounts.store import AccountStore
from api.city_of_log import Folder, Place
from api.postgres.address import Address
from api.postgres.engine import postgres_engine
from api.postgres.migrate import away, migrate
from api.postgres.pen import AnotherWriter, Pen
from api.postgres.place import Database
from dispatch.application import DispatchLog, postgres_log, sqlite_log
from dispatch.faults import OperationalError
from projections.figures.store import FigureStore
from projections.memory import MemoryViews
from projections.pings import Pings, open_pings
from projections.snapshots import nearest
from projections.snapshots_sql import SqlSnapshots
from projections.sql import SqlViews

log = logging.getLogger("vigil.stores")


class AlreadyRunning(RuntimeError):
    """Another process holds the data folder or the database; the sentence names it."""


@dataclass(slots=True)
class Stores:
    """All that one centre keeps, open. `close` lets it go."""

    log: DispatchLog
    views: SqlViews
    snapshots: SqlSnapshots
    pings: Pings
    figures: FigureStore
    accounts: AccountStore
    place: Place
    epoch: str
    stamp: Callable[[], str]
    put_stamp: Callable[[str], None]
    database: Address | None = None
    pen: Pen | None = None
    engines: list[Engine] = field(default_factory=list)

    @property
    def writable(self) -> bool:
        """Whether orders can be stored, as far as is known without asking."""
        return self.pen is None or self.pen.held

    def folded(self) -> MemoryViews:
        """The stored views, or empty ones where they belong to another log or were folded by other code.

        They stand where their newest snapshot stands, a little behind the stored rows: what is at rest is
        not even read.
        """
        end = self.log.position()
        if self.stamp() != self._stamp() or self.views.position > end:
            self.views.clear()
            self.mark()
        self.snapshots.drop_foreign()
        self.snapshots.drop([place.seq for place in self.snapshots.places() if place.seq > end])
        start = nearest(self.snapshots, self.views, seq=self.views.position)
        return start if start is not None else self.views.load()

    def mark(self) -> None:
        """Note of which log and by which code the stored views are."""
        self.put_stamp(self._stamp())

    def _stamp(self) -> str:
        return fold_of(self.epoch)

    def close(self) -> None:
        self.accounts.close()
        if self.pen is not None:
            self.pen.release()
        self.log.close()
        for engine in self.engines:
            engine.dispose()


def open_stores(data: Path, database: Address | None) -> Stores:
    """Open, or make. The caller holds the folder; of a database the right to write is taken here.

    Raises AlreadyRunning where another process writes to the database, DatabaseUnfit, DatabaseAway.
    """
    return _in_files(data) if database is None else _in_database(database)


def insist_alone(data: Path, database: Address | None) -> None:
    """Before much work is begun: nobody else runs on the folder, and the server answers and has no writer.

    database : of a server elsewhere; a private one is not there yet
    Raises AlreadyRunning, DatabaseAway.
    """
    if (data / "lock").is_file():  # no folder is made for a start that may yet be refused
        hold(data).close()
    if database is not None:
        _take_pen(database).release()


@contextmanager
def held(data: Path, database: Address | None) -> Iterator[Place]:
    """The place of the log, with nobody else at work there while the context lasts; for `claim`.

    Raises AlreadyRunning, DatabaseUnfit, DatabaseAway.
    """
    with hold(data):
        if database is None:
            yield Folder(data)
            return
        pen = _take_pen(database)
        engine = postgres_engine(database, pool_size=1)
        try:
            migrate(database)
            yield Database(engine, database)
        finally:
            engine.dispose()
            pen.release()


def _in_files(data: Path) -> Stores:
    data.mkdir(parents=True, exist_ok=True)
    epoch, stamp = _epoch(data), data / "views.stamp"
    views, telemetry = sqlite_engine(data / "views.sqlite"), sqlite_engine(data / "telemetry.sqlite")
    past, counted = sqlite_engine(data / "views.past.sqlite"), sqlite_engine(data / "views.figures.sqlite")
    return Stores(
        log=sqlite_log(str(data / "events.sqlite")),
        views=SqlViews(views),
        snapshots=SqlSnapshots(past, fold_of(epoch)),
        pings=open_pings(telemetry),
        figures=FigureStore(counted, figures_of(epoch)),
        accounts=AccountStore(data / ACCOUNTS),
        place=Folder(data),
        epoch=epoch,
        stamp=lambda: stamp.read_text(encoding="utf-8") if stamp.is_file() else "",
        put_stamp=lambda words: _write(stamp, words),
        engines=[views, telemetry, past, counted],
    )


def _in_database(address: Address) -> Stores:
    pen = _take_pen(address)
    try:
        migrate(address)
        dispatch_log = postgres_log(address.libpq)
    except OperationalError as fault:
        pen.release()
        raise away(address, fault) from fault
    except BaseException:
        pen.release()
        raise
    dispatch_log.may_write = pen.may_write
    engine = postgres_engine(address, pool_size=8)
    _warn_of_haste(engine)
    place = Database(engine, address)
    return Stores(
        log=dispatch_log,
        views=SqlViews(engine),
        snapshots=SqlSnapshots(engine, fold_of(place.epoch())),
        pings=open_pings(engine),
        figures=FigureStore(engine, figures_of(place.epoch())),
        accounts=AccountStore(address),
        place=place,
        epoch=place.epoch(),
        stamp=lambda: place.read("views"),
        put_stamp=lambda words: place.note("views", words),
        database=address,
        pen=pen,
        engines=[engine],
    )


def _take_pen(address: Address) -> Pen:
    pen = Pen(address)
    try:
        pen.take()
    except AnotherWriter as fault:
        raise AlreadyRunning(str(fault)) from None
    except psycopg.OperationalError as fault:
        raise away(address, fault) from fault
    return pen


def _warn_of_haste(engine: Engine) -> None:
    """A server may be set up to acknowledge what a power cut takes away again: said once, loudly."""
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            if connection.execute(text(f"SHOW {setting}")).scalar_one() == "off":
                log.warning(
                    "This PostgreSQL runs with %s=off: a power cut may take acknowledged facts.", setting
                )


def fold_of(epoch: str) -> str:
    """Of which log and by which code stored views are."""
    return f"{epoch} {fold_version()}"


def fold_version() -> str:
    """Changes whenever the code of the views does, so that stored rows never outlive their fold."""
    digest = hashlib.sha256()
    for source in sorted(Path(str(projections.__file__)).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def figures_of(epoch: str) -> str:
    """Of which log and by which code stored figure records are."""
    code = Path(str(projections.__file__)).parent / "figures"
    digest = hashlib.sha256()
    for name in ("fold.py", "records.py"):
        digest.update((code / name).read_bytes())
    return f"{epoch} {digest.hexdigest()[:16]}"


def sqlite_engine(path: Path) -> Engine:
    """A SQLite file that is read while it is written. It can be made again, so it need not sync."""
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"check_same_thread": False, "timeout": 5},
        hide_parameters=True,  # rows hold callers' names and places: a failed statement must not log them
    )

    @event.listens_for(engine, "connect")
    def tune(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    return engine


def _epoch(data: Path) -> str:
    """The name of this log. A new log has a new one, so that clients of the old one begin again."""
    marker = data / "events.epoch"
    if (data / "events.sqlite").is_file() and marker.is_file():
        return marker.read_text(encoding="utf-8").strip()
    epoch = uuid4().hex
    _write(marker, epoch)
    return epoch


def _write(path: Path, words: str) -> None:
    path.write_text(words, encoding="utf-8")


def hold(data: Path) -> IO[str]:
    """One process a data folder; the lock goes with the process, however it ends.

    Raises AlreadyRunning.
    """
    data.mkdir(parents=True, exist_ok=True)
    lock = (data / "lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        raise AlreadyRunning(f"Vigil already runs on {data} (process {holder}).") from None
    lock.seek(0)
    lock.truncate()
    lock.write(str(os.getpid()))
    lock.flush()
    return lock
