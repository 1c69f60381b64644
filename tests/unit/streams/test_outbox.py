"""What came of a record is said before the state remembers it, or a crash between would leave it unsaid."""

import asyncio
from typing import Any

from api.streams.broker_settings import BrokerSettings
from api.streams.outbox import Outbox
from api.streams.sinks import STATE, Sent


class Broker:
    """Answers late, and remembers what was sent while something was unanswered."""

    def __init__(self) -> None:
        self.unanswered: set[str] = set()
        self.seen: list[tuple[str, frozenset[str]]] = []

    async def send(self, topic: str, *words: Any, **named: Any) -> "asyncio.Future[None]":
        self.seen.append((topic, frozenset(self.unanswered)))
        self.unanswered.add(topic)

        async def answer() -> None:
            await asyncio.sleep(0.02)
            self.unanswered.discard(topic)

        return asyncio.ensure_future(answer())


def test_states_are_sent_when_everything_else_is_there():
    broker, outbox = Broker(), Outbox(BrokerSettings("127.0.0.1:9", prefix=""), 0)
    outbox._producer = broker
    asyncio.run(
        outbox.send([Sent(STATE, b"s", b"1", 0), Sent("told", b"k", b"2"), Sent("alerts", b"k", b"3")])
    )
    assert [topic for topic, _ in broker.seen] == ["told", "alerts", STATE]
    assert broker.seen[-1][1] == frozenset()
    assert not broker.unanswered
