"""What a relay says of the end of its log: no more than it has read, and often enough for a region."""

import asyncio
import time
from datetime import UTC, datetime
from threading import Condition
from typing import Any

import pytest

from api.streams.broker_settings import BrokerSettings
from api.streams.relay import BEAT_S, Relay
from api.streams.relay_figures import RelayFigures
from api.streams.relay_lock import NoLock
from domain.base import Fact
from tests.any_history import history

FACTS = list(history(range(20)).log)


class Read:
    """A log that notes when it was read; just then somebody writes, and the reader does not see it."""

    def __init__(self, facts: list[tuple[int, Fact]]) -> None:
        self._facts, self.saved = facts, Condition()
        self.written_at, self.reads = datetime.min.replace(tzinfo=UTC), 0

    def position(self) -> int:
        return self._facts[-1][0] if self._facts else 0

    def select(self, start: int, limit: int, stop: int | None = None) -> list[tuple[int, Fact]]:
        found = [each for each in self._facts if each[0] >= start][:limit]
        self.reads += 1
        time.sleep(0.001)
        self.written_at = datetime.now(UTC)
        time.sleep(0.001)
        return found


def a_relay(log: Read) -> Relay:
    return Relay(log, BrokerSettings("127.0.0.1:9"), NoLock(), RelayFigures("saigon"))


@pytest.mark.parametrize("facts", [[], FACTS])
def test_what_is_written_while_the_log_is_read_is_not_promised(facts: list[tuple[int, Fact]]):
    """Whoever hears "complete to" takes it that all was there by then, and gives late answers for lost."""
    log = Read(facts)
    batch = a_relay(log)._read(1)
    assert len(batch.records) == len(facts)
    assert batch.complete_to < log.written_at


class Beaten:
    """An outlet that last said something so long ago, and does not learn that it speaks again."""

    def __init__(self, silent_s: float) -> None:
        self.silent_s = silent_s
        self.beats: list[Any] = []

    async def beat(self, complete_to: datetime) -> None:
        self.beats.append(complete_to)


def beats_after(silent_s: float) -> int:
    async def work() -> int:
        log, outlet = Read([]), Beaten(silent_s)
        relay = a_relay(log)
        following = asyncio.create_task(relay._follow(outlet, once=False))  # type: ignore[arg-type]
        while log.reads < 2 and not following.done():
            await asyncio.sleep(0.01)
        relay.stop()
        await following
        return len(outlet.beats)

    return asyncio.run(work())


def test_at_the_end_of_the_log_it_speaks_as_soon_as_it_was_silent_for_a_beat():
    assert beats_after(BEAT_S)
    assert not beats_after(BEAT_S - 0.1)
    assert BEAT_S <= 5.0, "a region that hears nothing for long calls the centre cut off"
