"""A real centre and its relay in a quiet night, as the page of the region sees them, and when one is gone."""

import asyncio
import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.region.board import Board
from api.streams.broker_settings import BrokerSettings
from api.streams.presence import LoopPulse
from api.streams.region_watch import RegionWatch
from api.streams.set_up import Plan, set_up
from tests.brokers import read_all, run
from tests.integration.streams.relay_process import RelayProcess
from tests.server import letter_town_ground, running_server
from tests.servers.minikafka import MiniKafka

LATER = timedelta(minutes=3)


@pytest.fixture
def broker():
    with MiniKafka() as kafka:
        broker = BrokerSettings(kafka.address)
        run(set_up(broker, Plan(partitions=2)))
        yield broker


def shown(broker, later=timedelta(0)):
    """The centre's line on a page that is opened now and looked at that much later."""
    board = Board()
    for source in ("relay", "centres"):
        for record in run(read_all(broker, broker.topic(source))):
            board.hear_sign(source, record.key, record.value)
    found = board.page(datetime.now(UTC) + later)["centres"]
    return found[0] if found else None


def until(look, patience_s=40.0):
    end = time.monotonic() + patience_s
    while not look():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)


def is_linked(broker):
    told = shown(broker)
    return told is not None and told["state"] == "fresh" and told["silent"] == []


def centre_spoke(broker):
    return len(run(read_all(broker, broker.topic("centres"))))


@pytest.mark.timeout(180)
def test_a_quiet_centre_speaks_every_few_seconds_until_it_hangs_and_its_relay_until_it_ends(
    tmp_path: Path, broker
):
    also = ("--kafka", broker.address, "--centre", "saigon")
    with running_server(letter_town_ground(), tmp_path / "data", also=also) as server:
        relay = RelayProcess(server.data, broker)
        try:
            until(lambda: is_linked(broker) and centre_spoke(broker))
            spoken = centre_spoke(broker)
            until(lambda: centre_spoke(broker) > spoken)
            assert is_linked(broker), "nothing happened, and all is well"

            os.kill(server.process.pid, signal.SIGSTOP)
            try:
                time.sleep(1.0)
                spoken = centre_spoke(broker)
                time.sleep(7.0)
                assert centre_spoke(broker) == spoken
            finally:
                os.kill(server.process.pid, signal.SIGCONT)
            until(lambda: centre_spoke(broker) > spoken)
        finally:
            relay.stop()
        said = len(run(read_all(broker, broker.topic("relay"))))
        until(lambda: centre_spoke(broker) > spoken + 1)
        assert len(run(read_all(broker, broker.topic("relay")))) == said
        told = shown(broker, LATER)
        assert (told["state"], told["silent"]) == ("cut_off", ["relay", "centre"])


def test_a_centre_whose_server_hangs_does_not_say_that_it_is_there(broker, monkeypatch):
    """Its threads go on, but nobody is answered."""
    monkeypatch.setattr("api.streams.presence.BEAT_S", 0.2)

    async def serve():
        loop = asyncio.get_running_loop()
        watch = RegionWatch(broker, "saigon", LoopPulse(lambda: loop))
        watch.start()
        try:
            while not (spoken := await asyncio.to_thread(centre_spoke, broker)):
                await asyncio.sleep(0.1)
            time.sleep(2.0)  # the loop hangs
            while_it_hung = await asyncio.to_thread(centre_spoke, broker) - spoken
            while await asyncio.to_thread(centre_spoke, broker) <= spoken + while_it_hung:
                await asyncio.sleep(0.1)
            return while_it_hung
        finally:
            await asyncio.to_thread(watch.stop)

    assert run(serve()) <= 3, "ten beats would have fitted in"


def test_without_the_topic_the_centre_says_once_which_command_makes_it(caplog, monkeypatch):
    monkeypatch.setattr("api.streams.presence.PAUSE_S", 0.1)
    with MiniKafka({"vigil.relay": 1, "vigil.told": 1, "vigil.pings": 1}) as kafka:
        watch = RegionWatch(BrokerSettings(kafka.address), "saigon")
        watch.start()
        try:
            until(lambda: "vigil stream init" in caplog.text and watch.answers)
            time.sleep(1.0)
        finally:
            watch.stop()
    assert caplog.text.count("has no topic vigil.centres") == 1
