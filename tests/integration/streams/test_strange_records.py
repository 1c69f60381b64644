"""Workers that meet what is too large for Kafka, or what strangers wrote into their changelog, go on."""

import base64
import random
from datetime import UTC, datetime

import pytest
from aiokafka import AIOKafkaProducer
from msgspec.json import encode

from api.streams.claims import claim_record
from api.streams.set_up import Plan, set_up
from api.streams.shelves import state_key
from api.streams.topics import LARGEST_RECORD
from tests.brokers import a_broker, run
from tests.stream_records import a_ping
from tests.stream_region import StreamRegion

NOW = datetime.now(UTC)
LONG_NAME = base64.b64encode(random.Random(1).randbytes(1_500_000)).decode()
"""Two million letters that nothing can compress: they fit into an event, and not into what comes of it."""


@pytest.fixture(params=["minikafka", pytest.param("kafka", marks=[pytest.mark.kafka, pytest.mark.slow])])
def region(request, tmp_path):
    with a_broker(request.param) as broker:
        region = StreamRegion(broker.address, tmp_path, broker.prefix, partitions=2)
        run(set_up(broker, Plan(2, 1)))
        yield region
        region.close()


def on_duty(callsign, seq):
    said = {"centre": "hcmc", "id": callsign[:9], "version": 1, "seq": seq, "topic": "Unit.WentOnDuty"}
    return encode({**said, "at": NOW, "data": {"callsign": callsign}})


async def send(broker, *records):
    """Each: topic, partition, key, value, headers."""
    producer = AIOKafkaProducer(
        **broker.options(), max_request_size=LARGEST_RECORD, max_batch_size=LARGEST_RECORD
    )
    await producer.start()
    try:
        for topic, partition, key, value, headers in records:
            await producer.send_and_wait(broker.topic(topic), value, key, partition, headers=headers)
    finally:
        await producer.stop()


@pytest.mark.parametrize("host", ["plain", "faust"])
def test_an_event_of_which_something_too_large_comes_is_a_dead_letter_and_the_next_is_folded(region, host):
    events = [("events", 0, b"k", on_duty(each, seq), None) for seq, each in enumerate((LONG_NAME, "C1"), 1)]
    worker = region.start(host)
    run(send(region.broker, *events))
    region.drain()
    assert worker.poll() is None
    (letter,) = region.records("dead-letters")
    assert b"more than Kafka takes" in dict(letter.headers)["why"]
    assert int(dict(letter.headers)["bytes_left_out"]) > 1_000_000
    assert [record.key for record in region.records("fleet")] == [b"hcmc/C1"]


def test_keys_of_other_partitions_and_none_in_the_changelog_are_passed_over_by_whoever_holds_it(region):
    changelog, state = "stream-state-changelog", encode({"centre": "hcmc", "callsign": "GHOST"})
    strange = [
        (changelog, 0, state_key(1, "fleet|hcmc/GHOST"), state, []),
        (changelog, 0, b"00|fleet|hcmc/SHADE", state, []),
        (changelog, 0, b"\xff\x00", state, []),
        (changelog, 0, claim_record(1).key, b"claim", []),
    ]
    run(send(region.broker, *strange))
    worker = region.start("plain")
    run(send(region.broker, ("pings", 0, b"k", a_ping("C1", NOW, 10.77, 106.7).value, None)))
    region.drain()
    run(send(region.broker, *strange, ("pings", 0, b"k", a_ping("C2", NOW, 10.77, 106.7).value, None)))
    region.drain()
    assert worker.poll() is None, region.logs()
    assert "Another worker has claimed" not in region.logs()
    fleet = {name for name in region.outcome().states if name.startswith("fleet|")}
    assert fleet == {"fleet|hcmc/C1", "fleet|hcmc/C2"}
