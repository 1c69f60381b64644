"""Three centres, one region: one is cut off, works alone, comes back. Nothing is lost, nothing doubled."""

import asyncio
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from dispatch.application import DispatchLog, sqlite_log
from projections.streams.messages import Tick
from tests.any_history import step
from tests.histories import Log, World
from tests.integration.streams.relay_process import RelayProcess
from tests.server import ROOT, VIGIL, free_port
from tests.servers.minikafka import MiniKafkaProcess
from tests.stream_records import Record, events_of, in_order
from tests.stream_region import StreamRegion

CENTRES = ("cho-lon", "gia-dinh", "thu-duc")
CUT = "gia-dinh"
STEPS = 40
BEGAN = datetime.now(UTC) - timedelta(hours=8)  # all of it is over: no worker believes a tick that is to come


class Centre:
    """A centre with a log of its own on its own disk; the region is no part of it."""

    def __init__(self, name: str, folder: Path, luck: int) -> None:
        self.name, self.data = name, folder / name
        self.data.mkdir(parents=True)
        self.log: DispatchLog = sqlite_log(str(self.data / "events.sqlite"))
        self._world, self._luck, self._stored = World(now=BEGAN), luck, 0
        self.work(0)

    def work(self, steps: int) -> None:
        """So many acts, stored as a centre stores them: in its own log."""
        for _ in range(steps):
            self._luck = (self._luck * 7919 + 13) % 100_003
            step(self._world, self._luck)
        for save in self._world.saves[self._stored :]:
            self.log.recorder.insert_events([self.log.mapper.to_stored_event(fact) for fact in save])
        self._stored = len(self._world.saves)

    def relay(self, stand: StreamRegion) -> None:
        """Send what is new to the region, as far as there is a line."""
        process = RelayProcess(self.data, stand.broker, "--centre", self.name, "--once")
        assert process.end() == 0, process.said

    @property
    def now(self) -> datetime:
        """When its last act was."""
        return self._world.now

    def records(self) -> list[Record]:
        facts: Log = self.log.select(1, 10**6)
        return events_of(facts, centre=self.name)


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[StreamRegion]:
    with MiniKafkaProcess() as kafka:
        region = StreamRegion(kafka.address, tmp_path)
        region.set_up()
        region.start("plain")
        yield region
        region.close()


@contextmanager
def region_page(stand: StreamRegion, folder: Path) -> Iterator[httpx.Client]:
    """`vigil region` as it runs on a wall somewhere."""
    port = free_port()
    order = [*VIGIL, "region", "--kafka", stand.broker.address, "--port", str(port)]
    with (folder / "region.log").open("wb") as said:
        process = subprocess.Popen(order, cwd=ROOT, stdout=said, stderr=said)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=10) as client:
            until(lambda: client.get("/readyz").status_code == 200)
            yield client
    finally:
        process.terminate()
        process.wait(15)


def until(reached: Any, within_s: float = 60.0) -> None:
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            if reached():
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


def let_pass(stand: StreamRegion, at: datetime) -> None:
    """Time passes in the region: up to `at`, for every state."""
    for tick in ticks(at):
        drain(stand)
        stand.tick(tick)
    drain(stand)


def after_all(centres: list[Centre]) -> datetime:
    return max(centre.now for centre in centres) + timedelta(minutes=5)


def ticks(at: datetime) -> list[Tick]:
    """The first tells what became stale, the second makes the centres' parts of it, the third the page."""
    return [Tick(at - timedelta(seconds=seconds)) for seconds in (20, 10, 0)]


def drain(stand: StreamRegion) -> None:
    """Until all is folded. A transaction ends with a mark that no reader is shown, nor commits."""
    quiet, before = 0, None

    def still() -> bool:
        nonlocal quiet, before
        ends, committed = asyncio.run(stand._places())
        marks = {place: place.topic == stand.broker.topic("events") for place in ends}
        folded = all(committed[place] >= end - marks[place] for place, end in ends.items())
        quiet, before = quiet + 1 if folded and ends == before else 0, ends
        return quiet >= 3

    until(still)


def told(client: httpx.Client, at: datetime) -> dict[str, dict[str, Any]]:
    """The page's centres by name, once the page of that moment is there."""
    wanted = at.isoformat()[:19]
    until(lambda: (client.get("/api/v1/region").json()["made_at"] or "")[:19] >= wanted)
    return {each["centre"]: each for each in client.get("/api/v1/region").json()["centres"]}


def state(client: httpx.Client) -> str | None:
    """Of the only centre, None before it is there."""
    centres = client.get("/api/v1/region").json()["centres"]
    return centres[0]["state"] if centres else None


@pytest.mark.timeout(300)
def test_a_centre_that_was_cut_off_works_alone_and_the_region_converges(stand, tmp_path):
    centres = [Centre(name, tmp_path, luck) for luck, name in enumerate(CENTRES, 11)]
    for centre in centres:
        centre.work(STEPS)
        centre.relay(stand)
    with region_page(stand, tmp_path) as client:
        first = after_all(centres)
        let_pass(stand, first)
        before = told(client, first)
        assert set(before) == set(CENTRES)

        # The line to one centre is cut. It takes calls and sends units all the same.
        cut = next(centre for centre in centres if centre.name == CUT)
        length = cut.log.position()
        for centre in centres:
            centre.work(STEPS)
            if centre is not cut:
                centre.relay(stand)
        assert cut.log.position() > length
        second = after_all(centres)
        let_pass(stand, second)
        meanwhile = told(client, second)
        assert meanwhile[CUT]["heard_at"] == before[CUT]["heard_at"], "nothing new was heard of it"
        assert meanwhile[CUT]["units"] == before[CUT]["units"], "what was known of it stays"
        others = [name for name in CENTRES if name != CUT]
        assert all(meanwhile[name]["heard_at"] > before[name]["heard_at"] for name in others)

        # The line is back, and sends twice for good measure.
        cut.relay(stand)
        cut.relay(stand)
        third = second + timedelta(minutes=5)
        let_pass(stand, third)
        after = told(client, third)
        assert after[CUT]["heard_at"] > meanwhile[CUT]["heard_at"]

    records = [record for centre in centres for record in centre.records()]
    expected = in_order(records, [tick for at in (first, second, third) for tick in ticks(at)])
    found = stand.outcome()
    kept = {name for name in expected.states if not name.startswith(("figures", "region"))}
    assert kept
    assert {name: found.states[name] for name in kept} == {name: expected.states[name] for name in kept}
    assert found.states.keys() == expected.states.keys()


def test_the_page_says_in_both_languages_when_the_worker_is_silent_and_when_kafka_is_away(tmp_path):
    """Then it says of itself that it hears nothing, and calls no centre silent."""
    with MiniKafkaProcess() as kafka:
        stand = StreamRegion(kafka.address, tmp_path)
        stand.set_up()
        Centre("cho-lon", tmp_path, 3).relay(stand)
        with region_page(stand, tmp_path) as client:
            until(lambda: state(client) == "relay_only")
            assert "Bộ xử lý luồng im lặng" in client.get("/").text
            assert "The stream worker is silent" in client.get("/?lang=en").text
            kafka.tell("down")
            until(lambda: "không kết nối được Kafka" in client.get("/").text)
            assert client.get("/healthz").json()["linked"] is False
            assert state(client) == "unknown"
            kafka.tell("up")
            until(lambda: client.get("/healthz").json()["linked"])
            until(lambda: client.get("/api/v1/region").json()["listening"])


def test_a_region_that_is_open_to_others_wants_a_token(tmp_path):
    order = [*VIGIL, "region", "--kafka", "127.0.0.1:1", "--host", "0.0.0.0"]
    refused = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert refused.returncode == 2
    assert "VIGIL_REGION_TOKEN" in refused.stderr
