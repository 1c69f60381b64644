"""A worker that was paused longer than its session, as by a machine that slept, and wakes among others."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.streams.watchdog import STALLED
from tests.brokers import KINDS_IN_LENGTH
from tests.contract.streams.stream_contract import StreamContract, a_night
from tests.servers.kafka import fresh_prefix, one_kafka
from tests.servers.minikafka import MiniKafkaProcess
from tests.stream_records import everything, in_order, ticks_after
from tests.stream_region import StreamRegion

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
    paused.send_signal(signal.SIGCONT)
    assert paused.wait(30) == STALLED, "one that was taken over ends, to be started anew"
    assert "Another worker has claimed" in (region.folder / "worker-0.log").read_text()
    region.drain()
    region.kill(second)
    region.start(host)
    region.publish(records[:3])
    region.drain()
    StreamContract.compare(region.outcome(), in_order(records, ticks))


def _until_said(region: StreamRegion) -> None:
    """What came of the first records is said, so they are folded; their states are not kept."""
    for _ in range(200):
        if region.values("fleet"):
            break
        time.sleep(0.1)
    time.sleep(1)
    assert region.outcome().states == {}
