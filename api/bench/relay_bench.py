"""The relay's part of `vigil bench stream`: how many events of a log a second go to Kafka, and how soon.

The limit beside it is a bare transactional producer: the same records, made before the clock runs, in
transactions of the same size to the same topics. What is missing to it is the price of reading the log and
writing JSON.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import NamedTuple
from uuid import uuid4

from api.bench.history.emergencies import Emergencies
from api.bench.history.life import Life
from api.bench.history.surroundings import Surroundings
from api.bench.relay_lag import lag_figures
from api.bench.rows import Figure, figure, quantile
from api.postgres.cluster import Cluster, NoCluster
from api.streams.admin import admin
from api.streams.broker_settings import BrokerSettings
from api.streams.envelope import Outgoing, outgoing
from api.streams.outlet import open_outlet
from api.streams.relay import BATCH, Relay
from api.streams.relay_figures import RelayFigures
from api.streams.relay_lock import NoLock
from api.streams.relay_log import read_only_sqlite_log
from api.streams.set_up import Plan, set_up
from api.streams.topics import TOPICS
from dispatch.application import DispatchLog, memory_log, sqlite_log
from dispatch.city_file import load_city

FACTS, ROUNDS = 20_000, 5
AT_ONCE = 100
FILE = "events.sqlite"

BARE = "bare transactional producer"

Say = Callable[[str], None]


class Spent(NamedTuple):
    """On the wall clock, and of this process on its core, which means something on a busy machine, too."""

    seconds: float
    cpu_s: float


class Watch:
    def __init__(self) -> None:
        self._began, self._cpu = perf_counter(), process_time()

    def spent(self) -> Spent:
        return Spent(perf_counter() - self._began, process_time() - self._cpu)


def bench_relay(broker: BrokerSettings, city: Path, say: Say, facts: int = FACTS) -> list[Figure]:
    """Rates in events a second. Makes topics of its own and deletes them. Raises KafkaError."""
    ours = replace(broker, prefix=f"bench-{uuid4().hex[:8]}.")
    plan = Plan(topics=[topic for topic in TOPICS if topic.name in ("events", "relay")])
    with TemporaryDirectory(prefix="vigil-bench-") as folder:
        say(f"Making up {facts} events of {city.name} ...")
        _live(city, Path(folder) / FILE, facts)
        with read_only_sqlite_log(Path(folder) / FILE) as log:
            asyncio.run(set_up(ours, plan))
            try:
                return [*_rates(log, ours, say), *_lags(ours, Path(folder), say)]
            finally:
                asyncio.run(_delete(ours, plan))


def _live(city: Path, file: Path, facts: int) -> None:
    with memory_log() as source, sqlite_log(str(file)) as target:
        life = Life(source, load_city(city))
        Emergencies(life)
        Surroundings(life)
        life.live(facts, lambda _: None)
        while found := source.select(target.position() + 1, AT_ONCE):
            target.recorder.insert_events([target.mapper.to_stored_event(fact) for _, fact in found])


def _rates(log: DispatchLog, broker: BrokerSettings, say: Say) -> list[Figure]:
    facts = log.select(1, 10**7)
    records = [outgoing("bench", seq, fact) for seq, fact in facts]
    batches = [records[at : at + BATCH] for at in range(0, len(records), BATCH)]
    size = sum(len(record.value) for record in records) // len(records)
    say(f"{len(records)} events of {size} bytes in the middle, {len(batches)} transactions.")
    took: dict[str, list[Spent]] = {"bare": [], "relay": [], "read": []}
    for turn in range(ROUNDS):
        say(f"Round {turn + 1} of {ROUNDS} ...")
        took["bare"].append(asyncio.run(_bare(broker, batches, f"bare{turn}")))
        took["relay"].append(asyncio.run(_relayed(broker, log, f"relay{turn}")))
        took["read"].append(_read(log))
    rates = {name: [len(records) / spent.seconds for spent in samples] for name, samples in took.items()}
    limit = quantile(rates["bare"], 0.5)
    cpu = {name: [spent.cpu_s / len(records) for spent in samples] for name, samples in took.items()}
    return [
        _figure("stream.relay", rates["relay"], len(records), limit),
        _figure("stream.relay_reads_and_writes_json", rates["read"], len(records), limit),
        replace(figure("stream.relay_cpu_an_event", cpu["relay"], (BARE, cpu["bare"])), events=len(records)),
    ]


def _lags(broker: BrokerSettings, folder: Path, say: Say) -> list[Figure]:
    try:
        cluster = Cluster(folder / "postgres")
        address = cluster.start()
    except NoCluster as fault:
        say(f"How soon events arrive is not measured: {fault}")
        return []
    say("Saving at a steady pace ...")
    try:
        return lag_figures(broker, address)
    finally:
        cluster.stop()


async def _bare(broker: BrokerSettings, batches: Sequence[Sequence[Outgoing]], centre: str) -> Spent:
    """For records that are ready, by the same producer with the same settings."""
    outlet = await open_outlet(broker, centre)
    try:
        watch = Watch()
        for batch in batches:
            await outlet.send(batch)
        return watch.spent()
    finally:
        await outlet.close()


async def _relayed(broker: BrokerSettings, log: DispatchLog, centre: str) -> Spent:
    """From the first look at the log to the last commit; opening Kafka is not counted."""
    relay = Relay(log, broker, NoLock(), RelayFigures(centre))
    outlet = await open_outlet(broker, centre)
    try:
        watch = Watch()
        await relay._follow(outlet, once=True)
        return watch.spent()
    finally:
        await outlet.close()


def _read(log: DispatchLog) -> Spent:
    """To read the log and write its records, for nobody."""
    watch, place = Watch(), 0
    while found := log.select(place + 1, BATCH):
        place = [outgoing("bench", seq, fact) for seq, fact in found][-1].seq
    return watch.spent()


async def _delete(broker: BrokerSettings, plan: Plan) -> None:
    async with admin(broker) as client:
        await client.delete_topics([broker.topic(topic.name) for topic in plan.topics])


def _figure(name: str, rates: Sequence[float], events: int, limit: float) -> Figure:
    """ratio : our rate to the limit's, so that 1 is as fast."""
    middle = quantile(rates, 0.5)
    return Figure(
        name=name, n=len(rates), unit="events/s", best=max(rates), p50=middle, p99=min(rates),
        reference=limit, reference_name=BARE, ratio=middle / limit,
        spread=(max(rates) - min(rates)) / middle, events=events,
    )  # fmt: skip
