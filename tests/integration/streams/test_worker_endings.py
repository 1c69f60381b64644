"""A worker that cannot work ends soon, with 75 and one sentence, and leaves those alone that can."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.streams.watchdog import STALLED
from api.streams.worker import STOP_WITHIN_S
from projections.streams.messages import Tick
from tests.server import ROOT, VIGIL
from tests.servers.kafka import fresh_prefix, one_kafka
from tests.servers.minikafka import MiniKafkaProcess
from tests.stream_records import Record, a_ping
from tests.stream_region import StreamRegion

HOSTS = ["plain", "faust"]
JOIN_S = 30.0
NOBODY = "127.0.0.1:9"
SOON_S = STOP_WITHIN_S + 2.0


@pytest.fixture
def region(tmp_path: Path) -> Iterator[StreamRegion]:
    stand = StreamRegion(one_kafka().address, tmp_path, fresh_prefix(), partitions=2)
    stand.set_up()
    try:
        yield stand
    finally:
        stand.close()


def pings(count: int) -> list[Record]:
    return [a_ping(f"C{n % 50}", datetime.now(UTC), 10.77, 106.7) for n in range(count)]


def said_by(region: StreamRegion, number: int) -> str:
    return (region.folder / f"worker-{number}.log").read_text()


@pytest.mark.kafka
@pytest.mark.parametrize(("first", "second"), [("plain", "faust"), ("faust", "plain")])
def test_a_worker_on_the_other_host_ends_and_the_one_that_was_there_goes_on(
    region: StreamRegion, first: str, second: str
):
    there = region.start(first)
    region.publish(pings(10))
    region.drain()
    taken = said_by(region, 0).count("Partitions [")
    other = region.start(second)
    assert other.wait(JOIN_S) == STALLED
    assert "one on Faust and one on plain aiokafka cannot share it" in said_by(region, 1)
    assert "Traceback" not in said_by(region, 1)
    region.publish(pings(10))
    region.drain()
    assert there.poll() is None
    assert said_by(region, 0).count("Partitions [") == taken == 1, "it kept its partitions throughout"
    assert "\x1b" not in region.logs(), "a log is no terminal"


@pytest.mark.kafka
@pytest.mark.slow
def test_without_the_cure_faust_waits_for_ever_where_the_group_does_not_take_it(region: StreamRegion):
    region.start("plain")
    region.publish(pings(10))
    region.drain()
    other = region.start("faust", without=["leave_unjoined"])
    with pytest.raises(subprocess.TimeoutExpired):
        other.wait(15.0)
    assert "Partitions [" not in said_by(region, 1)


@pytest.mark.kafka
@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("ahead_s", [1800, -1800])
def test_a_worker_whose_clock_is_wrong_ends_before_it_joins_or_ticks(
    region: StreamRegion, host: str, ahead_s: int
):
    there = region.start(host)
    region.publish(pings(10))
    region.drain()
    wrong = region.start(host, tick_s=0.2, ahead_s=ahead_s)
    assert wrong.wait(JOIN_S) == STALLED
    assert "one of them is wrong" in said_by(region, 1)
    region.drain()
    assert b"Tick" not in b"".join(region.values("told"))
    assert region.values("alerts") == []
    assert there.poll() is None
    assert said_by(region, 0).count("Partitions [") == 1, "it kept its partitions throughout"


@pytest.mark.kafka
def test_a_tick_from_ahead_of_the_brokers_clock_is_put_aside(region: StreamRegion):
    """As a worker sends it whose clock jumps while it runs: it learns of it when this one is on its way."""
    region.start("plain")
    region.publish(pings(10))
    region.drain()
    region.tick(Tick(datetime.now(UTC).replace(year=datetime.now(UTC).year + 1)))
    region.drain()
    assert region.values("alerts") == []
    assert len(region.values("dead-letters")) == region.partitions


@pytest.mark.parametrize("host", HOSTS)
def test_without_a_broker_it_ends_to_be_started_again_and_says_so_in_one_line(host: str):
    order = [*VIGIL, "stream", "--kafka", NOBODY, "--host", host, "--centre", "demo"]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == STALLED
    assert f"Kafka at {NOBODY} does not answer" in done.stderr
    assert len(done.stderr.splitlines()) <= 3, done.stderr


def ordered_to_end(worker: "subprocess.Popen[str]", sign: signal.Signals) -> tuple[int, str]:
    """Its code and what it said; it must come to its end soon."""
    worker.send_signal(sign)
    try:
        said, _ = worker.communicate(timeout=SOON_S)
    finally:
        worker.kill()
    return worker.returncode, said


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("host", HOSTS)
def test_asked_to_end_while_kafka_is_away_it_ends_within_seconds_with_0_and_without_a_trace(
    host: str, sign: signal.Signals, tmp_path: Path
):
    with MiniKafkaProcess() as kafka:
        stand = StreamRegion(kafka.address, tmp_path, partitions=3)
        stand.set_up()
        order = [*VIGIL, "stream", "--kafka", kafka.address, "--host", host, "--centre", "demo"]
        worker = subprocess.Popen(
            order, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "TMPDIR": str(tmp_path)},
        )  # fmt: skip
        try:
            stand.publish(pings(3))
            until = time.monotonic() + JOIN_S
            while not stand.values("fleet"):
                assert time.monotonic() < until, "it never worked"
                time.sleep(0.3)
            kafka.down()
            time.sleep(3.0)  # it has noticed
            code, said = ordered_to_end(worker, sign)
        finally:
            worker.kill()
            worker.wait()
    assert code == 0, said
    assert "Traceback" not in said, said
    assert "CRITICAL" not in said, said
    assert list(tmp_path.glob("vigil-faust-*")) == [], "it leaves nothing behind"


@pytest.mark.parametrize("host", HOSTS)
def test_asked_to_end_while_it_still_looks_for_a_kafka_that_says_nothing_it_ends_with_0(host: str):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        order = [*VIGIL, "stream", "--kafka", address, "--host", host, "--centre", "demo"]
        worker = subprocess.Popen(
            order, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        silent.settimeout(JOIN_S)
        with silent.accept()[0]:
            code, said = ordered_to_end(worker, signal.SIGTERM)
    assert code == 0, said
    assert "Traceback" not in said
    assert "ERROR" not in said
