"""In which order a worker says, keeps and commits: a crash between any two of them must lose nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from api.streams.broker_settings import BrokerSettings
from api.streams.claims import TakenOver
from api.streams.holding import Batch, Holding, Pace
from api.streams.sinks import STATE, Sent
from api.streams.watchdog import Place
from tests.histories import NOON
from tests.stream_records import LIMITS, a_ping

Did = tuple[str, object]


class Told:
    """What the broker was told, in order; it answers late. `others` are records that somebody else wrote."""

    def __init__(self) -> None:
        self.did: list[Did] = []
        self.end = 0
        self.committed = True

    async def send(self, sending: list[Sent]) -> list[Any]:
        answers = []
        for each in sending:
            self.did.append(("began", each.topic))
            answers.append(SimpleNamespace(partition=each.partition, offset=self.end))
            self.end += each.topic == STATE
        await asyncio.sleep(0.01)
        self.did += [("ended", each.topic) for each in sending]
        return answers

    async def send_together(self, topic: str, partition: int, records: list[Sent]) -> list[int]:
        return [answer.offset for answer in await self.send(records)]

    async def commit(self, places: Mapping[Place, int]) -> bool:
        self.did += [("committed", at) for at in places.values()]
        return self.committed


def a_batch(*offsets: int) -> Batch:
    value = a_ping("C1", NOON, 10.77, 106.7).value
    return Batch(
        "pings",
        0,
        [SimpleNamespace(offset=each, timestamp=0, key=b"hcmc/C1", value=value) for each in offsets],
    )


def worked(steps: Callable[[Holding], Awaitable[None]], ours: bool = True, committed: bool = True) -> Told:
    told = Told()
    told.committed = committed

    async def work() -> None:
        holding = Holding(BrokerSettings("127.0.0.1:9", prefix=""), LIMITS, Pace(), told.commit)
        holding.outbox.send = told.send  # type: ignore[method-assign,assignment]
        holding.outbox.send_together = told.send_together  # type: ignore[method-assign,assignment]
        holding.shelves.open(0, {})
        holding._changelog.begin({0: -1})
        await holding.fold([a_batch(4, 5)], lambda: ours)
        await steps(holding)

    asyncio.run(work())
    return told


def test_what_is_to_be_said_is_there_before_a_state_is_and_the_state_before_the_place():
    told = worked(lambda holding: holding.keep())
    first_state = told.did.index(("began", STATE))
    assert ("ended", "fleet") in told.did[:first_state]
    assert told.did[-2:] == [("ended", STATE), ("committed", 6)]


def test_a_state_waits_for_what_is_still_on_its_way():
    async def both(holding: Holding) -> None:
        later = [a_ping("C1", NOON.replace(hour=15), 10.77, 106.7).value]
        batch = Batch("pings", 0, [SimpleNamespace(offset=6, timestamp=0, key=b"hcmc/C1", value=later[0])])
        folding = asyncio.ensure_future(holding.fold([batch], lambda: True))
        await asyncio.sleep(0)
        await holding.keep()
        await folding

    told = worked(both)
    first_state = told.did.index(("began", STATE))
    assert told.did[:first_state].count(("ended", "fleet")) == 2
    assert told.did[-1] == ("committed", 7)


def test_what_was_fetched_before_partitions_changed_hands_is_not_folded():
    told = worked(lambda holding: holding.keep(), ours=False)
    assert told.did == []


def test_a_place_that_was_not_taken_is_committed_again():
    async def twice(holding: Holding) -> None:
        await holding.keep()
        await holding.keep()

    told = worked(twice, committed=False)
    assert [step for step in told.did if step[0] == "committed"] == [("committed", 6)] * 2
    assert [step for step in worked(twice).did if step[0] == "committed"] == [("committed", 6)]


def test_nothing_is_kept_of_a_partition_that_is_not_claimed():
    async def unclaimed(holding: Holding) -> None:
        holding._changelog.let_go()
        with pytest.raises(TakenOver):
            await holding.keep()

    told = worked(unclaimed)
    assert not [step for step in told.did if step[0] == "committed"]
