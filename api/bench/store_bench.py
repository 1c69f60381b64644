"""`vigil bench store`: what it costs to store a fact, and how soon it is on the board."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import psycopg

from api.bench.rounds import Turn, figures
from api.bench.rows import Figure, figure, value
from api.bench.store_lag import lag_in_a_centre, lags_across
from api.bench.store_writer import a_call
from api.hand import machine_act
from api.postgres.address import Address
from api.postgres.cluster import Cluster
from api.postgres.migrate import migrate
from dispatch.application import DispatchLog, postgres_log, sqlite_log

SAVES = 2_000
STATE = b"x" * 420
"""As long as a fact is in the log."""
SECONDS = 15.0
RATE = 200.0


def bench_store(say: Callable[[str], None], saves: int = SAVES, seconds: float = SECONDS) -> list[Figure]:
    """One process and one thread, one commit after the other, in five rounds; then the lag at 200 a second.

    PostgreSQL: a private server, fsync and synchronous_commit on. Reference of a save: one bare INSERT a
    commit, on the same disk by the same driver. Of the lag: INSERT and NOTIFY by hand, heard by LISTEN.
    Raises NoCluster where this machine has no PostgreSQL with PostGIS.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vigil-bench-")))
        cluster = Cluster(folder / "postgres")
        address = cluster.start()
        stack.callback(cluster.stop)
        migrate(address)
        lite = stack.enter_context(sqlite_log(str(folder / "events.sqlite")))
        post = stack.enter_context(postgres_log(address.libpq))
        say(f"Saving {saves} times each way ...")
        turns = {
            "sqlite3.insert": Turn(stack.enter_context(_bare_sqlite(folder / "bare.sqlite")), saves),
            "sqlite_save_1": Turn(_saving(lite, 1), saves, "sqlite3.insert"),
            "sqlite_save_3": Turn(_saving(lite, 3), saves, "sqlite3.insert"),
            "psycopg.insert": Turn(stack.enter_context(_bare_postgres(address)), saves),
            "postgres_save_1": Turn(_saving(post, 1), saves, "psycopg.insert"),
            "postgres_save_3": Turn(_saving(post, 3), saves, "psycopg.insert"),
        }
        rows = figures("store.", turns)
        rows += [_a_second(name, turns[name].work, turns[against].work, saves) for name, against in PAIRS]
        say(f"Watching the board for {seconds:.0f} s at {RATE:.0f} facts a second ...")
        rows.append(figure("store.lag_in_the_centre_200", lag_in_a_centre(post, RATE, seconds), None))
        across, raw = lags_across(address, RATE, seconds)
        rows.append(figure("store.lag_of_another_process_200", across, ("psycopg.notify", raw)))
    return rows


PAIRS = (("sqlite_save_1", "sqlite3.insert"), ("postgres_save_1", "psycopg.insert"))


def _a_second(name: str, work: Callable[[], object], bare: Callable[[], object], times: int) -> Figure:
    """Commits a second of one writer that never rests, and of a bare INSERT right after it."""
    ours, theirs = _rate(work, times), _rate(bare, times)
    row = value(f"store.{name.removesuffix('_save_1')}_commits", times, "/s", ours, ("bare_insert", theirs))
    return Figure(**{**row.as_json(), "ratio": ours / theirs})


def _rate(work: Callable[[], object], times: int) -> float:
    began = perf_counter()
    for _ in range(times):
        work()
    return times / (perf_counter() - began)


def _saving(log: DispatchLog, things: int) -> Callable[[], object]:
    """A save of that many new things with one fact each: an order stores two to six."""
    return lambda: log.record(*(a_call("bench", machine_act("bench")) for _ in range(things)))


@contextmanager
def _bare_sqlite(path: Path) -> Iterator[Callable[[], object]]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE bare (id TEXT, version INT, topic TEXT, state BLOB, PRIMARY KEY (id, version))"
    )
    insert = "INSERT INTO bare VALUES (?, 1, 'Call.Received', ?)"
    yield lambda: connection.execute(insert, (uuid4().hex, STATE))
    connection.close()


@contextmanager
def _bare_postgres(address: Address) -> Iterator[Callable[[], object]]:
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE bare (id uuid, version bigint, topic text, state bytea, place bigserial, "
            "PRIMARY KEY (id, version))"
        )
        insert = "INSERT INTO bare VALUES (%s, 1, 'Call.Received', %s)"
        yield lambda: connection.execute(insert, (uuid4(), STATE), prepare=True)
