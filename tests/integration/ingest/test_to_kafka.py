"""Believed pings on their way to the region, through a broker that comes and goes."""

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from api.ingest import to_kafka
from api.ingest.to_kafka import PingPublisher
from api.observe.of_region import of_publisher
from api.observe.vitals import State
from api.streams.broker_settings import BrokerSettings
from api.streams.set_up import Plan, set_up
from projections.positions import Ping
from tests.brokers import KINDS_IN_LENGTH, a_broker_that_falls, run
from tests.integration.ingest.test_mqtt import wait_for
from tests.servers.kafka import fresh_prefix, one_kafka
from tests.servers.minikafka import MiniKafka

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def ping(second, callsign="C1", **facts):
    return Ping(callsign, NOON + timedelta(seconds=second), 10.76, 106.66, **facts)


@pytest.fixture
def kafka():
    with MiniKafka({"vigil.pings": 12}) as broker:
        yield broker


@pytest.fixture
def publisher(kafka):
    made = PingPublisher(BrokerSettings(kafka.address), "hcmc")
    yield made
    made.stop()


def read(address, number, patience_s=10.0, topic="vigil.pings"):
    """(partition, key, value) of so many records, by partition in their order; fewer where no more come."""

    async def consume():
        reader = AIOKafkaConsumer(topic, bootstrap_servers=address, auto_offset_reset="earliest")
        await reader.start()
        found, until = [], time.monotonic() + patience_s
        try:
            while len(found) < number and time.monotonic() < until:
                for records in (await reader.getmany(timeout_ms=200)).values():
                    found += [(each.partition, each.key.decode(), json.loads(each.value)) for each in records]
        finally:
            await reader.stop()
        return found

    return asyncio.run(consume())


def test_a_ping_travels_in_the_agreed_envelope_under_its_centre_and_callsign(kafka, publisher):
    publisher.start()
    publisher.offer([ping(0.25, speed_mps=8.5, heading_deg=90.0, accuracy_m=5.0)])
    ((_, key, value),) = read(kafka.address, 1)
    assert key == "hcmc/C1"
    assert value == {
        "centre": "hcmc",
        "callsign": "C1",
        "at": "2026-03-03T12:00:00.250000+00:00",
        "lat": 10.76,
        "lon": 106.66,
        "speed_mps": 8.5,
        "heading_deg": 90.0,
        "accuracy_m": 5.0,
    }


def test_the_pings_of_a_unit_keep_their_order_and_their_partition(kafka, publisher):
    publisher.start()
    for second in range(50):
        publisher.offer([ping(second, callsign) for callsign in ("C1", "T2", "M3")])
    found = read(kafka.address, 150)
    assert len(found) == 150
    for callsign in ("C1", "T2", "M3"):
        mine = [(partition, value["at"]) for partition, key, value in found if key == f"hcmc/{callsign}"]
        assert len({partition for partition, _ in mine}) == 1
        assert [at for _, at in mine] == [ping(second).at.isoformat() for second in range(50)]


def test_a_broker_that_is_away_costs_the_caller_nothing_and_gets_all_when_it_is_back(kafka, publisher):
    kafka.down()
    publisher.start()
    began = time.monotonic()
    for second in range(1000):
        publisher.offer([ping(second)])
    assert time.monotonic() - began < 0.5
    assert publisher.waiting == 1000
    kafka.up()
    found = read(kafka.address, 1000, 20)
    assert [value["at"] for _, _, value in found] == [ping(second).at.isoformat() for second in range(1000)]
    wait_for(lambda: publisher.counts["sent"] == 1000)
    assert publisher.counts["dropped"] == 0


def test_a_broker_that_goes_in_the_middle_loses_nothing(kafka, publisher, monkeypatch):
    monkeypatch.setattr(to_kafka, "REQUEST_MS", 1000)
    publisher.start()
    publisher.offer([ping(second) for second in range(100)])
    wait_for(lambda: publisher.counts["sent"] == 100)
    kafka.down()
    publisher.offer([ping(second) for second in range(100, 200)])
    time.sleep(2.5)
    publisher.offer([ping(second) for second in range(200, 300)])
    kafka.up()
    wait_for(lambda: publisher.counts["sent"] >= 300 and publisher.waiting == 0, 20)
    told = [value["at"] for _, _, value in read(kafka.address, 300, 5)]
    assert set(told) == {ping(second).at.isoformat() for second in range(300)}


@pytest.mark.parametrize("kind", KINDS_IN_LENGTH)
def test_a_broker_that_goes_after_the_first_pings_is_said_to_be_away_within_seconds_and_once(
    kind, monkeypatch, caplog
):
    monkeypatch.setattr(to_kafka, "SLOW_S", 2.0)
    caplog.set_level("INFO", "vigil.kafka")
    with a_broker_that_falls(kind) as (broker, fall, rise):
        run(set_up(broker, Plan(2, 1)))
        publisher = PingPublisher(broker, "hcmc")
        publisher.start()
        try:
            publisher.offer([ping(0)])
            wait_for(lambda: publisher.counts["sent"] == 1)
            assert of_publisher(publisher).state is State.WELL
            fall()
            sent = away_at = 0
            until = time.monotonic() + 8
            while time.monotonic() < until:
                sent += 1
                publisher.offer([ping(sent)])
                if not away_at and of_publisher(publisher).state is State.LATE:
                    away_at = sent
                time.sleep(0.2)
            assert 0 < away_at <= 25, "five seconds"
            assert of_publisher(publisher).state is State.LATE, "it stays so while the broker is away"
            assert caplog.text.count("Pings cannot be sent") == 1
            assert "Pings are sent" not in caplog.text
            rise()
            wait_for(lambda: of_publisher(publisher).state is State.WELL, 30)
            wait_for(lambda: publisher.counts["sent"] == sent + 1)
            assert caplog.text.count("Pings are sent to") == 1
            assert caplog.text.count("Pings cannot be sent") == 1
        finally:
            publisher.stop()


def test_a_broker_that_does_not_answer_for_long_is_reached_anew_and_nothing_is_lost(
    kafka, publisher, monkeypatch, caplog
):
    monkeypatch.setattr(to_kafka, "SLOW_S", 0.5)
    monkeypatch.setattr(to_kafka, "GIVE_UP_S", 1.0)
    publisher.start()
    publisher.offer([ping(0)])
    wait_for(lambda: publisher.counts["sent"] == 1)
    kafka.down()
    publisher.offer([ping(second) for second in range(1, 50)])
    wait_for(lambda: not publisher.connected and publisher.waiting == 49)  # they are back in the room
    kafka.up()
    wait_for(lambda: publisher.counts["sent"] == 50, 20)
    told = [value["at"] for _, _, value in read(kafka.address, 50, 5)]
    assert set(told) == {ping(second).at.isoformat() for second in range(50)}
    assert caplog.text.count("Pings cannot be sent") == 1
    assert "Traceback" not in caplog.text


def test_memory_is_bounded_while_the_broker_is_away_and_the_newest_are_kept(kafka, publisher, monkeypatch):
    monkeypatch.setattr(to_kafka, "MOST_WAITING", 10)
    bounded = PingPublisher(BrokerSettings(kafka.address), "hcmc")
    bounded.offer([ping(second) for second in range(8)])
    bounded.offer([ping(second) for second in range(8, 15)])
    assert (bounded.waiting, bounded.counts["dropped"]) == (10, 5)
    bounded.start()
    told = read(kafka.address, 10)
    assert [value["at"] for *_, value in told] == [ping(second).at.isoformat() for second in range(5, 15)]
    bounded.stop()


def test_what_waits_at_the_end_is_sent_and_an_absent_broker_does_not_hold_the_end_up(kafka, publisher):
    publisher.start()
    wait_for(lambda: publisher.connected)
    publisher.offer([ping(second) for second in range(20)])
    publisher.stop()
    assert len(read(kafka.address, 20)) == 20
    kafka.down()
    lonely = PingPublisher(BrokerSettings(kafka.address), "hcmc")
    lonely.start()
    lonely.offer([ping(0)])
    began = time.monotonic()
    lonely.stop()
    assert time.monotonic() - began < 2 * to_kafka.GOODBYE_S + 0.5


def test_a_broker_that_goes_in_the_middle_does_not_hold_the_end_up(kafka, publisher):
    publisher.start()
    publisher.offer([ping(0)])
    wait_for(lambda: publisher.counts["sent"] == 1)
    kafka.down()
    publisher.offer([ping(1)])
    time.sleep(0.5)
    began = time.monotonic()
    publisher.stop()
    assert time.monotonic() - began < 2 * to_kafka.GOODBYE_S
    assert publisher.waiting == 1, "it was put back, and the thread came to its end"


@pytest.mark.slow
def test_a_real_kafka_takes_them_too():
    kafka, prefix = one_kafka(), fresh_prefix()

    async def make_topic():
        admin = AIOKafkaAdminClient(bootstrap_servers=kafka.address)
        await admin.start()
        try:
            await admin.create_topics([NewTopic(f"{prefix}pings", 12, kafka.copies)])
        finally:
            await admin.close()

    asyncio.run(make_topic())
    publisher = PingPublisher(BrokerSettings(kafka.address, prefix), "hcmc")
    publisher.start()
    try:
        for second in range(0, 5000, 500):
            publisher.offer([ping(each, f"C{each % 40}") for each in range(second, second + 500)])
        wait_for(lambda: publisher.counts["sent"] == 5000, 30)
    finally:
        publisher.stop()
    found = read(kafka.address, 5000, 20, f"{prefix}pings")
    assert len(found) == len({(key, value["at"]) for _, key, value in found}) == 5000
