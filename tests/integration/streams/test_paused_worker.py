"""A worker that was paused longer than its session, as by a machine that slept, and wakes among others."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.streams.watchdog import STALLED
from tests.brokers import KINDS_IN_LENGTH
from tests.contract.streams.stream_contract import StreamContract, a_night
from tests.servers.kafka import fresh_prefix, one_kafka
from tests.servers.minikafka import MiniKafkaProcess
from tests.stream_records import everything, in_order, ticks_after
from tests.stream_region import OUTPUTS, StreamRegion

pytestmark = pytest.mark.slow
UNKEPT_S = 20.0
"""So long the first worker keeps nothing of what it folds: it is paused in the midst of that."""


@pytest.fixture(params=KINDS_IN_LENGTH)
def region(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StreamRegion]:
    if request.param == "kafka":
        yield from _stand(StreamRegion(one_kafka().address, tmp_path, fresh_prefix(), partitions=1))
        return
    with MiniKafkaProcess() as kafka:
        yield from _stand(StreamRegion(kafka.address, tmp_path, partitions=1))


def _stand(stand: StreamRegion) -> Iterator[StreamRegion]:
    stand.set_up()
    try:
        yield stand
    finally:
        for worker in stand.workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGCONT)
        stand.close()


@pytest.mark.parametrize("host", ["plain", "faust"])
def test_old_states_of_a_worker_that_wakes_up_do_not_come_back(region: StreamRegion, host: str):
    _wake_among_others(region, host, lambda: None)


@pytest.mark.parametrize("host", ["plain", "faust"])
def test_one_that_wakes_says_nothing_of_before_though_the_group_answers_late(tmp_path: Path, host: str):
    """By then it has long fetched what the others have already worked on."""
    with (
        MiniKafkaProcess() as kafka,
        contextmanager(_stand)(StreamRegion(kafka.address, tmp_path, partitions=1)) as region,
    ):
        _wake_among_others(region, host, lambda: kafka.tell("delay HEARTBEAT 1.5"))


def _wake_among_others(region: StreamRegion, host: str, before: Callable[[], None]) -> None:
    records = everything(a_night())
    ticks, half = ticks_after(records), len(records) // 2
    paused = region.start(host, keep_s=UNKEPT_S)
    region.publish(records[:half])
    _until_said(region)
    paused.send_signal(signal.SIGSTOP)
    second = region.start(host)
    region.publish(records[half:])
    region.drain()
    for tick in ticks:
        region.tick(tick)
        region.drain()
    said = _said(region)
    before()
    paused.send_signal(signal.SIGCONT)
    assert paused.wait(30) == STALLED, "one that was taken over ends, to be started anew"
    assert _said(region) == said, "all of it was said before, and newer things since"
    assert "Another worker has claimed" in (region.folder / "worker-0.log").read_text()
    region.drain()
    region.kill(second)
    region.start(host)
    region.publish(records[:3])
    region.drain()
    StreamContract.compare(region.outcome(), in_order(records, ticks))


def _said(region: StreamRegion) -> dict[str, int]:
    return {name: len(region.values(name)) for name in OUTPUTS}


def _until_said(region: StreamRegion) -> None:
    """What came of the first records is said, so they are folded; their states are not kept."""
    for _ in range(200):
        if region.values("fleet"):
            break
        time.sleep(0.1)
    time.sleep(1)
    assert region.outcome().states == {}
