"""The tables as the migrations make them, and what becomes of them when something fails."""

import os
import signal
import threading
import time
from collections import Counter

import psycopg
import pytest

from projections.postgis import tables
from projections.postgis.digests import digests_in_memory
from projections.postgis.folds import empty_views
from projections.postgis.positions import take_in_pings
from projections.postgis.projector import catch_up, rebuild
from projections.postgis.relations import Relations
from projections.postgis.store import Overtaken
from tests.any_history import history
from tests.histories import ListedLog, World
from tests.map_tables import all_passages, emptied, filled, map_database, map_tables

LOG = history(range(0, 150_000, 613)).log
A_BED = {"hospital_id": "x", "kind": "Burn", "staffed": 1, "occupied": 0, "blocked": 0, "held": 0, "free": 1}
A_BED |= {"assumed": True}


@pytest.fixture(scope="module")
def connection():
    with map_tables() as open_connection:
        yield open_connection


def digests_of(log):
    views = empty_views()
    views.take(*views.fold(log))
    return digests_in_memory(views, all_passages(log))


def test_the_models_say_what_the_migrations_made(connection):
    for table in tables.METADATA.tables.values():
        found = connection.execute(
            "SELECT a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull FROM pg_attribute AS a "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            (f"vigil.{table.name}",),
        ).fetchall()
        said = [(c.name, _type(c), bool(c.nullable)) for c in table.columns]
        assert found == said, table.name


def _type(column) -> str:
    from sqlalchemy.dialects import postgresql

    text = column.type.compile(dialect=postgresql.dialect())
    if not text.startswith("geometry"):
        return text.lower()
    kind = {
        "POINT": "Point",
        "LINESTRING": "LineString",
        "MULTIPOLYGON": "MultiPolygon",
        "GEOMETRY": "Geometry",
    }
    return f"geometry({kind[text[9:].split(',')[0]]},4326)"


def test_every_shape_is_indexed(connection):
    shapes = connection.execute(
        "SELECT f_table_name, f_geometry_column FROM geometry_columns WHERE f_table_schema = 'vigil' "
        "AND f_table_name !~ '_[0-9]{8}$' AND f_table_name <> 'run_places'"
    ).fetchall()
    assert len(shapes) >= 8
    for table, column in shapes:
        indexed = connection.execute(
            "SELECT count(*) FROM pg_indexes WHERE schemaname = 'vigil' AND tablename = %s "
            "AND replace(indexdef, '\"', '') LIKE %s",
            (table, f"%USING gist ({column})%"),
        ).fetchone()
        assert indexed == (1,), (table, column)


def test_a_log_becomes_rows_that_a_map_can_show(connection):
    filled(connection, LOG)
    place = connection.execute(
        "SELECT ST_X(position), ST_Y(position), ST_SRID(position) FROM vigil.hospitals WHERE id = 'cho-ray'"
    ).fetchone()
    assert place == (106.6596, 10.7575, 4326)
    (runs,) = connection.execute("SELECT count(*) FROM vigil.runs WHERE assigned_at IS NOT NULL").fetchone()
    assert runs > 5
    assert connection.execute("SELECT count(*) FROM vigil.kpi_intervals").fetchone() == (runs,)


def test_stored_rows_equal_those_in_memory(connection):
    store = filled(connection, LOG, limit=37)
    assert store.digests() == digests_of(LOG)
    assert all(len(digest) == 64 for digest in store.digests().values())


@pytest.mark.parametrize("table", [table.name for table in tables.OF_THE_LOG])
def test_the_digest_of_a_table_notices_a_single_row(connection, table):
    store = filled(connection, LOG)
    before = store.digests()
    connection.execute(f"DELETE FROM vigil.{table} WHERE ctid = (SELECT min(ctid) FROM vigil.{table})")
    assert {name for name, digest in store.digests().items() if digest != before[name]} == {table}


def test_rows_and_position_are_stored_together_or_not_at_all(connection):
    store = filled(connection, LOG[:40])
    before = store.digests(), store.position
    broken = Relations({"calls": [{"id": "no id at all"}]})
    with pytest.raises(psycopg.Error):
        store.write(broken, store.position, store.position + 1)
    assert (store.digests(), store.position) == before
    catch_up(ListedLog(LOG), store.load(), store, len(LOG))  # the same connection goes on
    assert store.digests() == digests_of(LOG)


def test_who_does_not_stand_where_the_tables_stand_writes_nothing(connection):
    store = filled(connection, LOG[:40])
    before = store.digests()
    with pytest.raises(Overtaken):
        store.write(Relations({"beds": [A_BED]}), 39, 50)
    assert (store.digests(), store.position) == (before, 40)


def test_who_stands_elsewhere_and_comes_with_much_writes_nothing_either(connection):
    store = filled(connection, LOG[:40])
    row = store.load().rows("units")[0]
    much = [{**row, "no column": "x" * 4_000_000, "folded": row}]
    for _ in range(3):
        with pytest.raises(Overtaken):
            store.write(Relations({"units": much}), 39, 50)
    store.write(Relations({"beds": [A_BED]}), 40, 50)  # the same connection goes on
    assert store.position == 50


def test_a_batch_that_a_slow_server_takes_in_pieces_is_stored_nevertheless():
    """It reads nothing for a while, and more waits to be sent than the line between holds."""
    stored = threading.Event()
    with map_tables() as connection:
        store = filled(connection, LOG[:40])
        row = store.load().rows("units")[0]
        big = {**row, "no column": "x" * 4_000_000, "folded": row}
        server = connection.info.backend_pid

        def write() -> None:
            store.write(Relations({"units": [big]}), 40, 41)
            stored.set()

        at_work = threading.Thread(target=write, daemon=True)
        os.kill(server, signal.SIGSTOP)
        try:
            at_work.start()
            time.sleep(0.3)
        finally:
            os.kill(server, signal.SIGCONT)
        if not stored.wait(10):
            os.kill(server, signal.SIGTERM)  # it would wait for ever
        at_work.join(10)
        assert stored.is_set()
        assert store.position == 41


def test_the_unit_history_has_a_table_a_day(connection):
    world = World()
    for _ in range(4):
        world.sign("C1")
        world.wait(hours=20)
        world.sign("C1", duty="off_duty")
        world.wait(hours=4)
    filled(connection, world.log)
    days = Counter(row["began_at"][:10].replace("-", "") for row in all_passages(world.log))
    assert len(days) > 3
    found = connection.execute(
        "SELECT tableoid::regclass::text, count(*) FROM vigil.unit_history GROUP BY 1 ORDER BY 1"
    )
    tables = {name.rpartition("_")[2]: passages for name, passages in found}
    assert tables == days


def test_a_rebuild_that_breaks_off_leaves_everything_as_it_was(connection):
    store = filled(connection, LOG)
    before = store.digests(), store.position, store.made_by

    class BreaksOff(ListedLog):
        def select(self, start, limit, stop):
            if start > 100:
                raise OSError("no answer")
            return super().select(start, limit, stop)

    with pytest.raises(OSError, match="no answer"):
        rebuild(BreaksOff(LOG), store, len(LOG), "other code", limit=50)
    assert (store.digests(), store.position, store.made_by) == before
    rebuild(ListedLog(LOG), store, len(LOG), "other code")
    assert store.digests() == before[0]


def test_readers_see_the_old_rows_until_a_rebuild_is_done():
    with map_database() as address:
        from api.postgis_projector import connected

        with connected(address) as writer, connected(address) as reader:
            store = filled(writer, LOG)
            seen = []

            class Watched(ListedLog):
                def select(self, start, limit, stop):
                    seen.append(reader.execute("SELECT count(*) FROM vigil.runs").fetchone())
                    return super().select(start, limit, stop)

            rebuild(Watched(LOG), store, len(LOG), limit=60)
            after = reader.execute("SELECT count(*) FROM vigil.runs").fetchone()
    assert len(seen) > 3
    assert set(seen) == {after}


def test_letters_that_postgresql_cannot_hold_do_not_stop_the_tables(connection):
    from domain.traffic import Closure, Stretch

    world = World()
    flood = Closure(world.mint(), Stretch("point", ((10.76, 106.66),)), "ngập\0nặng \ud83d")
    world.close_street(flood)
    store = filled(connection, world.log)
    assert connection.execute("SELECT reason FROM vigil.closures").fetchone() == ("ngậpnặng ?",)
    assert store.digests() == digests_of(world.log)


def test_telemetry_moves_a_unit_forwards_in_time_only(connection):
    emptied(connection)
    connection.execute("DELETE FROM vigil.latest_pings")
    assert take_in_pings(connection) == 0
    connection.execute(
        "INSERT INTO vigil.latest_pings (callsign, at, lat, lon) "
        "VALUES ('C1', '2026-03-02T05:00Z', 10.7, 106.6)"
    )
    assert (take_in_pings(connection), take_in_pings(connection)) == (1, 0)
    connection.execute("UPDATE vigil.latest_pings SET at = at - interval '1 s', lat = 11")
    assert take_in_pings(connection) == 0
    connection.execute("UPDATE vigil.latest_pings SET at = at + interval '2 s', lat = 12")
    assert take_in_pings(connection) == 1
    found = connection.execute("SELECT ST_Y(position), source FROM vigil.unit_positions").fetchall()
    assert found == [(12.0, "telemetry")]
