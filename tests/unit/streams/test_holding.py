"""In which order a worker says, keeps and commits: a crash between any two of them must lose nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.errors import KafkaError, KafkaTimeoutError

from api.streams.broker_settings import BrokerSettings
from api.streams.claims import TakenOver
from api.streams.holding import Batch, Holding, Pace
from api.streams.membership import Membership
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


def a_later_batch(offset: int = 6) -> Batch:
    value = a_ping("C1", NOON.replace(hour=15), 10.77, 106.7).value
    return Batch("pings", 0, [SimpleNamespace(offset=offset, timestamp=0, key=b"hcmc/C1", value=value)])


def test_a_record_that_is_folded_while_states_are_sent_is_not_committed_with_them():
    """Its state is not among them: a worker that died then would never be followed there."""

    async def meanwhile(holding: Holding) -> None:
        keeping = asyncio.ensure_future(holding.keep())
        await asyncio.sleep(0.005)
        await holding.fold([a_later_batch()], lambda: True)
        await keeping

    told = worked(meanwhile)
    assert [step for step in told.did if step[0] == "committed"] == [("committed", 6)]


# --- away for longer than a session -----------------------------------------------------------


class Slept:
    """A clock that a test puts forward."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


class Coordinator:
    """As far as it beats; `answer` is what the group says."""

    def __init__(self, answer: bool = True, pause: Callable[[], None] = lambda: None) -> None:
        self.answer, self.pause = answer, pause

    async def _do_heartbeat(self) -> bool:
        self.pause()
        return self.answer


async def _fold_after_a_pause(
    holding: Holding, coordinator: Coordinator, still_ours: Callable[[], bool] = lambda: True
) -> "asyncio.Future[None]":
    """A later batch, on its way; the group was asked since."""
    clock = Slept()
    holding.membership = Membership(12.0, clock)
    holding.membership.listen(coordinator)
    clock.at += 12.0
    folding = asyncio.ensure_future(holding.fold([a_later_batch()], still_ours))
    await asyncio.sleep(0.05)
    await coordinator._do_heartbeat()
    await asyncio.sleep(0.05)
    return folding


def rows(told: Told) -> int:
    return told.did.count(("began", "fleet"))


def test_after_a_pause_longer_than_a_session_nothing_is_said_before_the_group_has_answered():
    async def paused(holding: Holding) -> None:
        coordinator = Coordinator(answer=False)
        folding = await _fold_after_a_pause(holding, coordinator)
        assert not folding.done()
        assert holding.progress()["pings", 0].worked == 6
        coordinator.answer = True
        await coordinator._do_heartbeat()
        await asyncio.wait_for(folding, 1)
        assert holding.progress()["pings", 0].worked == 7

    assert rows(worked(paused)) == 2


def test_what_the_group_gave_to_others_during_a_pause_is_never_said():
    async def paused(holding: Holding) -> None:
        ours = [True]
        folding = await _fold_after_a_pause(holding, Coordinator(answer=False), lambda: ours[0])
        ours[0] = False
        await asyncio.wait_for(folding, 1)
        assert holding.progress()["pings", 0].worked == 6

    assert rows(worked(paused)) == 1


def test_an_answer_that_waited_through_a_pause_says_nothing_of_today():
    async def paused(holding: Holding) -> None:
        clock = Slept()
        coordinator = Coordinator(pause=lambda: setattr(clock, "at", clock.at + 12.0))
        membership = Membership(12.0, clock)
        membership.listen(coordinator)
        await coordinator._do_heartbeat()
        assert not membership.is_sure
        coordinator.pause = lambda: None
        await coordinator._do_heartbeat()
        assert membership.is_sure

    worked(paused)


def test_partitions_can_be_let_go_while_a_fold_waits_for_the_group():
    """Letting go is what the group asks of a worker that it no longer knows."""

    async def paused(holding: Holding) -> None:
        generation = [0]
        folding = await _fold_after_a_pause(holding, Coordinator(answer=False), lambda: not generation[0])
        await asyncio.wait_for(holding.let_go(), 1)
        generation[0] += 1
        await asyncio.wait_for(folding, 1)

    told = worked(paused)
    assert told.did[-1] == ("committed", 6)


def test_one_whose_partitions_another_has_claimed_says_so_when_it_lets_them_go():
    async def let_go(holding: Holding) -> None:
        holding._changelog.let_go()
        with pytest.raises(TakenOver):
            await holding.let_go()
        assert holding.shelves.partitions == set()

    worked(let_go)


# --- a send that was refused ------------------------------------------------------------------


def test_what_was_refused_leaves_no_state_and_no_place_behind():
    """The record is to be folded again, and said: by whoever comes."""

    async def refused(holding: Holding) -> None:
        told_before = holding.outbox.send

        async def refuse(sending: object) -> list[Any]:
            await asyncio.sleep(0.02)
            raise KafkaTimeoutError

        holding.outbox.send = refuse  # type: ignore[method-assign,assignment]
        folding = asyncio.ensure_future(holding.fold([a_later_batch()], lambda: True))
        await asyncio.sleep(0.01)
        letting_go = asyncio.ensure_future(holding.let_go())  # waits for the fold
        with pytest.raises(KafkaTimeoutError):
            await folding
        await letting_go
        holding.outbox.send = told_before  # type: ignore[method-assign]
        with pytest.raises(KafkaError):
            await holding.keep()

    told = worked(refused)
    assert ("began", STATE) not in told.did
    assert "committed" not in [step for step, _ in told.did]


def test_a_fold_that_was_broken_off_leaves_no_state_and_no_place_behind():
    async def broken_off(holding: Holding) -> None:
        folding = asyncio.ensure_future(holding.fold([a_later_batch()], lambda: True))
        await asyncio.sleep(0.005)
        folding.cancel()
        await asyncio.gather(folding, return_exceptions=True)
        await holding.let_go()

    told = worked(broken_off)
    assert ("began", STATE) not in told.did
    assert "committed" not in [step for step, _ in told.did]
