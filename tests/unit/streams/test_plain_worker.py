"""The plain host while partitions change hands during a fetch."""

import asyncio
from types import SimpleNamespace
from typing import Any

from aiokafka import TopicPartition

from api.streams.aiokafka_host import PlainWorker
from api.streams.broker_settings import BrokerSettings
from api.streams.claims import TakenOver
from tests.histories import NOON
from tests.stream_records import LIMITS, a_ping

PLACE = TopicPartition("pings", 0)


class Consumer:
    """Its fetch began before the partitions were assigned; what it brings is of the new assignment."""

    def __init__(self, worker: PlainWorker) -> None:
        self._worker = worker

    async def getmany(self, **named: Any) -> dict[TopicPartition, list[Any]]:
        await asyncio.sleep(0)
        await self._worker.on_partitions_assigned({PLACE})
        ping = a_ping("C1", NOON, 10.77, 106.7)
        return {PLACE: [SimpleNamespace(offset=3, timestamp=0, key=b"hcmc/C1", value=ping.value)]}


def test_what_a_fetch_brings_that_began_before_the_assignment_is_folded():
    """aiokafka gives out records of the assignment that holds by then; dropped, nobody would read them."""

    async def work() -> PlainWorker:
        worker = PlainWorker(BrokerSettings("127.0.0.1:9", prefix=""), LIMITS)
        holding: Any = worker._holding

        async def take(partitions: set[int]) -> None:
            for partition in partitions:
                holding.shelves.open(partition, {})

        async def send(sending: Any) -> None: ...

        holding.take, holding.outbox.send = take, send
        worker._consumer = Consumer(worker)
        await worker._fold_some()
        return worker

    worker = asyncio.run(work())
    assert "fleet|hcmc/C1" in worker.shelves.shelf(0).states()
    assert worker._holding.progress()["pings", 0].worked == 4


def test_one_whose_partitions_another_has_claimed_ends_and_claims_nothing_again():
    """aiokafka would join anew for it, and it would take from the other what is his by now."""

    async def work() -> tuple[PlainWorker, list[set[int]]]:
        worker = PlainWorker(BrokerSettings("127.0.0.1:9", prefix=""), LIMITS)
        holding: Any = worker._holding
        taken: list[set[int]] = []

        async def let_go() -> None:
            raise TakenOver("Another worker has claimed partition 0")

        async def take(partitions: set[int]) -> None:
            taken.append(partitions)

        holding.let_go, holding.take = let_go, take
        await worker.on_partitions_revoked({PLACE})
        await worker.on_partitions_assigned({PLACE})
        return worker, taken

    worker, taken = asyncio.run(work())
    assert isinstance(worker._ends_with(), TakenOver)
    assert taken == []
