"""What a surge day makes fits in records of Kafka; what would not ends no worker."""

import logging
from datetime import timedelta
from uuid import UUID, uuid5

import msgspec
import pytest
from aiokafka.record.default_records import DefaultRecordBatchBuilder

from api.streams import record_sizes
from api.streams.record_sizes import LIMITS, ROOM, USUAL, is_too_large, size
from api.streams.shelves import Heard, Shelves
from api.streams.sinks import STATE, sent
from projections.streams.effects import Forward
from projections.streams.fold import Limits
from projections.streams.messages import BoundTold, CallTold, LateTold, Tick, UnitMark, WaitTold
from projections.streams.plan import ENCODER, folds, letter
from tests.histories import NOON
from tests.stream_records import a_ping

CALLS, UNITS = 5_000, 2_000
SPACE = UUID(int=7)


def told(shelves, fold, key, message):
    record = Heard("told", 0, 0, b"", letter(Forward(fold, key, message)))
    return shelves.hear(record)


def an_id(what, number):
    return str(uuid5(SPACE, f"{what}{number}"))


class SurgeDay:
    """All the calls of a day wait, every second is late, all are driven to one hospital, 2,000 units work.

    Without a shelf, which asks each state after each message when it wants to be woken.
    """

    def __init__(self):
        self._folds, self.states, self.said = folds(Limits()), {}, []
        for number in range(CALLS):
            at = NOON + timedelta(seconds=number * 86_400 / CALLS)
            its_id, run = an_id("incident", number), an_id("run", number)
            self._tell("figures", CallTold("hcmc", an_id("call", number), at))
            self._tell("figures", WaitTold("hcmc", its_id, at, 123.456))
            if number % 2:
                self._tell("figures", LateTold("hcmc", run, at))
            unit, cleared = f"BV115-{number % UNITS}", at + timedelta(seconds=1234.567)
            to = "hcmc", "hospital", "cho-ray", run, its_id, unit
            self._tell("places", BoundTold(*to, 10 * number, at, True))
            self._tell("places", BoundTold(*to, 10 * number + 1, cleared, False))
        for number in range(UNITS):
            unit = f"BV115-{number}"
            self._tell("squads", UnitMark("hcmc", unit, "at_hospital", True, False, 123_456, NOON))
        for fold in self.states:
            self._tell(fold, Tick(NOON + timedelta(days=1, seconds=20)))

    def _tell(self, fold, message):
        self.states[fold], effects = self._folds[fold].apply(self.states.get(fold), message)
        self.said += [sent(effect) for effect in effects]


def test_the_states_of_a_surge_day_are_less_than_half_as_large_as_may_be_kept():
    day = SurgeDay()
    sizes = {fold: len(ENCODER.encode(state)) for fold, state in day.states.items()}
    assert sizes.keys() == {"figures", "places", "squads"}
    assert min(sizes.values()) > 300_000, "a day like that was meant to be large"
    assert max(sizes.values()) < LIMITS[STATE] / 2
    assert day.said
    assert max(map(size, day.said)) < LIMITS["told"] / 100


def test_a_topic_without_a_limit_of_ours_has_that_of_kafka():
    assert LIMITS["told"] == USUAL - ROOM
    assert LIMITS[STATE] == 4 * 1024 * 1024 - ROOM


def test_there_is_room_for_all_that_kafka_writes_around_a_record():
    """A batch of one record, as Kafka measures it: with its own head, and the lengths of each part."""
    record = sent(Forward("figures", "hcmc", CallTold("hcmc", "one", NOON)))._replace(
        headers=[(name, b"x" * 60) for name in ("why", "topic", "partition", "offset", "claim")]
    )
    record = record._replace(value=b"v" * (LIMITS["told"] - size(record) + len(record.value)))
    assert not is_too_large(record)
    batch = DefaultRecordBatchBuilder(2, 0, 1, 7, 0, 0, 10 * USUAL)
    batch.append(0, None, record.key, record.value, record.headers)
    assert len(batch.build()) <= USUAL


def test_a_ping_of_which_more_would_come_than_kafka_takes_is_a_dead_letter_and_the_next_is_folded(
    monkeypatch, caplog
):
    monkeypatch.setitem(record_sizes.LIMITS, "fleet", 400)
    shelves = Shelves(Limits())
    shelves.open(0, {})
    long_name, usual = a_ping("A" * 150, NOON, 10.77, 106.7), a_ping("C1", NOON, 10.77, 106.7)
    first = shelves.hear(Heard("pings", 0, 7, b"k", long_name.value))
    second = shelves.hear(Heard("pings", 0, 8, b"k", usual.value))
    (letter_of_it,) = [each for each in first if each.topic == "dead-letters"]
    assert dict(letter_of_it.headers)["offset"] == b"7"
    assert b"for fleet under hcmc/AAA" in dict(letter_of_it.headers)["why"]
    assert "fleet" not in {each.topic for each in first}
    assert "fleet" in {each.topic for each in second}
    assert shelves.dead == 1
    assert "more than Kafka takes" in caplog.text


def test_a_state_that_grew_too_large_is_said_once_and_counted_and_all_others_are_kept(monkeypatch, caplog):
    monkeypatch.setitem(record_sizes.LIMITS, STATE, 1_000)
    shelves = Shelves(Limits())
    shelves.open(0, {})
    with caplog.at_level(logging.ERROR, "vigil.streams"):
        for round_ in range(3):
            for number in range(20):
                call = CallTold("hcmc", an_id("call", 100 * round_ + number), NOON)
                told(shelves, "figures", "hcmc", call)
            told(shelves, "figures", "hanoi", CallTold("hanoi", an_id("call", round_), NOON))
            assert [state.key for state in shelves.changed(0)] == [b"0|figures|hanoi"]
    assert len(caplog.records) == 1
    assert "figures|hcmc of partition 0" in caplog.text
    assert shelves.too_large == 1
    shelves.close({0})
    assert shelves.too_large == 0


def test_it_is_kept_again_when_it_has_shrunk(monkeypatch):
    shelves = Shelves(Limits())
    shelves.open(0, {})
    monkeypatch.setitem(record_sizes.LIMITS, STATE, 10)
    told(shelves, "figures", "hcmc", CallTold("hcmc", "one", NOON))
    assert (shelves.changed(0), shelves.too_large) == ([], 1)
    monkeypatch.setitem(record_sizes.LIMITS, STATE, 10_000)
    told(shelves, "figures", "hcmc", CallTold("hcmc", "two", NOON))
    (kept,) = shelves.changed(0)
    assert {"one", "two"} <= set(
        msgspec.json.decode(kept.value)["minutes"][str(int(NOON.timestamp()) // 60)]["calls"]
    )
    assert shelves.too_large == 0


@pytest.mark.parametrize("limit", [0, 10])
def test_a_record_is_measured_with_its_key_and_its_headers(limit, monkeypatch):
    record = sent(Forward("figures", "hcmc", CallTold("hcmc", "one", NOON)))
    monkeypatch.setitem(record_sizes.LIMITS, "told", size(record) - limit)
    assert is_too_large(record) is (limit > 0)
    assert size(record) == len(record.key) + len(record.value)
    assert size(record._replace(headers=[("why", b"12345")])) == size(record) + 8
