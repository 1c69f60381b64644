"""The projector against a real server: woken by saves, the only one, and not to be stopped by a fault."""

import signal
import time
from collections.abc import Callable

import psycopg
import pytest

from api import postgis_projector
from api.postgis_projector import PostgisProjector, connected, fold_version
from api.postgres.cluster import Cluster
from api.postgres.migrate import migrate
from dispatch.application import PostgresLog, postgres_log
from dispatch.faults import OperationalError
from projections.postgis.digests import digests_in_memory
from projections.postgis.folds import empty_views
from projections.postgis.store import PostgisTables
from tests.any_history import history, step
from tests.histories import Save, World, numbered
from tests.map_tables import all_passages, map_database

PATIENCE_S = 20.0


@pytest.fixture
def address():
    with map_database() as made:
        yield made


@pytest.fixture
def log(address):
    with postgres_log(address.libpq, most=6) as opened:
        yield opened


@pytest.fixture
def projectors(log, address):
    started = []

    def start() -> PostgisProjector:
        started.append(PostgisProjector(log, address))
        started[-1].start()
        return started[-1]

    yield start
    for projector in started:
        projector.stop()


def append(log: PostgresLog, facts: Save) -> int:
    places = log.recorder.insert_events([log.mapper.to_stored_event(fact) for fact in facts])
    log.tell()
    return max(places)


def until(true: Callable[[], bool], patience_s: float = PATIENCE_S) -> bool:
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return true()


def stored(address) -> dict[str, str]:
    with connected(address) as connection:
        return PostgisTables(connection).digests()


def expected(log: PostgresLog) -> dict[str, str]:
    facts = log.select(1, 100_000)
    views = empty_views()
    views.take(*views.fold(facts))
    return digests_in_memory(views, all_passages(facts))


def backends(address, name: str) -> list[int]:
    with psycopg.connect(address.libpq) as connection:
        found = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = %s AND datname = current_database()",
            (name,),
        )
        return [pid for (pid,) in found]


def kill(address, pids: list[int]) -> None:
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        for pid in pids:
            connection.execute("SELECT pg_terminate_backend(%s)", (pid,))


def test_what_is_in_the_log_and_what_is_saved_later_comes_into_the_tables(address, log, projectors):
    world = history(range(0, 60_000, 613))
    append(log, [fact for save in world.saves for fact in save])
    projector = projectors()
    assert projector.wait_for(log.position(), PATIENCE_S)
    before = len(world.saves)
    for choice in range(0, 9_000, 997):
        step(world, choice)
    for save in world.saves[before:]:
        assert projector.wait_for(append(log, save), PATIENCE_S)
    assert stored(address) == expected(log)
    assert projector.fault is None


def test_a_save_wakes_it_long_before_it_would_look_by_itself(address, log, projectors):
    world = World()
    projector = projectors()
    for save in world.saves:
        append(log, save)
    assert projector.wait_for(log.position(), PATIENCE_S)
    took = []
    for _ in range(20):
        world.sign("C1", "on_duty" if len(took) % 2 == 0 else "off_duty")
        began = time.perf_counter()
        assert projector.wait_for(append(log, world.saves[-1]), PATIENCE_S)
        took.append(time.perf_counter() - began)
        time.sleep(0.01)
    assert sorted(took)[10] < 0.2  # the poll alone would take a quarter of a second on average


def test_a_save_in_the_middle_of_its_work_is_not_left_for_its_next_look(
    address, log, projectors, monkeypatch
):
    """The word of it comes between the answers to what is being stored."""
    monkeypatch.setattr(postgis_projector, "POLL_S", 60.0)
    world, places = World(), []
    world.sign("C1")
    world.sign("T2")
    first, second, third = world.saves[-3:]
    send = PostgisTables.send

    def meanwhile(store: PostgisTables, *parts) -> None:
        if not places:
            places.append(append(log, second))
        send(store, *parts)

    projector = projectors()
    assert until(lambda: projector.working)
    monkeypatch.setattr(PostgisTables, "send", meanwhile)
    append(log, first)
    assert until(lambda: len(places) == 1)
    assert projector.wait_for(places[0], PATIENCE_S)
    monkeypatch.undo()
    append(log, third)  # wakes it, so that it can be stopped


def test_only_one_works_and_when_it_goes_the_other_takes_over(address, log, projectors):
    world = World()
    append(log, world.saves[0])
    first = projectors()
    assert until(lambda: first.working)
    second = projectors()
    time.sleep(0.3)
    assert not second.working
    assert second.standing().position == log.position()
    first.stop()
    world.sign("C1")
    assert second.wait_for(append(log, world.saves[-1]), PATIENCE_S)
    assert until(lambda: second.working)
    assert stored(address) == expected(log)


def test_a_cut_connection_is_made_again_and_nothing_is_lost(address, log, projectors):
    world = history(range(0, 10_000, 613))
    append(log, [fact for save in world.saves for fact in save])
    projector = projectors()
    assert projector.wait_for(log.position(), PATIENCE_S)
    for choice in range(0, 20_000, 1999):
        before = len(world.saves)
        step(world, choice)
        kill(address, backends(address, "vigil projector"))
        for save in world.saves[before:]:
            append(log, save)
    assert projector.wait_for(log.position(), PATIENCE_S)
    assert until(lambda: projector.fault is None)
    assert stored(address) == expected(log)


def test_a_server_that_dies_and_comes_back_forgets_nothing_for_good(tmp_path):
    world = history(range(0, 12_000, 613))
    cluster = Cluster(tmp_path / "postgres")
    address = cluster.start()
    try:
        migrate(address)
        with postgres_log(address.libpq, most=4) as log:
            projector = PostgisProjector(log, address)
            projector.start()
            try:
                for save in world.saves:
                    append(log, save)
                cluster.stop(signal.SIGKILL)
                cluster.start()
                assert until(lambda: not wait_fails(log))
                assert projector.wait_for(log.position(), PATIENCE_S)
                assert until(lambda: projector.working)
                assert stored(address) == expected(log)
                assert len(log.select(1, 10_000)) == len(world.log)
            finally:
                projector.stop()
    finally:
        cluster.stop()


def wait_fails(log: PostgresLog) -> bool:
    try:
        log.position()
    except OperationalError:
        return True
    return False


def test_it_says_how_far_behind_it_is(address, log, projectors):
    world = World()
    append(log, world.saves[0])
    projector = projectors()
    assert projector.wait_for(log.position(), PATIENCE_S)
    assert until(lambda: projector.working)
    standing = projector.standing()
    assert (standing.lag_events, standing.lag_s, standing.working) == (0, 0.0, True)
    projector.stop()
    world.sign("C1")
    append(log, world.saves[-1])
    standing = projector.standing()
    assert standing.lag_events == 1
    assert standing.lag_s > 0  # the fact is of the day of the history, long ago
    assert not standing.working


def test_a_fact_that_no_fold_survives_is_told_as_a_fault_and_tried_again(
    address, log, projectors, monkeypatch
):
    world = World()
    append(log, world.saves[0])
    projector = projectors()
    assert projector.wait_for(log.position(), PATIENCE_S)
    from api import postgis_projector

    real = postgis_projector.catch_up
    monkeypatch.setattr(postgis_projector, "catch_up", _unable)
    world.sign("C1")
    place = append(log, world.saves[-1])
    assert until(lambda: projector.fault is not None)
    assert "cannot fold" in str(projector.fault)
    assert projector.position < place
    monkeypatch.setattr(postgis_projector, "catch_up", real)
    assert projector.wait_for(place, PATIENCE_S)
    assert until(lambda: projector.fault is None)


def _unable(*_: object, **__: object) -> int:
    raise ValueError("cannot fold")


def test_tables_that_other_code_made_are_made_again(address, log, projectors):
    world = history(range(0, 30_000, 613))
    append(log, [fact for save in world.saves for fact in save])
    projector = projectors()
    assert projector.wait_for(log.position(), PATIENCE_S)
    projector.stop()
    with connected(address) as connection:
        assert PostgisTables(connection).made_by == fold_version()
        connection.execute("UPDATE vigil.tables_position SET made_by = 'older code'")
        connection.execute("UPDATE vigil.units SET status = 'XX'")
    again = projectors()
    assert until(lambda: again.working)
    assert stored(address) == expected(log)


def test_after_a_restart_it_goes_on_from_what_was_stored(address, log, projectors):
    world = history(range(0, 30_000, 613))
    for part in (slice(0, 30), slice(30, 60), slice(60, None)):
        for save in world.saves[part]:
            append(log, save)
        projector = projectors()
        assert projector.wait_for(log.position(), PATIENCE_S)
        assert until(lambda projector=projector: projector.working)
        projector.stop()
    facts = numbered(world.saves)
    assert projector.position == facts[-1][0]
    assert stored(address) == expected(log)


def test_places_left_out_in_the_log_are_no_hindrance(address, log, projectors):
    world = World()
    append(log, world.saves[0])
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        connection.execute(
            "SELECT nextval('vigil_log.dispatch_events_notification_id_seq') FROM generate_series(1, 7)"
        )
    world.sign("C1")
    place = append(log, world.saves[-1])
    projector = projectors()
    assert projector.wait_for(place, PATIENCE_S)
    assert until(lambda: projector.working)
    assert projector.standing().lag_events == 0
