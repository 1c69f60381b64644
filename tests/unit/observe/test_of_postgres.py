"""What is said of a database is what matters at night: can orders be stored, does the backup grow."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from api.observe.of_postgres import Server, of_ears, of_pen, of_projector, of_server
from api.observe.vitals import State
from dispatch.application import memory_log
from tests.builders import NOON, Room, seconds

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WELL = Server(NOW, "15.18", 10**9, read_only=False, wanted=False, standbys=0, archive_fails=False)


def figures(vital):
    return {figure.name: figure.value for figure in vital.figures}


@pytest.mark.parametrize(
    ("server", "state", "word"),
    [
        (WELL, State.WELL, "answers"),
        (WELL._replace(wanted=True, standbys=1), State.WELL, "answers"),
        (WELL._replace(wanted=True, standbys=0), State.FAILED, "standby"),
        (WELL._replace(wanted=True, standbys=None), State.WELL, "answers"),
        (WELL._replace(read_only=True), State.FAILED, "standby"),
        (WELL._replace(archive_fails=True), State.LATE, "backup"),
        (WELL._replace(archive_fails=None), State.WELL, "answers"),
        (WELL._replace(clock=NOW + timedelta(seconds=3)), State.LATE, "clock"),
        (WELL._replace(clock=NOW - timedelta(seconds=3)), State.LATE, "-3 s"),
    ],
)
def test_a_server_is_judged_by_whether_orders_are_stored_and_backed_up(server, state, word):
    vital = of_server(server, NOW)
    assert vital.state is state
    assert word in vital.sentence["en"]


def test_what_an_account_may_not_know_is_not_told_as_zero():
    assert "standbys" not in figures(of_server(WELL._replace(standbys=None), NOW))
    assert "archive_fails" not in figures(of_server(WELL._replace(archive_fails=None), NOW))
    assert figures(of_server(WELL._replace(wanted=True), NOW))["standbys_missing"] == 1


@dataclass
class Ears:
    hearing: Event = field(default_factory=Event)
    losses: int = 0


@dataclass
class Pen:
    held: bool = True
    taken_by_other: bool = False
    losses: int = 0


def test_a_lost_listener_is_late_for_the_log_is_asked_instead():
    ears = Ears()
    assert of_ears(ears).state is State.LATE
    ears.hearing.set()
    assert of_ears(ears).state is State.WELL


def test_without_the_right_to_write_nothing_can_be_stored():
    assert of_pen(Pen()).state is State.WELL
    lost, taken = of_pen(Pen(held=False)), of_pen(Pen(held=False, taken_by_other=True))
    assert lost.state is taken.state is State.FAILED
    assert lost.sentence != taken.sentence


def test_tables_that_nobody_keeps_are_not_late_and_those_kept_say_by_how_much():
    room = Room(memory_log())
    room.call(at=NOON)
    log, end = room.log, room.log.position()
    assert of_projector(log, lambda: None, lambda: NOON).sentence["en"] == "Not in use."
    assert of_projector(log, lambda: 0, lambda: NOON).state is State.WELL
    there = of_projector(log, lambda: end, lambda: seconds(90))
    assert (there.state, there.lag_events, there.lag_s) == (State.WELL, 0, 0.0)
    behind = of_projector(log, lambda: end - 1, lambda: seconds(90))
    assert (behind.state, behind.lag_events, behind.lag_s) == (State.LATE, 1, 90.0)
