"""A centre sees from outside whether its relay and the workers of the region get on."""

import asyncio
import time
from datetime import timedelta

import msgspec
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import NewTopic

from api.observe.of_region import of_publisher, of_relay, of_workers
from api.observe.vitals import State
from api.streams import region_watch
from api.streams.admin import admin
from api.streams.broker_settings import BrokerSettings
from api.streams.checkpoint import Checkpoint
from api.streams.region_watch import RegionWatch, Seen
from api.streams.set_up import Plan, set_up
from tests.builders import NOON, Room
from tests.servers.kafka import fresh_prefix, one_kafka
from tests.servers.minikafka import MiniKafka


@pytest.fixture
def mini(monkeypatch):
    monkeypatch.setattr(region_watch, "EVERY_S", 0.2)
    with MiniKafka({"vigil.relay": 1, "vigil.told": 2, "vigil.pings": 2}) as kafka:
        yield BrokerSettings(kafka.address)


async def send(broker, topic, partition, *values, key=None):
    producer = AIOKafkaProducer(**broker.options())
    await producer.start()
    for value in values:
        await producer.send_and_wait(broker.topic(topic), value, key, partition)
    await producer.stop()


async def commit(broker, **places):
    """So far has the group worked: topic_partition=offset."""
    consumer = AIOKafkaConsumer(**broker.options(), group_id=broker.topic("stream"), enable_auto_commit=False)
    await consumer.start()
    told = {name.rpartition("_"): offset for name, offset in places.items()}
    consumer.assign([TopicPartition(broker.topic(topic), int(number)) for topic, _, number in told])
    await consumer.commit(
        {TopicPartition(broker.topic(topic), int(number)): at for (topic, _, number), at in told.items()}
    )
    await consumer.stop()


def wait_for(look, patience_s=20.0):
    until = time.monotonic() + patience_s
    while not look():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def sees_relay_and_workers(broker):
    watch = RegionWatch(broker, "hcmc")
    watch.start()
    try:
        wait_for(lambda: watch.answers)
        assert watch.seen.relayed == 0
        of_us, of_others = Checkpoint("hcmc", 7, "x", 1), Checkpoint("mannheim", 99, "y", 1)
        for each in (of_us, of_others):
            asyncio.run(send(broker, "relay", 0, msgspec.json.encode(each), key=each.centre.encode()))
        wait_for(lambda: watch.seen.relayed == 7)
        before = watch.seen.waiting
        asyncio.run(send(broker, "pings", 1, b"{}", b"{}", b"{}"))
        wait_for(lambda: watch.seen.waiting == before + 3)
        wait_for(lambda: watch.seen.lag_s > 1)
        assert watch.seen.silent_s > 1, "no worker ticks"
        ends = asyncio.run(ends_of(broker))
        asyncio.run(commit(broker, **ends))
        wait_for(lambda: (watch.seen.waiting, watch.seen.lag_s) == (0, 0))
        for number in (0, 1):
            asyncio.run(send(broker, "told", number, b"tick"))
        wait_for(lambda: watch.seen.silent_s < 1)
    finally:
        watch.stop()


async def ends_of(broker):
    consumer = AIOKafkaConsumer(**broker.options())
    await consumer.start()
    places = [(topic, number) for topic in ("told", "pings") for number in (0, 1)]
    ends = await consumer.end_offsets([TopicPartition(broker.topic(topic), n) for topic, n in places])
    await consumer.stop()
    prefix = len(broker.prefix)
    return {f"{place.topic[prefix:]}_{place.partition}": end for place, end in ends.items()}


@pytest.mark.parametrize("value", [b"no JSON", b'{"centre":"\xff"}', b'{"seq":"seven"}', b"[" * 5000])
def test_a_checkpoint_that_cannot_be_read_is_said_once_and_all_else_is_seen(mini, caplog, value):
    watch = RegionWatch(mini, "hcmc")
    asyncio.run(send(mini, "relay", 0, msgspec.json.encode(Checkpoint("hcmc", 7)), value, key=b"hcmc"))
    watch.start()
    try:
        wait_for(lambda: watch.answers and watch.seen.relayed == 7)
        asyncio.run(send(mini, "pings", 1, b"{}"))
        wait_for(lambda: watch.seen.waiting == 1)
        wait_for(lambda: watch.seen.lag_s > 1)
        assert caplog.text.count("record 1 should say how far our log was relayed") == 1
        assert "Traceback" not in caplog.text
        asyncio.run(send(mini, "relay", 0, msgspec.json.encode(Checkpoint("hcmc", 9)), key=b"hcmc"))
        wait_for(lambda: watch.seen.relayed == 9)
        asyncio.run(send(mini, "relay", 0, None, key=b"hcmc"))
        wait_for(lambda: watch.seen.relayed == 0)
    finally:
        watch.stop()


def test_it_sees_for_how_long_the_relay_has_said_nothing_also_where_its_clock_is_wrong(mini):
    watch = RegionWatch(mini, "hcmc")
    watch.start()
    try:
        wait_for(lambda: watch.answers)
        assert watch.seen.relay_silent_s is None, "it never spoke"
        for number in range(2):
            said = Checkpoint("hcmc", 7, "x", 1, NOON + timedelta(seconds=number))
            asyncio.run(send(mini, "relay", 0, msgspec.json.encode(said), key=b"hcmc"))
            wait_for(lambda: watch.seen.relay_silent_s is not None and watch.seen.relay_silent_s < 1)
            wait_for(lambda: watch.seen.relay_silent_s > 1)
    finally:
        watch.stop()


def test_what_a_dead_relay_said_is_no_sign_of_life_when_it_is_read_again(monkeypatch):
    """After each break of the line the topic is read from its beginning."""
    monkeypatch.setattr(region_watch, "EVERY_S", 0.2)
    with MiniKafka({"vigil.relay": 1, "vigil.told": 2, "vigil.pings": 2}) as kafka:
        broker = BrokerSettings(kafka.address)
        said = [Checkpoint("hcmc", 7, "x", 1, NOON + timedelta(seconds=number)) for number in range(3)]
        asyncio.run(send(broker, "relay", 0, *map(msgspec.json.encode, said), key=b"hcmc"))
        watch = RegionWatch(broker, "hcmc")
        watch.start()
        try:
            wait_for(lambda: watch.answers)
            before, then = watch.seen.relay_silent_s, time.monotonic()
            time.sleep(1.0)
            kafka.down()
            wait_for(lambda: not watch.answers)
            kafka.up()
            wait_for(lambda: watch.answers)
            assert watch.seen.relay_silent_s >= before + 1.0, "it was dead all the time"
            assert watch.seen.relay_silent_s <= before + time.monotonic() - then + 0.1
            back = Checkpoint("hcmc", 7, "x", 1, NOON)  # with a clock that was set back
            asyncio.run(send(broker, "relay", 0, msgspec.json.encode(back), key=b"hcmc"))
            wait_for(lambda: watch.seen.relay_silent_s < 1)
        finally:
            watch.stop()


def test_a_relay_that_speaks_in_a_topic_made_anew_is_heard(mini):
    said = [msgspec.json.encode(Checkpoint("hcmc", 7, "x", 1, NOON + timedelta(seconds=n))) for n in range(4)]
    asyncio.run(send(mini, "relay", 0, *said[:3], key=b"hcmc"))
    watch = RegionWatch(mini, "hcmc")
    watch.start()
    try:
        wait_for(lambda: watch.answers and watch.seen.relay_silent_s > 1)
        asyncio.run(make_anew(mini, "relay"))
        time.sleep(0.5)
        asyncio.run(send(mini, "relay", 0, said[3], key=b"hcmc"))
        wait_for(lambda: watch.seen.relay_silent_s < 1)
    finally:
        watch.stop()


async def make_anew(broker, topic):
    async with admin(broker) as client:
        await client.delete_topics([broker.topic(topic)])
        await client.create_topics([NewTopic(broker.topic(topic), 1, 1)])


def test_it_sees_what_was_relayed_what_waits_and_who_is_silent(mini):
    sees_relay_and_workers(mini)


@pytest.mark.slow
@pytest.mark.kafka
def test_it_sees_the_same_on_a_real_kafka(monkeypatch):
    monkeypatch.setattr(region_watch, "EVERY_S", 0.2)
    broker = BrokerSettings(one_kafka().address, prefix=fresh_prefix())
    asyncio.run(set_up(broker, Plan(2, 1)))
    sees_relay_and_workers(broker)


def test_a_broker_that_is_away_is_said_and_comes_back(mini):
    away = RegionWatch(BrokerSettings("127.0.0.1:1"), "hcmc")
    away.start()
    time.sleep(0.3)
    assert not away.answers
    began = time.monotonic()
    away.stop()
    assert time.monotonic() - began < 4


def test_the_relay_is_late_where_a_fact_has_waited_long():
    room = Room()
    room.call()
    end = room.log.position()
    soon, later = NOON + timedelta(seconds=5), NOON + timedelta(seconds=90)
    assert of_relay(Seen(end, 0, 0, 0), room.log, later).state is State.WELL
    assert of_relay(Seen(end - 1, 0, 0, 0), room.log, soon).state is State.WELL
    behind = of_relay(Seen(end - 1, 0, 0, 0), room.log, later)
    assert (behind.state, behind.lag_events, behind.lag_s) == (State.LATE, 1, 90)
    assert "does vigil relay run" in of_relay(Seen(0, 0, 0, 0), room.log, soon).sentence["en"]
    assert "does not answer" in of_relay(None, room.log, soon).sentence["en"]


def test_the_relay_is_late_where_it_has_said_nothing_for_long_though_nothing_waits():
    room = Room()
    room.call()
    end = room.log.position()
    assert of_relay(Seen(end, 0, 0, 0, 6.0), room.log, NOON).state is State.WELL
    silent = of_relay(Seen(end, 0, 0, 0, 200.0), room.log, NOON)
    assert silent.state is State.LATE
    assert "said nothing for 3 min: does vigil relay run?" in silent.sentence["en"]
    assert "im lặng 3 phút" in silent.sentence["vi"]


@pytest.mark.parametrize(
    ("seen", "state", "words"),
    [
        (Seen(1, 0, 0, 2), State.WELL, "keep up"),
        (Seen(1, 500, 45, 2), State.LATE, "45 s behind"),
        (Seen(1, 0, 0, 300), State.LATE, "no worker for 5 min"),
        (None, State.LATE, "does not answer"),
    ],
)
def test_workers_that_lag_or_are_silent_are_told_apart(seen, state, words):
    vital = of_workers(seen)
    assert vital.state is state
    assert words in vital.sentence["en"]


def test_positions_on_their_way_are_late_while_kafka_is_away():
    class Publisher:
        connected, waiting, counts = False, 12, {"dropped": 3}

    vital = of_publisher(Publisher())
    assert vital.state is State.LATE
    assert [figure.value for figure in vital.figures] == [12, 3]
