"""What the roads add to the tables: ways of runs, and coverage by the instant."""

import time
from datetime import timedelta
from uuid import UUID

import pytest
import shapely

from api.coverage_keeper import keep_coverage
from api.map_tables import MapTables, TablesOfLog
from api.postgis_projector import connected
from api.route_keeper import keep_routes, route_keeper
from dispatch.application import postgres_log
from dispatch.desk import Desk
from dispatch.policies.send import UnitNow
from domain.decision import Decision
from domain.letters import Letters
from domain.values import Position
from projections.postgis.projector import rebuild
from projections.postgis.store import PostgisTables
from projections.postgis.writing import write_rows
from routing.straight_line import StraightLineTimes
from tests.histories import NOON, ListedLog, Log, World
from tests.map_tables import filled, map_database, map_tables

ROADS = StraightLineTimes("map-1")
SEEN = Position(10.75, 106.65)


@pytest.fixture(scope="module")
def connection():
    with map_tables() as open_connection:
        yield open_connection


def a_run(world: World, seen: Position | None = SEEN) -> UUID:
    """Sent by advice that saw the unit somewhere, or by no advice."""
    world.sign("C1")
    incident = world.open(world.call(position=Position(10.76, 106.66)))
    run = world.send("C1", incident)
    if seen is not None:
        inputs = f'{{"inputs":{{"positions":{{"C1":[{seen.lat},{seen.lon},"2026-03-02T05:00:00Z"]}}}}}}'
        world.save(
            Decision(
                decision_id=world.mint(),
                incident_id=incident.id,
                run_id=run.id,
                advice=Letters.of(inputs),
                act=world.act(),
            )
        )
    return run.id


def routes(connection):
    return connection.execute(
        "SELECT run_id, ST_AsText(route), method, map_version, traffic_version, distance_m "
        "FROM vigil.run_routes"
    ).fetchall()


def test_the_way_of_a_run_begins_where_the_decision_saw_the_unit(connection):
    world = World()
    run_id = a_run(world)
    filled(connection, world.log)
    assert keep_routes(connection, ROADS, NOON) == 1
    (row,) = routes(connection)
    assert row[:4] == (run_id, "LINESTRING(106.65 10.75,106.66 10.76)", "straight_line", "map-1")
    assert row[5] > 1000


def test_a_way_is_asked_for_once_and_again_after_a_rebuild(connection):
    world = World()
    a_run(world)
    store = filled(connection, world.log)
    assert [keep_routes(connection, ROADS, NOON) for _ in range(2)] == [1, 0]
    rebuild(ListedLog(world.log), store, len(world.log))
    assert routes(connection) == []
    assert keep_routes(connection, StraightLineTimes("map-2"), NOON) == 1
    assert routes(connection)[0][3] == "map-2"


def test_without_advice_the_way_begins_where_the_unit_was_heard_of(connection):
    world = World()
    a_run(world, seen=None)
    filled(connection, world.log)
    seconds = timedelta(seconds=5)
    place = {"callsign": "C1", "position": "SRID=4326;POINT(106.5 10.5)", "source": "telemetry"}
    write_rows(connection, "unit_positions", [{**place, "at": (world.now + seconds).isoformat()}])
    assert keep_routes(connection, ROADS, NOON) == 1
    assert routes(connection)[0][1].startswith("LINESTRING(106.5 10.5,")


def test_a_run_whose_unit_was_nowhere_has_no_way_and_is_not_asked_again(connection):
    world = World()
    a_run(world, seen=None)
    filled(connection, world.log)
    assert keep_routes(connection, ROADS, world.now) == 0  # word of it may be on its way
    world.wait(seconds=11)
    assert keep_routes(connection, ROADS, world.now) == 1
    assert [row[1:3] for row in routes(connection)] == [(None, "none")]
    assert keep_routes(connection, ROADS, world.now) == 0


def test_the_digest_of_the_tables_does_not_know_of_ways(connection):
    world = World()
    a_run(world)
    store = filled(connection, world.log)
    before = store.digest()
    keep_routes(connection, ROADS, NOON)
    assert store.digest() == before


class Standing:
    """A picture of two vans, of which one is free."""

    def units_now(self):
        def unit(name: str, number: int | None) -> UnitNow:
            return UnitNow(name, name, "van", ("ALS",), "on_duty", number, SEEN, NOON)

        return [unit("C1", None), unit("C2", 7)]

    def hospitals_now(self):
        return []


def a_desk(log) -> Desk:
    from datetime import UTC

    return Desk(log=log, roads=ROADS, protocols={}, timezone=UTC)


def test_the_coverage_of_an_instant_is_what_the_free_units_reach(connection):
    connection.execute("TRUNCATE vigil.coverage")
    keep_coverage(connection, a_desk(None), Standing(), NOON, minutes=(4.0, 8.0))
    rows = connection.execute(
        "SELECT profile, minutes, units, area, area_km2 FROM vigil.coverage ORDER BY profile, minutes"
    ).fetchall()
    assert [row[:3] for row in rows] == [
        *(("motorbike", 4.0, 0), ("motorbike", 8.0, 0)),
        *(("van", 4.0, 1), ("van", 8.0, 1)),
    ]
    small, large = (shapely.from_wkb(row[3]) for row in rows[2:])
    assert shapely.from_wkb(rows[0][3]).is_empty
    assert large.contains(small)
    assert small.contains(shapely.Point(SEEN.lon, SEEN.lat))
    keep_coverage(connection, a_desk(None), Standing(), NOON + timedelta(days=31), minutes=(4.0,))
    (oldest,) = connection.execute("SELECT min(at) FROM vigil.coverage").fetchone()
    assert oldest == NOON + timedelta(days=31)


def until(true, patience_s: float = 20.0) -> bool:
    end = time.monotonic() + patience_s
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(true())


def stored_facts(log, facts: Log) -> None:
    log.recorder.insert_events([log.mapper.to_stored_event(fact) for _, fact in facts])


def test_in_a_running_centre_a_new_run_soon_has_its_way():
    with map_database() as address, postgres_log(address.libpq, most=4) as log, connected(address) as looking:
        maps = MapTables(a_desk(log), Standing(), address)
        maps.start()
        try:
            world = World()
            a_run(world)
            stored_facts(log, world.log)
            assert maps.projector.wait_for(log.position(), 20.0)
            assert until(lambda: routes(looking))
            assert maps.faults == {}
        finally:
            maps.stop()
        assert PostgisTables(looking).position == log.position()


def test_in_a_running_centre_the_newest_position_is_soon_on_the_map():
    with map_database() as address, postgres_log(address.libpq, most=4) as log, connected(address) as looking:
        tables = TablesOfLog(log, address)
        tables.start()
        try:
            assert until(lambda: tables.projector.working)
            looking.execute(
                "INSERT INTO vigil.latest_pings (callsign, at, lat, lon) VALUES ('C1', now(), 10.7, 106.6)"
            )
            found = "SELECT source FROM vigil.unit_positions WHERE callsign = 'C1'"
            assert until(lambda: looking.execute(found).fetchone() == ("telemetry",))
            assert tables.faults == {}
        finally:
            tables.stop()


def test_roads_that_fail_make_ways_late_and_say_so():
    class Failing(StraightLineTimes):
        broken = True

        def route(self, *question):
            if self.broken:
                raise RuntimeError("no roads")
            return super().route(*question)

    with map_database() as address, connected(address) as looking:
        world = World()
        a_run(world)
        filled(looking, world.log)
        roads = Failing("map-1")
        keeper = route_keeper(address, roads)
        keeper.start()
        try:
            assert until(lambda: keeper.fault is not None)
            assert "no roads" in str(keeper.fault)
            roads.broken = False
            assert until(lambda: routes(looking))
            assert until(lambda: keeper.fault is None)
        finally:
            keeper.stop()
