"""One record that is wrong must not stop a worker, today or at its next start: it is put aside."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.json import encode

from api.streams.shelves import Heard, Shelves
from projections.streams.effects import MinuteRow
from projections.streams.messages import CallTold, Ping, Target, Tick
from projections.streams.plan import Heard as Said
from projections.streams.plan import Letter, Poison, folds, read, tick_letter
from projections.streams.shelf import Shelf
from tests.histories import NOON
from tests.stream_records import LIMITS, a_ping

NEVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
DEEP = b"[" * 5_000 + b"]" * 5_000


def shelves() -> Shelves:
    found = Shelves(LIMITS)
    found.open(0, {})
    return found


def an_event(topic: str = "Call.Received", at: str = "2026-01-01T00:00:00Z", **data: Any) -> bytes:
    said = {"centre": "hcmc", "id": "x", "version": 1, "seq": 1, "topic": topic, "at": at, "data": data}
    return encode(said)


def a_ping_at(at: datetime) -> bytes:
    return a_ping("C1", at, 10.77, 106.7).value


A_PING = Ping("hcmc", "C1", NOON, 10.77, 106.7)
POISON = {
    "a ping a thousand deep": ("pings", DEEP),
    "an event a thousand deep": ("events", an_event().replace(b"{}", b'{"x":' + DEEP + b"}")),
    "a letter a thousand deep": ("told", b'{"message":' + DEEP + b"}"),
    "letters that are no UTF-8": ("pings", a_ping_at(NOON).replace(b"C1", b"\xff\xfe")),
    "a ping of the end of time": ("pings", a_ping_at(NEVER)),
    "a ping of the year 2201": ("pings", a_ping_at(NEVER.replace(year=2201))),
    "a ping in the place of a region's part": ("told", encode(Letter(A_PING, "region", "region"))),
    "a ping of before there were clocks": ("pings", b'{"at":"0001-01-01T00:00:00+14:00",'
                                                    b'"centre":"a","callsign":"b","lat":1,"lon":2}'),
    "an event of the end of time": ("events", an_event(at="9999-12-31T23:59:59Z")),
    "a call of the end of time": ("told", encode(Letter(CallTold("h", "1", NEVER), "figures", "h"))),
    "a tick of the end of time": ("told", tick_letter(Tick(NEVER))),
}  # fmt: skip


@pytest.mark.parametrize("name", POISON)
def test_poison_becomes_a_dead_letter_and_changes_nothing(name):
    topic, value = POISON[name]
    worker = shelves()
    (letter,) = worker.hear(Heard(topic, 0, 7, b"k", value))
    assert (letter.topic, letter.value) == ("dead-letters", value)
    assert worker.changed(0) == []
    assert len(worker.shelf(0)) == 0


def test_of_poison_larger_than_a_dead_letter_may_be_the_beginning_is_put_aside():
    value = b"x" * 4_000_000
    (letter,) = shelves().hear(Heard("events", 0, 7, b"k" * 100_000, value))
    assert len(letter.key) + len(letter.value) < 1_000_000
    assert int(dict(letter.headers)["bytes_left_out"]) + len(letter.value) == len(value)


def test_what_a_fold_cannot_wait_for_changes_neither_of_its_states():
    """The target is right for today, but what it is to be remembered until is beyond the end of time."""
    target = Target("hcmc", "C1", "scene", "i", "r", "i", 10.77, 106.7, 1, since=NOON, until=NEVER)
    shelf = Shelf(folds(LIMITS))
    with pytest.raises(Poison, match="OverflowError"):
        shelf.hear("told", encode(Letter(target, "visits", "hcmc/C1")))
    assert (shelf.states(), shelf.changed()) == ({}, {})
    shelf.pass_time(Tick(NOON + timedelta(days=2)))


@pytest.mark.parametrize(
    ("topic", "data"),
    [
        ("Run.Assigned", {"callsign": "C1", "incident_id": "i", "incident_number": 1, "hospital_id": 5}),
        ("Run.Progressed", {"callsign": "C1", "incident_id": "i", "incident_number": 1, "milestone": 5}),
        ("Incident.Opened", {"number": "one", "position": {"lat": 1, "lon": 2}}),
        ("Incident.Reprioritised", {"priority": 1}),
        ("Incident.RunEnded", {"run_id": 1, "callsign": "C1"}),
        ("Unit.Assigned", {"callsign": "C1", "run_id": "r", "incident_number": "one"}),
        ("BedLedger.Held", {"hospital_id": "h", "kind": "icu", "run_id": 5}),
    ],
)
def test_an_event_of_the_wrong_kind_never_gets_into_a_state_that_could_not_be_read_back(topic, data):
    with pytest.raises(Poison):
        read("events", an_event(topic, **data))


def test_a_state_that_time_breaks_rests_and_the_others_wake(monkeypatch, caplog):
    shelf = Shelf(folds(LIMITS))
    shelf.hear("pings", a_ping_at(NOON))
    shelf.hear("told", encode(Letter(CallTold("hcmc", "1", NOON), "figures", "hcmc")))
    monkeypatch.setattr("projections.streams.figures._close", lambda hour, now: 1 / 0)
    shelf.changed()
    with caplog.at_level(logging.WARNING, "vigil.streams"):
        assert shelf.pass_time(Tick(NOON + timedelta(minutes=5)))
        shelf.pass_time(Tick(NOON + timedelta(minutes=6)))
    assert set(shelf.changed()) == {"fleet|hcmc/C1"}
    assert [each.args[0] for each in caplog.records if each.args] == ["figures|hcmc"]


def test_kept_states_that_cannot_be_read_begin_anew_with_one_warning(caplog):
    before = Shelf(folds(LIMITS))
    before.hear("pings", a_ping_at(NOON))
    kept = {name: state for name, state in before.changed().items() if state}
    of_no_end = kept["fleet|hcmc/C1"].replace(b"2026-03-02T05:00:00Z", b"9999-12-31T23:59:59Z")
    spoilt = {
        "fleet|hcmc/C2": b"nonsense",
        "fleet|hcmc/C3": b'{"centre":' + DEEP,
        "fleet|hcmc/C4": of_no_end,
        "visits|hcmc/C5": b'{"centre":"\xff"}',
        "squads|hcmc": b'{"centre":"hcmc","summed":5}',
    }
    with caplog.at_level(logging.WARNING, "vigil.streams"):
        shelf = Shelf(folds(LIMITS), {**spoilt, **kept})
    assert shelf.states() == before.states()
    assert len(caplog.records) == 1
    shelf.take(Said(tick=Tick(NOON + timedelta(days=3))))


def heard_at(worker: Shelves, topic: str, value: bytes, written_at: datetime) -> list[str]:
    record = Heard(topic, 0, 7, b"k", value, int(written_at.timestamp() * 1000))
    return [each.topic for each in worker.hear(record)]


@pytest.mark.parametrize(
    ("topic", "value", "too_far", "near"),
    [
        ("told", tick_letter(Tick(NOON)), timedelta(minutes=2), timedelta(seconds=50)),
        ("pings", a_ping_at(NOON), timedelta(days=2), timedelta(hours=2)),
    ],
)
def test_a_clock_far_ahead_of_the_time_its_record_was_written_is_not_believed(topic, value, too_far, near):
    assert heard_at(shelves(), topic, value, NOON - too_far) == ["dead-letters"]
    assert "dead-letters" not in heard_at(shelves(), topic, value, NOON - near)
    assert "dead-letters" not in heard_at(shelves(), topic, value, NOON + timedelta(days=400))


def test_a_record_that_does_not_say_when_it_was_written_is_believed():
    record = Heard("pings", 0, 7, b"k", a_ping_at(NOON), -1)
    assert "dead-letters" not in [each.topic for each in shelves().hear(record)]


def test_figures_go_on_after_a_worker_whose_clock_was_wrong_by_years():
    worker = Shelf(folds(LIMITS))

    def call(name: str, minute: int) -> None:
        told = CallTold("hcmc", name, NOON + timedelta(minutes=minute))
        worker.hear("told", encode(Letter(told, "figures", "hcmc")))

    call("1", 0)
    worker.pass_time(Tick(NOON + timedelta(days=3_000)))
    call("2", 3)
    said = worker.pass_time(Tick(NOON + timedelta(minutes=5)))
    (row,) = [each for each in said if isinstance(each, MinuteRow)]
    assert (row.minute, row.calls) == (NOON + timedelta(minutes=3), 1)
    call("3", 1_500)
    said = worker.pass_time(Tick(NOON + timedelta(minutes=1_502)))
    assert {each.minute: each.calls for each in said if isinstance(each, MinuteRow) and each.calls} == {
        NOON + timedelta(minutes=1_500): 1
    }


def test_the_figures_of_a_centre_that_is_silent_for_days_rest_until_it_speaks():
    worker = Shelf(folds(LIMITS))
    told = CallTold("hcmc", "1", NOON)
    worker.hear("told", encode(Letter(told, "figures", "hcmc")))
    worker.pass_time(Tick(NOON + timedelta(days=3)))
    assert worker.pass_time(Tick(NOON + timedelta(days=4))) == []
