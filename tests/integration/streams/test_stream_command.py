"""`vigil stream` as an operator runs it: topics made by `vigil stream init`, a clock of its own."""

import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from projections.streams.effects import FleetRow
from tests.server import ROOT, VIGIL
from tests.servers.minikafka import MiniKafkaProcess
from tests.stream_records import a_ping
from tests.stream_region import StreamRegion


@pytest.fixture
def region(tmp_path: Path) -> Iterator[StreamRegion]:
    with MiniKafkaProcess() as kafka:
        yield StreamRegion(kafka.address, tmp_path, partitions=3)


def vigil(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*VIGIL, *words], cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("host", ["plain", "faust"])
def test_a_worker_tells_the_fleet_and_the_region_and_stops_when_asked(
    region: StreamRegion, host: str, tmp_path: Path
):
    here = tmp_path / "here"
    here.mkdir()
    kafka = region.broker.address
    assert vigil("stream", "init", "--kafka", kafka, "--partitions", "3").returncode == 0
    order = [*VIGIL, "stream", "--kafka", kafka, "--host", host, "--centre", "demo"]
    worker = subprocess.Popen(order, cwd=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        region.publish([a_ping("C1", datetime.now(UTC), 10.77, 106.7)])
        until = time.monotonic() + 40
        while not region.values("fleet") or not _pages(region):
            assert time.monotonic() < until, "nothing was told"
            assert worker.poll() is None, worker.stdout and worker.stdout.read()
            time.sleep(0.5)
        (row, *_) = [msgspec.json.decode(value, type=FleetRow) for value in region.values("fleet")]
        assert (row.centre, row.callsign, row.lat) == ("hcmc", "C1", 10.77)
    finally:
        worker.send_signal(signal.SIGTERM)
        code = worker.wait(30)
    assert code == 0
    assert list(here.iterdir()) == [], "it leaves nothing where it was started"


def _pages(region: StreamRegion) -> list[bytes]:
    """Of the region: they come with the worker's own ticks."""
    return [value for value in region.values("figures") if b"RegionRow" in value]


def test_without_topics_it_says_how_to_make_them(region: StreamRegion):
    done = vigil("stream", "--kafka", region.broker.address, "--host", "plain")
    assert done.returncode == 2
    assert "vigil stream init" in done.stderr


def test_a_city_that_is_not_there_is_said(region: StreamRegion):
    done = vigil("stream", "--kafka", region.broker.address, "--centre", "atlantis")
    assert done.returncode == 2
    assert "atlantis" in done.stderr


def test_a_centre_without_a_way_in_is_said(region: StreamRegion):
    done = vigil("stream", "--kafka", region.broker.address, "--back", "hcmc")
    assert done.returncode == 2
    assert "CENTRE=http" in done.stderr
