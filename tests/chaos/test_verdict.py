"""The verdict sees what went wrong: each check is shown a fault, and a history without one."""

import json
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from api.feed import chained
from api.schema.answers import EventRow
from api.streams.envelope import outgoing
from projections.record import record
from projections.streams.effects import MinuteRow
from tests.any_history import history
from tests.chaos.calm import MOST_ENDINGS, never_stays
from tests.chaos.live_rows import compared as rows_compared
from tests.chaos.pieces import Piece
from tests.chaos.places import Place, misplaced, unequal_to_log
from tests.chaos.record import Heard, Record
from tests.chaos.region import FromZero, compared, falsely_late, too_often_late
from tests.chaos.verdict import (
    Event,
    broken_promises,
    overbooked,
    relayed,
    twice_sent,
)
from tests.histories import ED, Log, World
from tests.integration.api.storm import Order
from tests.stream_records import LIMITS, everything


@pytest.fixture(scope="module")
def world() -> World:
    return history(range(300))  # at its end a unit is still on its way, with a bed held for it


@pytest.fixture
def events(world: World) -> list[Event]:
    """As the API tells them."""
    rows = [
        EventRow.model_validate({"prev": prev, **record(seq, fact)})
        for prev, seq, fact in chained(0, with_holes(world))
    ]
    return [json.loads(row.model_dump_json()) for row in rows]


def with_holes(world: World) -> Log:
    """As in PostgreSQL, where a save that failed takes its numbers with it."""
    return [(seq + seq // 7, fact) for seq, fact in world.log]


def in_kafka(world: World, **forged: object) -> list[bytes]:
    sent = [outgoing("hcmc", seq, fact).value for seq, fact in with_holes(world)]
    return [msgspec.json.encode({**msgspec.json.decode(value), **forged}) for value in sent]


def in_log(world: World) -> list[Place]:
    return [Place(seq, str(fact.originator_id), fact.originator_version) for seq, fact in with_holes(world)]


def test_a_history_by_the_rules_has_no_fault(world: World, events: list[Event]):
    found = [*misplaced(events), *unequal_to_log(events, in_log(world))]
    found += [*twice_sent(events), *overbooked(events)]
    assert found == []


def test_a_unit_sent_twice_is_seen(events: list[Event]):
    sent = next(event for event in events if event["topic"] == "Unit.Assigned")
    again = {**sent, "seq": sent["seq"] + 1, "data": {**sent["data"], "run_id": "another"}}
    assert any("is sent again" in words for words in twice_sent([*events[: events.index(sent) + 1], again]))


def test_a_bed_promised_twice_is_seen(world: World):
    held = {"hospital_id": "nam", "kind": ED}
    opened = {"seq": 1, "topic": "BedLedger.Opened", "data": {**held, "staffed": 1}}
    holds = [
        {"seq": 2 + i, "topic": "BedLedger.Held", "data": {**held, "run_id": f"run {i}"}} for i in range(2)
    ]
    assert [*overbooked([opened, holds[0]])] == []
    assert len([*overbooked([opened, *holds])]) == 1


@pytest.mark.parametrize("times", [0, 2])
def test_a_promise_that_does_not_stand_once_is_seen(events: list[Event], times: int):
    call = next(event for event in events if event["topic"] == "Call.Received")
    promise = Order("POST", "/calls", {}, ("Call.Received", call["data"]["call_id"]), {})
    kept = Record(promised=[Heard(0, promise, 0.0, 0.0, 0.1, 201, {"seq": call["seq"]})])
    others = [event for event in events if event is not call]
    assert [*broken_promises(events, kept)] == []
    assert [*broken_promises([*others, *[call] * times], kept)]


def test_an_event_out_of_its_place_is_seen(events: list[Event]):
    assert [*misplaced([*events[:3], events[4], events[3], *events[5:]])]


@pytest.mark.parametrize("lost", [slice(0, 1), slice(10, 20)], ids=["the first", "ten"])
def test_missing_events_are_seen_by_what_the_next_one_says_it_follows(events: list[Event], lost: slice):
    after = events[lost][-1]["seq"]
    del events[lost]
    (fault,) = misplaced(events)
    assert f"which says it follows {after}" in fault


def test_what_the_log_holds_and_nobody_is_told_is_seen(world: World, events: list[Event]):
    stored = in_log(world)
    assert [*unequal_to_log(events[:-2], stored)] == [
        f"event {each['seq']} stands in the log and is not told" for each in events[-2:]
    ]
    assert [*unequal_to_log(events, stored[:-2])] == [], "what came since is well"
    hole = next(seq for seq in range(1, stored[-1].seq) if seq not in {place.seq for place in stored})
    (fault,) = unequal_to_log([*events, {**events[0], "seq": hole}], stored)
    assert fault == f"event {hole} is told and not in the log"


def test_an_event_that_the_log_itself_lost_is_seen_by_the_history_it_belongs_to(
    world: World, events: list[Event]
):
    stored = in_log(world)
    followed = next(place for place in stored if any(place.id == its and n > 1 for _, its, n in stored))
    (fault,) = unequal_to_log(
        [event for event in events if event["seq"] != followed.seq],
        [place for place in stored if place != followed],
    )
    assert f"{followed.id}: at " in fault


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.pop("C1"),
        lambda rows: rows["C1"].update(status="EN"),
        lambda rows: rows["C1"]["capabilities"].append("ALS"),
        lambda rows: rows.update(C9=rows["C1"]),
    ],
)
def test_a_row_that_a_centre_shows_wrongly_is_seen(change: Callable[[Any], Any]):
    rows = {"C1": {"id": "C1", "callsign": "C1", "status": "AV", "capabilities": ["BLS"], "milestone": None}}
    shown = deepcopy(rows)
    shown["C1"].pop("milestone")
    shown["C1"]["position"] = {"age_s": 3.0}
    assert [*rows_compared("units", shown, rows)] == []
    change(shown)
    assert len([*rows_compared("units", shown, rows)]) == 1


def test_what_kafka_lacks_or_has_twice_or_out_of_order_is_seen(world: World, events: list[Event]):
    sent = in_kafka(world)
    again = next(at for at, event in enumerate(events) if event["topic"] == "Run.Progressed")
    assert relayed(sent, events, "hcmc") == []
    assert relayed([*sent, sent[again]], events, "hcmc")
    assert relayed([each for each in sent if each != sent[again]], events, "hcmc")
    assert relayed(reversed(sent), events, "hcmc")


@pytest.mark.parametrize(
    "forged",
    [
        {"data": {"forged": True}},
        {"data": None, "bytes_left_out": 1},
        {"topic": "Call.Forged"},
        {"centre": "mannheim"},
        {"at": "2001-01-01T00:00:00+00:00"},
        {"recorded_at": "2001-01-01T00:00:00+00:00"},
        {"actor": "nobody"},
    ],
    ids=lambda forged: next(iter(forged)) + (" left out" if len(forged) > 1 else ""),
)
def test_an_event_that_kafka_tells_otherwise_than_the_log_is_seen(
    world: World, events: list[Event], forged: dict[str, object]
):
    true, false = in_kafka(world), in_kafka(world, **forged)
    (fault,) = relayed([*true[:9], false[9], *true[10:]], events, "hcmc")
    assert f"event {events[9]['seq']}: Kafka says {next(iter(forged))}" in fault


def test_a_part_that_ends_again_and_again_in_a_calm_is_seen(tmp_path: Path):
    piece = Piece("worker", ("no-such-command",), tmp_path / "worker.log")
    piece.start()
    assert piece.process is not None
    piece.process.wait(60)
    assert never_stays([piece], Counter(worker=MOST_ENDINGS - 1)) == []
    piece.kill()
    (fault,) = never_stays([piece], Counter(worker=MOST_ENDINGS))
    assert "no-such-command" in fault


def test_a_region_that_heard_in_another_order_shows_the_same(world: World):
    assert [*compared(_told(world, late=True), _told(world))] == []


@pytest.mark.parametrize("lost", ["Call.Received", "Unit.Assigned", "Run.Progressed", "BedLedger.Held"])
def test_a_region_that_missed_an_event_shows_it(world: World, lost: str):
    true = _told(world)
    places = [seq for seq, fact in world.log if type(fact).__qualname__ == lost]
    missing = _told(world, without=lambda seq: seq == places[-1])
    assert [*compared(missing, true)], f"nobody would notice that {lost} at {places[-1]} is lost"


def test_a_region_that_missed_the_last_ping_shows_it(world: World):
    assert [*compared(_told(world, pings=False), _told(world))]


@pytest.mark.parametrize(("strikes", "well", "too_many"), [(6, 2, 3), (420, 6, 7), (1150, 13, 14)])
def test_more_called_late_wrongly_than_ended_workers_explain_is_seen(strikes: int, well: int, too_many: int):
    assert too_often_late(well, strikes) == []
    assert len(too_often_late(too_many, strikes)) == 1


def test_a_run_that_stays_called_late_though_its_answer_was_in_time_is_counted(world: World):
    shown, true = _told(world), _told(world)
    row = max(true.of(MinuteRow).values(), key=lambda row: row.minute)
    assert falsely_late(shown, true) == 0
    shown.hear([msgspec.structs.replace(row, late=row.late + 2)])
    assert falsely_late(shown, true) == 2
    assert [*compared(shown, true)] == [], "that it is shown at all is no fault"


def _told(
    world: World, late: bool = False, pings: bool = True, without: Callable[[int], bool] = lambda seq: False
) -> Any:
    """What the region shows of the world. late : positions come last, not between the events"""
    zero, records = FromZero(LIMITS), everything(world)
    places = {outgoing("hcmc", seq, fact).value: seq for seq, fact in world.log}
    if late:
        records.sort(key=lambda each: each.source == "pings")
    for each in records:
        if each.source == "pings" and pings:
            zero.hear_ping(each.value)
        elif each.source == "events" and not without(places[each.value]):
            zero.hear_event(each.value, each.at)
    zero.pass_time(max(each.at for each in records) + timedelta(seconds=80))
    return zero.picture
