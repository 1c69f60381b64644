"""The streams inside a centre, record by record, as the Kafka hosts hear them."""

from datetime import timedelta

import msgspec

from api.streams.embedded import EmbeddedStreams
from projections.positions import Ping as Fix
from projections.streams.messages import Ping, Tick
from projections.streams.plan import Heard, Poison, folds, read
from projections.streams.shelf import Shelf, run_here
from tests.contract.streams.stream_contract import StreamContract, a_night
from tests.stream_records import LIMITS, Outcome, Record, everything, in_order, ticks_after


class TestFoldsInOneProcess(StreamContract):
    def fold(self, records: list[Record], ticks: list[Tick]) -> Outcome:
        shelf, found = Shelf(folds(LIMITS)), Outcome({})
        for record in records:
            try:
                found.hear(run_here(shelf, read(record.source, record.value)))
            except Poison:
                continue
        for tick in ticks:
            found.hear(run_here(shelf, Heard(tick=tick)))
        found.states = shelf.states()
        return found


def test_a_centre_that_feeds_facts_and_pings_ends_where_kafka_would():
    world = a_night()
    records = everything(world)
    ticks, expected = ticks_after(records), in_order(records, ticks_after(records))
    found = Outcome({})
    streams = EmbeddedStreams("hcmc", LIMITS, found.hear)
    log = iter(world.log)
    for record in records:
        if record.source == "pings":
            streams.hear_ping(_fix(record.value))
        else:
            streams.hear_facts([next(log)])
    for tick in ticks:
        streams.tick(tick.at)
    assert streams.states() == expected.states
    assert found.notices == expected.notices
    assert found.rows == expected.rows
    assert streams.dead == 0


def test_what_is_folded_quietly_is_not_told_and_known_afterwards():
    world, told = a_night(), list[object]()
    streams = EmbeddedStreams("hcmc", LIMITS, told.extend)
    streams.hear_facts(world.log, quiet=True)
    assert not told
    before = streams.states()
    streams.hear_facts(world.log)
    assert not told
    assert streams.states() == before
    streams.tick(world.now + timedelta(hours=2))
    assert told


def test_a_fact_that_cannot_be_folded_is_counted_and_stops_nothing():
    world = a_night()
    streams = EmbeddedStreams("hcmc", LIMITS)
    broken = world.log[0][1]
    del broken.__dict__["hospital_id"]
    streams.hear_facts(world.log)
    assert streams.dead == 1
    assert streams.states()


def _fix(value: bytes) -> Fix:
    ping = msgspec.json.decode(value, type=Ping)
    return Fix(ping.callsign, ping.at, ping.lat, ping.lon, ping.speed_mps, ping.heading_deg, ping.accuracy_m)
