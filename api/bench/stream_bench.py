"""The workers' part of `vigil bench stream`: pings a second, and how late, beside a bare consumer.

Two questions, each to a bare consumer, the plain host and the Faust host, with one worker and with two:
how fast is a backlog of pings folded, and how late are 1,000 a second. Topics are made anew for each.
"""

import asyncio
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
from aiokafka import AIOKafkaProducer

from api.bench.rows import Figure, figure, value
from api.streams.admin import admin
from api.streams.broker_settings import BrokerSettings
from api.streams.set_up import Plan, set_up

Say = Callable[[str], None]

BACKLOG, UNITS = 20_000, 1_000
RATE, LASTS_S, WARM_S = 1_000, 12.0, 3.0
AT_ONCE_S = 0.01
PARTITIONS = 12
PATIENCE_S = 120.0
BARE = "bare consumer"
KINDS = ("bare", "plain", "faust")


@dataclass
class Worker:
    """A process, and the lines it told so far."""

    process: "subprocess.Popen[str]"
    lines: list[dict] = field(default_factory=list)

    @property
    def heard(self) -> int:
        return self.lines[-1]["heard"] if self.lines else 0


def bench_workers(broker: BrokerSettings, say: Say) -> list[Figure]:
    """Makes topics of its own and deletes them. Raises KafkaError."""
    rows: list[Figure] = []
    rates: dict[tuple[str, int], float] = {}
    cpu: dict[tuple[str, int], float] = {}
    lags: dict[str, list[float]] = {}
    for kind in KINDS:
        for workers in (1, 2):
            say(f"{BACKLOG} pings wait for {workers} {kind} ...")
            rates[kind, workers], cpu[kind, workers] = _backlog(broker, kind, workers)
    for kind in KINDS:
        say(f"{RATE} pings a second for {LASTS_S:.0f} s to one {kind} ...")
        lags[kind], core = _steady(broker, kind)
        rows.append(value(f"stream.{kind}_cores_at_1000", RATE, "cores", core))
    for kind in KINDS:
        for workers in (1, 2):
            rows.append(_rate(f"stream.{kind}_{workers}", rates[kind, workers], rates["bare", workers]))
        taken = (BARE, [cpu["bare", 1]]) if kind != "bare" else None
        rows.append(replace(figure(f"stream.{kind}_cpu_a_ping", [cpu[kind, 1]], taken), units=UNITS))
        reference = (BARE, [lag / 1000 for lag in lags["bare"]]) if kind != "bare" else None
        rows.append(
            replace(
                figure(f"stream.{kind}_lag_at_1000", [lag / 1000 for lag in lags[kind]], reference),
                units=UNITS,
            )
        )
    return rows


def _rate(name: str, found: float, limit: float) -> Figure:
    """ratio : our rate to the bare consumer's."""
    row = value(name, BACKLOG, "pings/s", found, (BARE, limit))
    return replace(row, ratio=found / limit, units=UNITS)


def _backlog(broker: BrokerSettings, kind: str, workers: int) -> tuple[float, float]:
    """Pings a second in all, between the first tenth and the last; seconds of a core that one takes."""
    with _topics(broker) as ours:
        asyncio.run(_publish_backlog(ours))
        with _running(ours, kind, workers) as started:
            _until(lambda: sum(worker.heard for worker in started) >= BACKLOG)
            time.sleep(0.5)
            told = [worker.lines for worker in started]
            return _middle_rate(told), _cpu_a_ping(max(told, key=lambda lines: lines[-1]["heard"]))


def _middle_rate(told: Sequence[Sequence[dict]]) -> float:
    marks = sorted(
        (at, number, heard)
        for number, lines in enumerate(told)
        for line in list(lines)
        for at, heard, _ in line["marks"]
    )
    heard, curve = [0] * len(told), list[tuple[float, int]]()
    for at, number, count in marks:
        heard[number] = count
        curve.append((at, sum(heard)))
    began = next(mark for mark in curve if mark[1] >= 0.1 * BACKLOG)
    ended = next(mark for mark in curve if mark[1] >= 0.95 * BACKLOG)
    return (ended[1] - began[1]) / (ended[0] - began[0])


def _cpu_a_ping(lines: Sequence[dict]) -> float:
    """Of the worker that heard most, on its own core, whatever else the machine does."""
    marks = [mark for line in list(lines) for mark in line["marks"]]
    (_, first, began), (_, last, ended) = marks[len(marks) // 10], marks[-1]
    spent: float = (ended - began) / (last - first)
    return spent


def _steady(broker: BrokerSettings, kind: str) -> tuple[list[float], float]:
    """Lags in milliseconds after a while, and the share of a core that the worker took."""
    with _topics(broker) as ours, _running(ours, kind, 1) as (worker,):
        asyncio.run(_publish_steadily(ours))
        _until(lambda: worker.heard >= int(RATE * LASTS_S * 0.98))
        lines = worker.lines
        began = next(line for line in lines if line["heard"] > RATE * WARM_S)
        ended = next((line for line in lines if line["heard"] >= RATE * (LASTS_S - 1)), lines[-1])
        core = (ended["cpu_s"] - began["cpu_s"]) / (ended["at"] - began["at"])
        return [lag for line in lines if line["at"] > began["at"] for lag in line["lags_ms"]], core


def _ping(unit: int, at: datetime, step: int) -> bytes:
    said = {
        "centre": "bench", "callsign": f"U{unit}", "at": at,
        "lat": 10.7 + unit * 1e-5, "lon": 106.7 + step * 1e-5,
        "speed_mps": 12.5, "heading_deg": 90.0, "accuracy_m": 8.0,
    }  # fmt: skip
    return msgspec.json.encode(said)


async def _publish_backlog(broker: BrokerSettings) -> None:
    """As if every unit had reported once a second."""
    producer = AIOKafkaProducer(**broker.options(), linger_ms=20)
    await producer.start()
    start = datetime.now(UTC) - timedelta(seconds=BACKLOG // UNITS)
    sent = []
    for step in range(BACKLOG // UNITS):
        for unit in range(UNITS):
            ping = _ping(unit, start + timedelta(seconds=step), step)
            sent.append(await producer.send(broker.topic("pings"), ping, f"bench/U{unit}".encode()))
    await asyncio.gather(*sent)
    await producer.stop()


async def _publish_steadily(broker: BrokerSettings) -> None:
    producer = AIOKafkaProducer(**broker.options(), linger_ms=0)
    await producer.start()
    began, sent, at_once = time.monotonic(), 0, int(RATE * AT_ONCE_S)
    while sent < RATE * LASTS_S:
        for _ in range(at_once):
            unit = sent % UNITS
            ping = _ping(unit, datetime.now(UTC), sent // UNITS)
            await producer.send(broker.topic("pings"), ping, f"bench/U{unit}".encode())
            sent += 1
        await asyncio.sleep(max(0.0, began + sent / RATE - time.monotonic()))
    await producer.stop()


@contextmanager
def _topics(broker: BrokerSettings) -> Iterator[BrokerSettings]:
    ours = replace(broker, prefix=f"bench-{uuid4().hex[:8]}.")
    plan = Plan(PARTITIONS, 1)
    asyncio.run(set_up(ours, plan))
    try:
        yield ours
    finally:
        asyncio.run(_delete(ours, plan))


async def _delete(broker: BrokerSettings, plan: Plan) -> None:
    async with admin(broker) as client:
        await client.delete_topics([broker.topic(topic.name) for topic in plan.topics])


@contextmanager
def _running(broker: BrokerSettings, kind: str, workers: int) -> Iterator[list[Worker]]:
    order = [sys.executable, "-m", "api.bench.stream_bench_worker", kind, broker.address, broker.prefix]
    started = [
        Worker(
            subprocess.Popen(
                [*order, str(PARTITIONS)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        )
        for _ in range(workers)
    ]
    for worker in started:
        threading.Thread(target=_listen, args=(worker,), daemon=True).start()
    try:
        yield started
    finally:
        for worker in started:
            worker.process.kill()
            worker.process.wait()


def _listen(worker: Worker) -> None:
    assert worker.process.stdout is not None
    for line in worker.process.stdout:
        if line.startswith("{"):
            worker.lines.append(json.loads(line))


def _until(reached: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not reached():
        if time.monotonic() > until:
            raise RuntimeError("The workers did not get through in time.")
        time.sleep(0.05)
