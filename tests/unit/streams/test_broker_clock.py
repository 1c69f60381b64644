"""A worker whose clock is wrong must not tick: it would close minutes to come and call all units silent."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from api.streams.broker_clock import AWAY, LOG_APPEND, BrokerClock, WrongClock
from api.streams.sinks import Sent
from api.streams.topics import SEED
from tests.histories import NOON

LITTLE = timedelta(seconds=1)


class Broker:
    """Its own time is noon; it answers after `takes`."""

    def __init__(self, takes: timedelta = timedelta(0), stamps: bool = True) -> None:
        self.at, self._takes, self._stamps = NOON, takes, stamps
        self.heard: list[Sent] = []

    async def send(self, sending: Sequence[Sent]) -> Sequence[Any]:
        self.heard += sending
        self.at += self._takes
        stamp = int(self.at.timestamp() * 1000)
        kind = LOG_APPEND if self._stamps else 0
        return [SimpleNamespace(timestamp=stamp, timestamp_type=kind) for _ in sending]

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


def test_it_asks_with_a_record_that_everybody_passes_over():
    broker = Broker()
    asyncio.run(broker.ahead(timedelta(0)).agree())
    assert broker.heard == [Sent("told", None, SEED, 0)]


def test_a_topic_that_keeps_the_writers_word_is_told_of_once_and_never_judged(
    caplog: pytest.LogCaptureFixture,
):
    clock = Broker(stamps=False).ahead(timedelta(days=3))
    asyncio.run(clock.agree())
    asyncio.run(clock.tick({0}))
    assert [record.message for record in caplog.records if "LogAppendTime" in record.message] == [
        caplog.records[0].message
    ]
