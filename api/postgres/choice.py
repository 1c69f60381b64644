"""What `--db` says: SQLite files, a server of one's own in the data folder, or a server somewhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from api.postgres.address import Address, read_address
from api.postgres.binaries import find_binaries

NOTE = "kept.in"
"""In the data folder: where its centre keeps its log, so that `vigil user` need not be told."""
SQLITE, AUTO = "sqlite", "auto"
PRIVATE = "postgres"
"""In the data folder: the server of one's own."""


class NoDatabase(RuntimeError):
    """What --db asks for cannot be had; the sentence says why."""


def chosen(db: str | None, data: Path) -> str:
    """The option as it was given, or as the folder remembers it. Raises NoDatabase, BadAddress."""
    if db is None:
        note = data / NOTE
        db = note.read_text(encoding="utf-8").strip() if note.is_file() else SQLITE
        if db not in (SQLITE, AUTO):
            raise NoDatabase(f"The centre of {data} keeps its log in {db}: name that database with --db.")
    if db not in (SQLITE, AUTO):
        read_address(db)
    return db


def elsewhere(db: str) -> Address | None:
    """The server that the option names; None where the data folder keeps everything. Raises BadAddress."""
    return None if db in (SQLITE, AUTO) else read_address(db)


def options_for(data: Path) -> str:
    """What other commands must be told to find this folder's log: a server elsewhere is named each time."""
    note = data / NOTE
    kept_in = note.read_text(encoding="utf-8").strip() if note.is_file() else SQLITE
    return f"--data {data}" if kept_in in (SQLITE, AUTO) else f"--data {data} --db {kept_in}"


def remember(db: str, data: Path) -> str:
    """Note where this folder's centre keeps its log, without a password; what was noted before."""
    note = data / NOTE
    before = note.read_text(encoding="utf-8").strip() if note.is_file() else ""
    data.mkdir(parents=True, exist_ok=True)
    note.write_text(db if db in (SQLITE, AUTO) else repr(read_address(db)), encoding="utf-8")
    return before


@contextmanager
def database(
    db: str, data: Path, say: Callable[[str], None] = lambda words: None, beside: bool = False
) -> Iterator[Address | None]:
    """The database for as long as the context lasts; None for SQLite. A private server is stopped in order.

    beside : use the private server that another process runs, if one does
    Raises NoDatabase, BadAddress.
    """
    if db == SQLITE:
        yield None
    elif db != AUTO:
        yield read_address(db)
    elif _goes_private(data, say):
        with _private(data / PRIVATE, say, beside) as address:
            yield address
    else:
        yield None


def _goes_private(data: Path, say: Callable[[str], None]) -> bool:
    """Whether a server of its own keeps the log. What a folder began with, it stays with: never an empty log
    beside a full one. Raises NoDatabase."""
    there = find_binaries() is not None
    if (data / PRIVATE / "cluster").is_dir():
        if not there:
            raise NoDatabase(
                f"The log lies in the PostgreSQL of {data / PRIVATE}, and this machine has no PostgreSQL "
                "with PostGIS any more: install it again."
            )
        return True
    if (data / "events.sqlite").is_file():
        say(f"{data} keeps its log in SQLite already, and goes on with it.")
        return False
    if not there:
        say(
            "There is no PostgreSQL with PostGIS on this machine, so SQLite keeps the log "
            "(Debian and Ubuntu: apt-get install postgresql-15-postgis-3)."
        )
    return there


@contextmanager
def _private(folder: Path, say: Callable[[str], None], beside: bool) -> Iterator[Address]:
    from api.postgres.cluster import Cluster, NoCluster
    from api.postgres.keeping import ClusterKeeper

    cluster = Cluster(folder)
    if beside and _answers(cluster.address):
        yield cluster.address
        return
    try:
        address = cluster.start()
    except NoCluster as fault:
        raise NoDatabase(str(fault)) from fault
    say(
        f"PostgreSQL {cluster.binaries.version} with PostGIS keeps the log, in {folder}; "
        f"it listens in {address.host}."
    )
    keeper = ClusterKeeper(cluster)
    keeper.start()
    try:
        yield address
    finally:
        keeper.stop()
        cluster.stop()


def _answers(address: Address) -> bool:
    import psycopg

    try:
        psycopg.connect(address.libpq, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
