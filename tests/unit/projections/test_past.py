from datetime import timedelta

import pytest

from domain.values import Milestone
from projections.past import SeqClock, views_at
from tests.histories import NOON, ListedLog, World, history


def clock_of(log):
    clock = SeqClock()
    for seq, fact in log:
        clock.hear(seq, fact.act.heard_at)
    return clock


def at(minutes: float):
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def world():
    """12:00 C1 comes on duty, 12:10 it is sent, 12:30 we hear that it left at 12:11."""
    world = World()
    world.sign("C1")
    world.wait(minutes=10)
    run = world.send("C1", world.open(world.call()))
    world.wait(minutes=20)
    world.progress(run, Milestone.EN_ROUTE, at=at(11))
    return world


@pytest.mark.parametrize("with_clock", [True, False])
def test_the_past_is_what_was_known_then_not_what_is_known_now(world, with_clock):
    clock = clock_of(world.log) if with_clock else None

    def status(minutes):
        row = views_at(ListedLog(world.log), at(minutes), clock).row("units", "C1")
        return row and row["status"]

    assert [status(minutes) for minutes in (-1, 0, 9.9, 10, 29, 30, 999)] == [
        None,
        "AV",
        "AV",
        "DP",
        "DP",  # it had left, but nobody had told us
        "EN",
        "EN",
    ]


def test_the_clock_finds_the_same_cut_as_reading_the_log():
    world = history(range(7, 200_000, 1733))
    clock, log = clock_of(world.log), ListedLog(world.log)
    minutes = (world.now - NOON).total_seconds() / 60
    for share in (0.0, 0.2, 0.5, 0.99, 1.0):
        instant = at(minutes * share)
        found, read = views_at(log, instant, clock), views_at(log, instant, limit=13)
        assert found.digest() == read.digest()


def test_the_cut_is_the_longest_prefix_heard_by_the_instant():
    clock = SeqClock()
    for seq, second in ((1, 0), (2, 5), (5, 4), (9, 6)):  # the clock stepped back before 5
        clock.hear(seq, NOON + timedelta(seconds=second))
    cuts = [clock.position_at(NOON + timedelta(seconds=second)) for second in (-1, 0, 4, 5, 5.5, 6, 99)]
    assert cuts == [0, 1, 1, 5, 5, 9, 9]


def test_an_event_heard_of_twice_is_noted_once():
    clock = SeqClock()
    clock.hear(3, NOON)
    clock.hear(3, NOON + timedelta(hours=1))
    clock.hear(2, NOON + timedelta(hours=1))
    assert (clock.position, clock.position_at(NOON)) == (3, 3)


def test_the_clock_tells_when_a_position_was_reached():
    clock = SeqClock()
    clock.hear(3, NOON)
    clock.hear(7, NOON + timedelta(microseconds=1))
    assert clock.heard_at(2) is None
    assert [clock.heard_at(seq) for seq in (3, 6, 7, 8)] == [
        NOON,
        NOON,
        NOON + timedelta(microseconds=1),
        NOON + timedelta(microseconds=1),
    ]


def test_an_earlier_moment_shortens_the_way_and_stays_as_it_is(world):
    log, clock = ListedLog(world.log), clock_of(world.log)
    morning = views_at(log, at(5), clock)
    before = morning.digest()
    assert views_at(log, at(30), clock, start=morning).digest() == views_at(log, at(30), clock).digest()
    assert morning.digest() == before


def test_a_later_moment_is_no_start(world):
    log, clock = ListedLog(world.log), clock_of(world.log)
    evening = views_at(log, at(60), clock)
    assert views_at(log, at(5), clock, start=evening).digest() == views_at(log, at(5), clock).digest()
