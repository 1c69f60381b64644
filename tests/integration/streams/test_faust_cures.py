"""What Faust does, and what each cure is for: every test sees the harm without it."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from api.streams.broker_settings import BrokerSettings
from api.streams.faust_cures import Cures, UnknownFaust, patched_thread
from api.streams.faust_host import FaustWorker
from api.streams.holding import Pace
from api.streams.watchdog import STALLED
from tests.brokers import KINDS_IN_LENGTH
from tests.histories import NOON
from tests.servers.kafka import fresh_prefix, one_kafka
from tests.servers.minikafka import MiniKafka, MiniKafkaProcess
from tests.stream_records import LIMITS, Record, a_ping
from tests.stream_region import StreamRegion


@pytest.fixture
def kafka() -> Iterator[MiniKafkaProcess]:
    with MiniKafkaProcess() as server:
        yield server


@pytest.fixture
def region(kafka: MiniKafkaProcess, tmp_path: Path) -> Iterator[StreamRegion]:
    yield from _stand(StreamRegion(kafka.address, tmp_path, partitions=2))


@pytest.fixture(params=KINDS_IN_LENGTH)
def any_region(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StreamRegion]:
    """For what needs no faults on demand: also on a real Kafka."""
    if request.param == "kafka":
        yield from _stand(StreamRegion(one_kafka().address, tmp_path, fresh_prefix(), partitions=2))
        return
    with MiniKafkaProcess() as server:
        yield from _stand(StreamRegion(server.address, tmp_path, partitions=2))


def _stand(stand: StreamRegion) -> Iterator[StreamRegion]:
    stand.set_up()
    try:
        yield stand
    finally:
        stand.close()


def pings(count: int, callsign: str = "C1") -> list[Record]:
    return [a_ping(callsign, NOON + timedelta(seconds=n), 10.77, 106.7) for n in range(count)]


def exit_code(worker: "subprocess.Popen[bytes]", within_s: float) -> int | None:
    """None: it still runs."""
    try:
        return worker.wait(within_s)
    except subprocess.TimeoutExpired:
        return None


# --- loss on a rebalance --------------------------------------------------------------------


async def _read_and_seek(cures: Cures) -> tuple[int, int]:
    """Two partitions read to their ends, one of them committed; where they stand after going back."""
    with MiniKafka({"pings": 2}) as kafka:
        producer = AIOKafkaProducer(bootstrap_servers=kafka.address)
        await producer.start()
        for partition in (0, 0, 0, 0, 1, 1, 1, 1):
            await producer.send_and_wait("pings", b"x", partition=partition)
        await producer.stop()
        consumer = AIOKafkaConsumer(
            bootstrap_servers=kafka.address,
            group_id="g",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
        )
        await consumer.start()
        places = [TopicPartition("pings", 0), TopicPartition("pings", 1)]
        consumer.assign(places)
        while [place for place in places if await consumer.position(place) < 4]:
            await consumer.getmany(timeout_ms=100)
        await consumer.commit({places[0]: 2})
        thread = patched_thread(cures)
        standing: Any = thread.__new__(thread)
        standing._consumer = consumer
        standing.consumer = SimpleNamespace(_is_changelog_tp=lambda place: False)

        async def call(method: Any, *words: Any) -> Any:
            return await method(*words)

        standing.call_thread = call
        await standing.seek_to_committed()
        stand = await consumer.position(places[0]), await consumer.position(places[1])
        await consumer.stop()
        return stand


def test_after_a_rebalance_it_reads_again_what_was_never_committed():
    assert asyncio.run(_read_and_seek(Cures())) == (2, 0)


def test_without_the_rewind_what_was_never_committed_is_passed_over():
    assert asyncio.run(_read_and_seek(Cures(rewind=False))) == (2, 4)


def test_another_version_of_faust_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("faust.__version__", "0.16.0")
    with pytest.raises(UnknownFaust, match=r"0\.15\.3, not 0\.16\.0"):
        patched_thread(Cures())


# --- poison -----------------------------------------------------------------------------------


@pytest.mark.parametrize("cured", [True, False])
def test_what_cannot_be_read_is_put_aside_or_gone(any_region: StreamRegion, cured: bool):
    any_region.start("faust", without=[] if cured else ["dead_letters"])
    any_region.publish([*pings(3), Record("pings", "hcmc/C1", b"{poison", NOON), *pings(6)])
    any_region.drain()
    assert [letter.value for letter in any_region.records("dead-letters")] == ([b"{poison"] if cured else [])
    assert any_region.outcome().states["fleet|hcmc/C1"].ping.at == NOON + timedelta(seconds=5)


# --- a broker that refuses --------------------------------------------------------------------


def test_a_refused_state_ends_the_worker_and_the_next_one_makes_it_again(
    kafka: MiniKafkaProcess, region: StreamRegion
):
    worker = region.start("faust")
    region.publish(pings(2))
    region.drain()
    kafka.tell("refuse PRODUCE MESSAGE_TOO_LARGE -1 vigil.stream-state-changelog")
    region.publish(pings(5))
    assert exit_code(worker, 20) == STALLED
    kafka.tell("clear")
    region.start("faust")
    region.drain()
    assert region.outcome().states["fleet|hcmc/C1"].ping.at == NOON + timedelta(seconds=4)


def test_without_the_cures_a_refused_state_is_lost_and_nobody_knows(
    kafka: MiniKafkaProcess, region: StreamRegion
):
    worker = region.start("faust", without=["leave_on_error", "ack_when_kept"])
    region.publish(pings(2))
    region.drain()
    kafka.tell("refuse PRODUCE MESSAGE_TOO_LARGE -1 vigil.stream-state-changelog")
    region.publish(pings(5))
    region.drain()
    kafka.tell("clear")
    region.kill(worker)
    region.start("faust")
    region.drain()
    assert region.outcome().states["fleet|hcmc/C1"].ping.at == NOON + timedelta(seconds=1)


# --- commits that stand still -----------------------------------------------------------------


@pytest.mark.parametrize("cured", [True, False])
def test_commits_that_stand_still_end_the_worker(kafka: MiniKafkaProcess, region: StreamRegion, cured: bool):
    worker = region.start("faust", patience_s=3.0, without=[] if cured else ["watch_commits"])
    region.publish(pings(3))
    region.drain()
    kafka.tell("delay OFFSET_COMMIT 600")
    region.publish(pings(9))
    assert exit_code(worker, 9) == (STALLED if cured else None)


@pytest.mark.kafka
@pytest.mark.slow
def test_a_backlog_is_committed_as_fast_as_it_is_worked_on_by_who_follows_a_killed_worker(tmp_path: Path):
    for region in _stand(StreamRegion(one_kafka().address, tmp_path, fresh_prefix(), partitions=2)):
        killed = region.start("faust")
        region.publish(pings(2_000))
        region.drain()
        region.kill(killed)
        region.publish(pings(20_000))
        region.start("faust", tick_s=1.0)
        _until_committed(region, "pings", 22_000, within_s=25.0)  # 15 a second would take over 20 minutes


def _until_committed(region: StreamRegion, source: str, count: int, within_s: float) -> None:
    topic, until, committed = region.broker.topic(source), time.monotonic() + within_s, 0
    while committed < count:
        assert time.monotonic() < until, f"{committed} of {count} are committed\n{region.logs()[-2000:]}"
        time.sleep(0.3)
        _, places = asyncio.run(region._places())
        committed = sum(offset for place, offset in places.items() if place.topic == topic)


# --- a broker that is gone --------------------------------------------------------------------


@pytest.mark.parametrize("cured", [True, False])
def test_asked_to_stop_while_the_broker_is_gone_it_stops_in_time(
    kafka: MiniKafkaProcess, region: StreamRegion, cured: bool
):
    """By itself it lets go of one client after the other, with a wait for each."""
    worker = region.start("faust", tick_s=0.2, stop_within_s=0.3, without=[] if cured else ["stop_in_time"])
    region.publish(pings(3))
    region.drain()
    kafka.down()
    time.sleep(1)
    worker.send_signal(signal.SIGTERM)
    code = exit_code(worker, 1.5)
    assert code == (0 if cured else None)
    assert exit_code(worker, 10) == 0


def test_asked_to_stop_it_stops_by_itself(any_region: StreamRegion):
    worker = any_region.start("faust")
    any_region.publish(pings(3))
    any_region.drain()
    worker.send_signal(signal.SIGTERM)
    assert exit_code(worker, 12) == 0


# --- transactions -----------------------------------------------------------------------------


async def _in_transactions(broker: BrokerSettings, *batches: tuple[bool, list[Record]]) -> None:
    producer = AIOKafkaProducer(**broker.options(), transactional_id=broker.topic("t"))
    await producer.start()
    for keep, records in batches:
        await producer.begin_transaction()
        for record in records:
            await producer.send(broker.topic(record.source), record.value, record.key.encode())
        await (producer.commit_transaction() if keep else producer.abort_transaction())
    await producer.stop()


@pytest.mark.parametrize("cured", [True, False])
def test_what_a_relay_took_back_was_never_said(any_region: StreamRegion, cured: bool):
    taken_back = [a_ping("C1", NOON + timedelta(hours=1), 10.0, 106.0)]
    asyncio.run(_in_transactions(any_region.broker, (True, pings(3)), (False, taken_back)))
    any_region.start("faust", without=[] if cured else ["read_committed"])
    _wait_for_state(any_region)
    ping = any_region.outcome().states["fleet|hcmc/C1"].ping
    assert (ping.at == NOON + timedelta(seconds=2)) is cured


def test_the_marks_of_transactions_do_not_hold_commits_up(any_region: StreamRegion):
    """They take a place in the partition, and no record ever comes from it."""
    worker = any_region.start("faust", patience_s=4.0)
    for n in range(6):
        asyncio.run(_in_transactions(any_region.broker, (True, pings(3 * n + 3)), (False, pings(2))))
        time.sleep(1.5)
    assert exit_code(worker, 6) is None, any_region.logs()[-2000:]
    assert any_region.outcome().states["fleet|hcmc/C1"].ping.at == NOON + timedelta(seconds=17)


def _wait_for_state(region: StreamRegion) -> None:
    for _ in range(40):
        if region.outcome().states:
            break
        time.sleep(0.5)
    time.sleep(1.5)


# --- how it is set up --------------------------------------------------------------------------


def test_it_is_set_up_as_it_must_be():
    worker = FaustWorker(BrokerSettings("127.0.0.1:9"), LIMITS, Pace(), partitions=12)
    app = worker.app
    (agent,) = app.agents.values()
    assert agent.concurrency == 1  # with 2, places are committed past a record still at work
    assert app.conf.producer_request_timeout == 30.0  # twenty minutes otherwise
    assert app.conf.processing_guarantee.value == "at_least_once"  # "exactly once" counts some twice
    assert worker.table.window is None  # windows that were restored are never closed
    assert worker.table.changelog_topic.get_topic_name() == "vigil.stream-state-changelog"
    assert not app.conf.topic_allow_declare
    assert not app.conf.web_enabled


def test_a_tick_changes_no_state_where_it_is_made():
    worker = FaustWorker(BrokerSettings("127.0.0.1:9"), LIMITS, Pace(), partitions=2)
    worker.shelves.open(0, {})
    worker.shelves.open(1, {})
    said: list[Any] = []

    async def send(sending: list[Any]) -> list[Any]:
        said.extend(sending)
        return []

    worker._holding.outbox.send = send  # type: ignore[method-assign,assignment]
    asyncio.run(worker._tick())
    assert [(each.topic, each.partition) for each in said] == [("told", 0), ("told", 1)]
    assert not worker.shelves.changed(0)


def test_it_listens_nowhere(any_region: StreamRegion):
    worker = any_region.start("faust")
    any_region.publish(pings(2))
    any_region.drain()
    assert _listening(worker.pid) == []


def _listening(pid: int) -> list[str]:
    """Local addresses of the sockets of a process that wait for others."""
    links = [os.readlink(f"/proc/{pid}/fd/{number}") for number in os.listdir(f"/proc/{pid}/fd")]
    inodes = {link[8:-1] for link in links if link.startswith("socket:[")}
    tables = [Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    lines = [line.split() for table in tables for line in table]
    return [words[1] for words in lines if words[3] == "0A" and words[9] in inodes]
