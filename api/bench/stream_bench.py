"""The workers' part of `vigil bench stream`: pings a second, their cost, how late, beside a bare consumer.

Each question goes to a bare consumer, the plain host and the Faust host: how fast is a backlog of pings
folded by one worker; what does a ping cost when 5,000 units report once a second, and how do two workers
share them; how late are 1,000 a second, until they are folded and until a reader has the unit's row. Topics
are made anew for each. Processor time is a fair figure on a busy machine too; rates and lags are not.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

import msgspec
from aiokafka import AIOKafkaProducer

from api.bench.rows import Figure, figure, value
from api.streams.admin import admin
from api.streams.broker_settings import BrokerSettings
from api.streams.set_up import Plan, set_up

Say = Callable[[str], None]

BACKLOG, UNITS = 50_000, 1_000
RATE, MANY = 1_000, 5_000
LASTS_S, WARM_S = 12.0, 3.0
JOIN_S = 5.0
AT_ONCE_S = 0.01
PARTITIONS = 12
PATIENCE_S = 180.0
BARE = "bare consumer"
KINDS = ("bare", "plain", "faust")


class Steady(NamedTuple):
    """Of one worker under a steady rate: seconds until pings were folded, and until a reader had their rows.

    cpu_s : of processor time a ping
    """

    folded_s: list[float]
    shown_s: list[float]
    cpu_s: float


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
    return [*_backlogs(broker, say), *_many(broker, say), *_lags(broker, say)]


def _backlogs(broker: BrokerSettings, say: Say) -> Iterator[Figure]:
    limit = 0.0
    for kind in KINDS:
        say(f"{BACKLOG} pings wait for one {kind} ...")
        found, cpu_s = _backlog(broker, kind)
        limit = limit or found
        yield _rate(f"stream.{kind}_1", found, limit)
        yield replace(figure(f"stream.{kind}_cpu_a_ping", [cpu_s], None), units=UNITS)


def _many(broker: BrokerSettings, say: Say) -> Iterator[Figure]:
    """A ping costs less where many come: it travels with others."""
    bare_s: list[float] = []
    for kind in KINDS:
        say(f"{MANY} units report once a second for {LASTS_S:.0f} s to one {kind} ...")
        cpu_s = _steady(broker, kind, MANY).cpu_s
        limit = (BARE, bare_s) if bare_s else None
        yield replace(figure(f"stream.{kind}_cpu_a_ping_at_{MANY}", [cpu_s], limit), units=MANY)
        yield value(f"stream.{kind}_units_on_half_a_core", MANY, "units at 1 Hz", 0.5 / cpu_s)
        say(f"and to two {kind} ...")
        yield value(f"stream.{kind}_share_of_two_at_{MANY}", MANY, "share", _share(broker, kind))
        bare_s = bare_s or [cpu_s]


def _lags(broker: BrokerSettings, say: Say) -> Iterator[Figure]:
    bare_s: list[float] = []
    for kind in KINDS:
        say(f"{RATE} pings a second for {LASTS_S:.0f} s to one {kind} ...")
        found = _steady(broker, kind, RATE)
        limit = (BARE, bare_s) if bare_s else None
        yield replace(figure(f"stream.{kind}_lag_at_{RATE}", found.folded_s, limit), units=UNITS)
        yield value(f"stream.{kind}_cores_at_{RATE}", RATE, "cores", found.cpu_s * RATE)
        if found.shown_s:
            yield replace(figure(f"stream.{kind}_lag_to_fleet_at_{RATE}", found.shown_s, limit), units=UNITS)
        bare_s = bare_s or found.folded_s


def _rate(name: str, found: float, limit: float) -> Figure:
    """ratio : our rate to the bare consumer's."""
    row = value(name, BACKLOG, "pings/s", found, (BARE, limit))
    return replace(row, ratio=found / limit, units=UNITS)


def _backlog(broker: BrokerSettings, kind: str) -> tuple[float, float]:
    """Pings a second between the first tenth and the last, and seconds of a core a ping."""
    with _topics(broker) as ours:
        asyncio.run(_publish_backlog(ours))
        with _running(ours, kind, 1) as (worker,):
            _until(lambda: worker.heard >= BACKLOG)
            time.sleep(0.5)
            return _middle_rate([worker.lines]), _cpu_a_ping(worker.lines)


def _share(broker: BrokerSettings, kind: str) -> float:
    """What the one of two workers heard that heard less; both were there before the first ping."""
    with _topics(broker) as ours, _running(ours, kind, 2) as workers:
        time.sleep(2 * JOIN_S)
        asyncio.run(_publish_steadily(ours, MANY))
        _until(lambda: sum(worker.heard for worker in workers) >= int(MANY * LASTS_S * 0.98))
        return min(worker.heard for worker in workers) / sum(worker.heard for worker in workers)


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


def _steady(broker: BrokerSettings, kind: str, rate: int) -> Steady:
    with (
        _topics(broker) as ours,
        _running(ours, kind, 1) as (worker,),
        _running(ours, "rows", 1) as (reader,),
    ):
        time.sleep(JOIN_S)  # the worker has its partitions, or the first seconds would be a backlog
        asyncio.run(_publish_steadily(ours, rate))
        _until(lambda: worker.heard >= int(rate * LASTS_S * 0.98))
        began = next(line for line in worker.lines if line["heard"] > rate * WARM_S)
        ended = worker.lines[-1]
        cpu_s = (ended["cpu_s"] - began["cpu_s"]) / (ended["heard"] - began["heard"])
        folded, shown = (
            [lag / 1000 for line in told.lines if line["at"] > began["at"] for lag in line["lags_ms"]]
            for told in (worker, reader)
        )
        return Steady(folded, shown, cpu_s)


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


async def _publish_steadily(broker: BrokerSettings, rate: int) -> None:
    """As many units as pings a second; above a thousand, as a gateway sends them: some at once."""
    producer = AIOKafkaProducer(**broker.options(), linger_ms=0 if rate <= RATE else 20)
    await producer.start()
    began, sent, at_once = time.monotonic(), 0, int(rate * AT_ONCE_S)
    while sent < rate * LASTS_S:
        for _ in range(at_once):
            unit = sent % rate
            ping = _ping(unit, datetime.now(UTC), sent // rate)
            await producer.send(broker.topic("pings"), ping, f"bench/U{unit}".encode())
            sent += 1
        await asyncio.sleep(max(0.0, began + sent / rate - time.monotonic()))
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
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as folder:
        order = [
            *(sys.executable, "-m", "api.bench.stream_bench_worker", kind),
            *(broker.address, broker.prefix, str(PARTITIONS)),
        ]
        started = [
            Worker(
                subprocess.Popen(
                    [*order, f"{folder}/{number}"],
                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                )
            )
            for number in range(workers)
        ]  # fmt: skip
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
