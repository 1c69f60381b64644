"""The ticks of a worker, and whether its clock agrees with the broker's.

A worker ticks by its own clock. One that runs ahead would close minutes that are still to come and call every
unit silent, and what it keeps would outdo the right states. The topic of the ticks keeps the broker's time of
each record, and the broker's answer to a tick says it: that takes no request more.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from api.streams.broker_settings import BrokerSettings
from api.streams.outbox import Outbox
from api.streams.shelves import tick_record
from api.streams.sinks import Sent
from api.streams.topics import SEED
from projections.streams.messages import Tick

log = logging.getLogger("vigil.streams")

AWAY = timedelta(seconds=30)
"""Clocks that are kept by NTP differ by milliseconds; from here on alerts would be wrong."""
LOG_APPEND = 1


class WrongClock(RuntimeError):
    """Our clock and the broker's are apart; the sentence says by how much."""


class Sending(Protocol):
    async def partitions(self, topic: str) -> set[int]: ...

    async def send(self, sending: Sequence[Sent]) -> Sequence[Any]: ...


Clock = Callable[[], datetime]


def now() -> datetime:
    return datetime.now(UTC)


async def agree_with_broker(broker: BrokerSettings, clock: Clock) -> None:
    """Before a worker joins, for that takes partitions from others. Raises WrongClock, KafkaError."""
    outbox = Outbox(broker, linger_ms=0)
    try:
        await outbox.start()
        await BrokerClock(outbox, clock).agree()
    finally:
        await outbox.stop()


class BrokerClock:
    """clock : our own, which ticks."""

    def __init__(self, outbox: Sending, clock: Clock = now) -> None:
        self._outbox, self._clock = outbox, clock

    async def agree(self) -> None:
        """Asked with records that everybody passes over. Raises WrongClock, KafkaError.

        All partitions, for each may lie on another broker, and any of them may become ours.
        """
        asking = [Sent("told", None, SEED, each) for each in sorted(await self._outbox.partitions("told"))]
        if not await self._send(asking, self._clock()):
            log.warning(
                "The topic told keeps the writers' times, so nobody sees a wrong clock: "
                "message.timestamp.type=LogAppendTime is what vigil stream init gives it"
            )

    async def tick(self, partitions: Iterable[int]) -> None:
        """Tell them what time it is. Raises WrongClock, KafkaError."""
        at = self._clock()
        await self._send([tick_record(partition, Tick(at)) for partition in sorted(partitions)], at)

    async def _send(self, records: list[Sent], before: datetime) -> bool:
        """Whether the broker said its time."""
        stamps = [_stamped(answer) for answer in await self._outbox.send(records)]
        after = self._clock()
        for stamp in stamps:
            if stamp is not None and not before - AWAY <= stamp <= after + AWAY:
                ahead = before - stamp if before > stamp else after - stamp
                raise WrongClock(_sentence(ahead))
        return None not in stamps


def _stamped(answer: Any) -> datetime | None:
    """When the broker had the record, None where its topic keeps the writer's word."""
    if answer.timestamp_type != LOG_APPEND:
        return None
    return datetime.fromtimestamp(answer.timestamp / 1000, UTC)


def _sentence(ahead: timedelta) -> str:
    seconds = abs(ahead.total_seconds())
    way = "ahead of" if ahead > timedelta(0) else "behind"
    return f"The clock of this machine is {seconds:.0f} s {way} that of the broker; one of them is wrong"
