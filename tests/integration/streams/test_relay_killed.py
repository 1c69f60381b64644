"""Relays are killed, frozen and doubled, and brokers fall: each event arrives once, and in order."""

import asyncio
import os
import random
import time
from contextlib import suppress

import pytest

from api.streams.broker_settings import BrokerSettings
from api.streams.relay import Relay
from api.streams.relay_figures import RelayFigures
from api.streams.relay_lock import NoLock
from api.streams.set_up import Plan, set_up
from dispatch.application import memory_log
from tests.brokers import KINDS_IN_LENGTH, a_broker, a_broker_that_falls, read_all, run
from tests.integration.streams.centre_logs import (
    FILE,
    Shifts,
    a_log,
    each_once_and_in_order,
    envelopes,
    whole,
)
from tests.integration.streams.relay_process import RelayProcess
from tests.servers.kafka import fresh_prefix, three_kafkas

SEED = int(os.environ.get("VIGIL_CHAOS_SEED", "115"))
EVENTS, KILLS = 20_000, 6


def arrived(broker):
    return envelopes(run(read_all(broker, broker.topic("events"))))


@pytest.fixture(params=KINDS_IN_LENGTH)
def broker(request):
    with a_broker(request.param) as found:
        run(set_up(found, Plan(partitions=3, copies=1)))
        yield found


@pytest.fixture(scope="module")
def long_log(tmp_path_factory):
    folder = tmp_path_factory.mktemp("centre")
    with a_log(folder) as log:
        Shifts(log, units=200).change(EVENTS // 200 - 1)
        assert len(whole(log)) == EVENTS
    return folder


def test_killed_at_random_and_doubled_by_a_zombie_each_event_arrives_once_and_in_order(
    long_log, tmp_path, broker
):
    chance = random.Random(SEED)
    for _ in range(KILLS):
        relay = RelayProcess(long_log, broker, "--batch", "25")
        relay.wait_until_it_follows()
        time.sleep(chance.uniform(0.02, 0.4))
        relay.kill()

    zombie = RelayProcess(long_log, broker, "--batch", "25")
    zombie.wait_until_it_follows()
    time.sleep(chance.uniform(0.02, 0.2))
    zombie.freeze()
    before = len(arrived_so_far(broker))
    # The lock is a file beside the log; the newer relay has a link to the log, as if the lock were lost.
    (tmp_path / FILE).symlink_to(long_log / FILE)
    newer = RelayProcess(tmp_path, broker, "--once")
    newer.wait_until_it_follows()
    zombie.thaw()
    assert newer.end() == 0, newer.said
    assert zombie.end() == 3, zombie.said
    assert "Another relay sends for saigon" in zombie.said[-1]
    assert 0 < before < EVENTS, "the relays were killed too late or too early to show anything"
    with a_log(long_log) as log:
        each_once_and_in_order(arrived(broker), log)


def arrived_so_far(broker: BrokerSettings) -> list[bytes]:
    """Events seen by those who do not wait for the end of transactions."""
    return [each.value for each in run(read_all(broker, broker.topic("events"), committed=False))]


@pytest.mark.parametrize("kind", KINDS_IN_LENGTH)
def test_a_broker_that_falls_in_the_middle_loses_and_doubles_nothing(kind):
    with a_broker_that_falls(kind) as (broker, fall, rise), memory_log() as log:
        run(set_up(broker, Plan(partitions=3, copies=1)))
        shifts = Shifts(log, units=50)

        async def work():
            relay = Relay(log, broker, NoLock(), RelayFigures("saigon"), batch=20)
            task = asyncio.create_task(relay.run())
            for turn in range(12):
                await asyncio.to_thread(shifts.change, 2)
                if turn in (3, 8):
                    await asyncio.to_thread(fall)
                    await asyncio.to_thread(shifts.change, 2)
                    await asyncio.to_thread(rise)
            await until(lambda: relay.figures.position == log.position(), relay.figures)
            relay.stop()
            await task

        run(work(), 100)
        each_once_and_in_order(arrived(broker), log)


@pytest.mark.slow
@pytest.mark.kafka
@pytest.mark.timeout(400)
def test_three_brokers_fall_one_after_the_other_and_nothing_is_lost_or_doubled():
    kafka = three_kafkas()
    broker = BrokerSettings(kafka.address, fresh_prefix())
    made = run(set_up(broker, Plan(partitions=6)))
    assert any("3 copies" in words for words in made)
    with memory_log() as log:
        shifts = Shifts(log, units=50)

        async def work():
            relay = Relay(log, broker, NoLock(), RelayFigures("saigon"), batch=50)
            task = asyncio.create_task(relay.run())
            for how in ("stop", "kill"):
                for node in kafka.nodes:
                    await asyncio.to_thread(shifts.change, 5)
                    await asyncio.to_thread(getattr(node, how))
                    place = await asyncio.to_thread(shifts.change, 5)
                    # Two of three are enough to go on.
                    await until(lambda: relay.figures.position >= place, relay.figures)  # noqa: B023
                    node.start()
                    await asyncio.to_thread(kafka.wait, 3)
                    await in_sync(broker)
            relay.stop()
            await task

        run(work(), 380)
        each_once_and_in_order(arrived(broker), log)


async def in_sync(broker: BrokerSettings) -> None:
    """Until every partition has all its copies again: only then may the next broker fall."""
    from api.streams.admin import admin

    for _ in range(300):
        with suppress(Exception):
            async with admin(broker) as client:
                topics = await client.describe_topics()
            parts = [part for topic in topics for part in topic["partitions"]]
            if all(len(part["isr"]) == len(part["replicas"]) == 3 for part in parts):
                return
        await asyncio.sleep(0.2)
    raise AssertionError("the copies did not come together again")


async def until(true, figures: RelayFigures) -> None:
    for _ in range(1600):
        if true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"it never came to that: {figures}")
