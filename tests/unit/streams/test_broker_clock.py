"""A worker whose clock is wrong must not tick: it would close minutes to come and call all units silent."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest

from api.streams.broker_clock import AWAY, LOG_APPEND, BrokerClock, WrongClock
from api.streams.sinks import Sent
from api.streams.topics import SEED
from tests.histories import NOON

LITTLE = timedelta(seconds=1)


class Broker:
    """Its own time is noon; it answers after `takes`. wrong : how far its nodes are ahead, by partition."""

    def __init__(
        self,
        takes: timedelta = timedelta(0),
        stamps: bool = True,
        wrong: Mapping[int | None, timedelta] = MappingProxyType({}),
    ) -> None:
        self.at, self._takes, self._stamps, self._wrong = NOON, takes, stamps, wrong
        self.heard: list[Sent] = []

    async def partitions(self, topic: str) -> set[int]:
        return {0, 1, 2} if topic == "told" else set()

    async def send(self, sending: Sequence[Sent]) -> Sequence[Any]:
        self.heard += sending
        self.at += self._takes
        kind = LOG_APPEND if self._stamps else 0
        return [SimpleNamespace(timestamp=self._stamp(each), timestamp_type=kind) for each in sending]

    def _stamp(self, each: Sent) -> int:
        return int((self.at + self._wrong.get(each.partition, timedelta(0))).timestamp() * 1000)

    def ahead(self, by: timedelta) -> BrokerClock:
        """A worker whose clock is that much ahead."""

        def clock() -> datetime:
            return self.at + by

        return BrokerClock(self, clock)


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (timedelta(days=3), "259200 s ahead of"),
        (AWAY + LITTLE, "31 s ahead of"),
        (-timedelta(days=3), "259200 s behind"),
        (-AWAY - LITTLE, "31 s behind"),
    ],
)
def test_a_clock_that_is_wrong_is_said(by: timedelta, words: str):
    with pytest.raises(WrongClock, match=words):
        asyncio.run(Broker().ahead(by).agree())
    with pytest.raises(WrongClock, match=words):
        asyncio.run(Broker().ahead(by).tick({0, 1}))


@pytest.mark.parametrize("by", [AWAY - LITTLE, LITTLE - AWAY, timedelta(0)])
def test_a_clock_that_is_nearly_right_ticks(by: timedelta):
    broker = Broker()
    asyncio.run(broker.ahead(by).tick({2, 1}))
    assert [each.partition for each in broker.heard] == [1, 2]


def test_a_broker_that_answers_late_has_no_wrong_clock():
    asyncio.run(Broker(takes=timedelta(minutes=5)).ahead(timedelta(0)).tick({0}))


def test_it_asks_with_records_that_everybody_passes_over():
    broker = Broker()
    asyncio.run(broker.ahead(timedelta(0)).agree())
    assert broker.heard == [Sent("told", None, SEED, partition) for partition in range(3)]


@pytest.mark.parametrize("partition", [0, 1, 2])
def test_one_node_of_several_with_another_time_is_found_before_the_worker_joins(partition: int):
    """It would end at its first tick, and each of its starts take partitions from those who are well."""
    broker = Broker(wrong={partition: 2 * AWAY})
    with pytest.raises(WrongClock, match="60 s behind"):
        asyncio.run(broker.ahead(timedelta(0)).agree())


def test_a_topic_that_keeps_the_writers_word_is_told_of_once_and_never_judged(
    caplog: pytest.LogCaptureFixture,
):
    clock = Broker(stamps=False).ahead(timedelta(days=3))
    asyncio.run(clock.agree())
    asyncio.run(clock.tick({0}))
    assert [record.message for record in caplog.records if "LogAppendTime" in record.message] == [
        caplog.records[0].message
    ]
