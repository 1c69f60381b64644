"""What the desks heard: each promise and each refusal, with when it was asked and when it was answered."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from tests.integration.api.storm import Order

Json = dict[str, Any]
EMERGENCY = 7
"""Orders from a call to its end."""
LEAST_PER_S = 0.1
"""Promises to one desk in a second of rain: a tenth of what a struck centre on a laden machine gave."""
LEAST_PINGS_PER_S = 0.1


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer, and its moments by one clock for all desks, in seconds.

    asked : when the order was sent for the first time;  sent : for the last time, which was answered
    """

    desk: int
    order: Order
    asked: float
    sent: float
    heard: float
    status: int
    body: Json

    @property
    def kind(self) -> str:
        """Of the problem, such as `UnitBusy`."""
        return str(self.body.get("type", "")).removeprefix("urn:vigil:")


@dataclass
class Record:
    """What all desks heard. Only appended to."""

    promised: list[Heard] = field(default_factory=list)
    refused: list[Heard] = field(default_factory=list)
    given_up: list[Order] = field(default_factory=list)
    died: list[str] = field(default_factory=list)
    longest_wait_s: float = 0.0

    def watched(self, name: str, work: Callable[[], None]) -> Thread:
        """A thread whose death by an exception is remembered."""

        def until_it_ends() -> None:
            try:
                work()
            except Exception as fault:
                self.died.append(f"{name} died of {fault!r}"[:600])

        return Thread(target=until_it_ends, name=name, daemon=True)


def silent(record: Record, desks: int, pings: int, rained_s: float) -> Iterator[str]:
    """Who died, and who did so little that nothing is shown by it."""
    yield from record.died
    promised = Counter(heard.desk for heard in record.promised)
    for desk in range(desks):
        if promised[desk] < max(EMERGENCY, LEAST_PER_S * rained_s):
            yield f"desk {desk} was promised only {promised[desk]} orders in {rained_s:.0f} s"
    if pings < max(1, LEAST_PINGS_PER_S * rained_s):
        yield f"only {pings} positions were taken in {rained_s:.0f} s"
