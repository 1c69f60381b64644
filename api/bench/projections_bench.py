"""`vigil bench projections`: how many facts a second become rows, and how soon after a save they are there.

The limit beside it is PostgreSQL itself: the same rows, made before the clock runs, upserted in the same
transactions of 500 facts. Once as any program would (`executemany`), and once by our own statements, whose
JSON is ready: what is missing to the second is the price of folding, as far as it takes longer than storing.

Each has its turn in each of nine rounds, and a ratio is the median of the ratios of the rounds: ours and
theirs of one round were timed within seconds, so a busy minute strikes both. `spread` says how far apart our
own rounds lie.
"""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from psycopg import Connection, sql
from psycopg.types.json import Json
from sqlalchemy import ARRAY, Table, create_engine

from api.bench.history.emergencies import Emergencies
from api.bench.history.life import Life
from api.bench.history.surroundings import Surroundings
from api.bench.projection_lag import lag_figures
from api.bench.rows import Figure, quantile
from api.postgis_projector import connected
from api.postgres.address import Address
from api.postgres.cluster import Cluster
from api.postgres.migrate import migrate
from dispatch.application import DispatchLog, memory_log, postgres_log
from dispatch.city_file import load_city
from dispatch.some_facts import SomeFacts
from projections.memory import MemoryViews
from projections.postgis import tables
from projections.postgis.folds import KNOWN, empty_views
from projections.postgis.projector import LIMIT, catch_up, fold
from projections.postgis.relations import Relations
from projections.postgis.store import PostgisTables
from projections.postgis.writing import UPSERTS, written
from projections.projector import Batch, EventSource
from projections.projector import catch_up as catch_up_views
from projections.sql import SqlViews

FACTS, ROUNDS, MOST_AT_ONCE = 12_000, 9, 100
RATE, LAG_S = 200, 15

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Listed:
    """A log that is read already."""

    facts: Batch

    def select(self, start: int, limit: int, stop: int | None) -> Batch:
        first = self.facts[0][0]
        return self.facts[max(0, start - first) : max(0, start - first) + limit]


def bench_projections(city: Path, say: Say, facts: int = FACTS) -> list[Figure]:
    """Rates in facts a second, lags in seconds. Raises NoCluster."""
    with TemporaryDirectory(prefix="vigil-bench-") as folder:
        cluster = Cluster(Path(folder) / "postgres")
        address = cluster.start()
        try:
            migrate(address)
            say(f"Making up {facts} facts of {city.name} ...")
            with postgres_log(address.libpq, most=4) as log:
                _copy(_lived(city, facts), log)
                rows = _rates(log, address, Path(folder), facts, say)
            say(f"Saving {RATE} facts a second for {LAG_S} s ...")
            return [*rows, *lag_figures(cluster.maintenance, RATE, LAG_S)]
        finally:
            cluster.stop()


def _lived(city: Path, facts: int) -> DispatchLog:
    log = memory_log()
    life = Life(log, load_city(city))
    Emergencies(life)
    Surroundings(life)
    life.live(facts, lambda _: None)
    return log


def _copy(source: DispatchLog, target: DispatchLog) -> None:
    while True:
        start = target.position() + 1
        facts = source.select(start, MOST_AT_ONCE)
        if not facts:
            return
        target.recorder.insert_events([target.mapper.to_stored_event(fact) for _, fact in facts])


def _rates(log: DispatchLog, address: Address, folder: Path, facts: int, say: Say) -> list[Figure]:
    listed = Listed(log.select(1, facts))
    end = listed.facts[-1][0]
    with connected(address) as connection:
        batches = _batches(listed)
        raw = [_tuples(made) for made in batches]
        ready = [_texts(made) for made in batches]
        counted = sum(len(made) for made in batches)
        say(f"{len(listed.facts)} facts make {counted} rows in {len(batches)} transactions.")
        _project(listed, end, connection)  # makes the days of the history: no limit does that
        turns: dict[str, Callable[[], object]] = {
            "raw.executemany": lambda: _write_raw(connection, raw),
            "raw.ready_json": lambda: _write_ready(connection, ready),
            "postgis": lambda: _project(listed, end, connection),
            "postgis_from_the_log": lambda: _project(SomeFacts(log, KNOWN), end, connection),
            "memory": lambda: catch_up_views(listed, MemoryViews()),
            "tables_in_memory": lambda: _batches(listed),
            "sqlite": lambda: _into_sqlite(listed, folder),
        }
        took: dict[str, list[float]] = {name: [] for name in turns}
        for turn in range(ROUNDS):
            say(f"Round {turn + 1} of {ROUNDS} ...")
            for name, work in turns.items():
                _empty(connection)
                took[name].append(_timed(work))
    rates = {name: [len(listed.facts) / s for s in samples] for name, samples in took.items()}
    limits = {"postgis": "raw.executemany", "postgis_from_the_log": "raw.executemany"}
    rows = [_figure(name, rates, len(listed.facts), limits.get(name)) for name in turns if "." not in name]
    strict = _figure("postgis", rates, len(listed.facts), "raw.ready_json")
    return [*rows, _renamed(strict, "projections.postgis_beside_ready_json")]


def _project(log: EventSource, end: int, connection: Connection[Any]) -> None:
    store = PostgisTables(connection)
    catch_up(log, store.load(), store, end)


def _into_sqlite(listed: Listed, folder: Path) -> None:
    file = folder / "views.sqlite"
    file.unlink(missing_ok=True)
    engine = create_engine(f"sqlite:///{file}")
    store = SqlViews(engine)
    catch_up_views(listed, store.load(), store)
    engine.dispose()


def _batches(listed: Listed) -> list[Relations]:
    """What each transaction writes."""
    views, made = empty_views(), []
    while batch := listed.select(views.position + 1, LIMIT, None):
        relations, changes, position = fold(views, batch)
        views.take(changes, position)
        made.append(relations)
    return made


# --- the limits -----------------------------------------------------------------------------


def _tuples(made: Relations) -> list[tuple[sql.Composed, list[tuple[Any, ...]]]]:
    """Statements with a value a column, and their rows, as most programs write them."""
    found = []
    for name, rows in made.upserts.items():
        table = tables.METADATA.tables[f"vigil.{name}"]
        found.append((_plain_upsert(table), [_values(table, row) for row in rows]))
    return found


def _values(table: Table, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(
        Json(row[column.name]) if column.name == "folded" else row[column.name] for column in table.columns
    )


def _plain_upsert(table: Table) -> sql.Composed:
    names = [column.name for column in table.columns]
    key = [column.name for column in table.primary_key.columns]
    casts = ["::text[]" if isinstance(column.type, ARRAY) else "" for column in table.columns]
    return sql.SQL("INSERT INTO {} VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}").format(
        sql.Identifier("vigil", table.name),
        sql.SQL(", ").join(sql.SQL("%s" + cast) for cast in casts),
        sql.SQL(", ").join(map(sql.Identifier, key)),
        sql.SQL(", ").join(
            sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in names if name not in key
        ),
    )


def _write_raw(
    connection: Connection[Any], batches: Sequence[list[tuple[sql.Composed, list[tuple[Any, ...]]]]]
) -> None:
    for position, batch in enumerate(batches):
        with connection.transaction(), connection.cursor() as cursor:
            for statement, rows in batch:
                cursor.executemany(statement, rows)
            cursor.execute("UPDATE vigil.tables_position SET seq = %s", (position,))


def _texts(made: Relations) -> list[tuple[bytes, str]]:
    return [(UPSERTS[name], written(rows)) for name, rows in made.upserts.items()]


def _write_ready(connection: Connection[Any], batches: Sequence[list[tuple[bytes, str]]]) -> None:
    for position, batch in enumerate(batches):
        with connection.pipeline(), connection.transaction():
            for statement, text in batch:
                connection.execute(statement, (text,))
            connection.execute("UPDATE vigil.tables_position SET seq = %s", (position,))


# --- measuring ------------------------------------------------------------------------------


def _empty(connection: Connection[Any]) -> None:
    names = ", ".join(f"vigil.{table.name}" for table in (*tables.OF_THE_LOG, *tables.BESIDE_THE_LOG))
    connection.execute(f"TRUNCATE {names}")
    connection.execute("UPDATE vigil.tables_position SET seq = 0")
    connection.execute("CHECKPOINT")


def _timed(work: Callable[[], object]) -> float:
    """What the benchmark itself keeps is not swept by the garbage collector while it is timed."""
    gc.collect()
    gc.freeze()
    began = perf_counter()
    work()
    return perf_counter() - began


def _figure(name: str, rates: dict[str, list[float]], n: int, limit: str | None) -> Figure:
    """The worst round stands as p99; ratio = our rate / the limit's in the same round, in the middle of all
    rounds."""
    ours, middle = rates[name], quantile(rates[name], 0.5)
    theirs = None if limit is None else quantile(rates[limit], 0.5)
    ratio = None if limit is None else paired(ours, rates[limit])
    spread = (max(ours) - min(ours)) / middle
    return Figure(
        f"projections.{name}", n, "facts/s", max(ours), middle, min(ours), theirs, limit, ratio, spread
    )


def paired(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of each round."""
    return median(mine / their for mine, their in zip(ours, theirs, strict=True))


def _renamed(row: Figure, name: str) -> Figure:
    return Figure(**{**row.as_json(), "name": name})
