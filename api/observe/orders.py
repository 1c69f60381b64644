"""One order under observation: how long it took, what came of it, how often it was decided again.

Without traces this is two clock readings and a counter an order. Nothing of what was ordered is looked at: of
the command its kind and its act's ids, of a refusal its kind.
"""

import logging
from collections.abc import Callable
from time import perf_counter
from types import TracebackType
from typing import Generic, Protocol
from uuid import UUID

from api.measure import ORDERS, RETRIES
from dispatch.commands import Answer, C, Outcome
from dispatch.desk import Desk
from dispatch.faults import OperationalError
from domain.errors import NotStored, PerhapsStored, Refused, TooContended

log = logging.getLogger("vigil.orders")

Handler = Callable[[C, Desk], Outcome]


class OrderTrace(Protocol):
    """The spans of one order; `api.observe.traces` has the real ones."""

    def deciding(self, handler: Handler[C]) -> Handler[C]: ...
    def lost(self, cause: str) -> None: ...
    def stored(self, answer: Answer) -> None: ...
    def ended(self, outcome: str, kind: str | None) -> None: ...


class OrderTraces(Protocol):
    def order(self, name: str, command_id: UUID, correlation_id: UUID) -> OrderTrace: ...


class WatchedOrder(Generic[C]):
    """A context around `carry_out`: give it `handler` and `lost`, then say what was `stored`."""

    def __init__(self, command: C, handler: Handler[C], traces: OrderTraces | None) -> None:
        self._act, self._name = command.act, type(command).__name__
        self._outcome, self._seq = "failed", 0
        self._trace: OrderTrace | None = None
        self.handler = handler
        if traces is not None:
            self._trace = traces.order(self._name, self._act.command_id, self._act.correlation_id)
            self.handler = self._trace.deciding(handler)

    def __enter__(self) -> "WatchedOrder[C]":
        self._began = perf_counter()
        return self

    def lost(self, fault: Exception) -> None:
        """Why a save did not hold; what was ordered is decided again."""
        cause = "store" if isinstance(fault, OperationalError) else "conflict"
        RETRIES.labels(self._name, cause).inc()
        if self._trace is not None:
            self._trace.lost(cause)

    def stored(self, answer: Answer) -> None:
        self._outcome, self._seq = "repeated" if answer.repeated else "done", answer.seq
        if self._trace is not None:
            self._trace.stored(answer)

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None
    ) -> None:
        took = perf_counter() - self._began
        outcome = self._outcome if fault is None else outcome_of(fault)
        ORDERS.labels(self._name, outcome).observe(took)
        if self._trace is not None:
            self._trace.ended(outcome, kind.__name__ if kind else None)
        if log.isEnabledFor(logging.INFO):
            said = {
                "order": self._name,
                "outcome": outcome,
                "refusal": kind.__name__ if kind else None,
                "seq": self._seq or None,
                "ms": round(1000 * took, 2),
                "command_id": str(self._act.command_id),
                "correlation_id": str(self._act.correlation_id),
            }
            log.info("%s: %s", self._name, outcome, extra={"facts": said})


def outcome_of(fault: BaseException) -> str:
    """One of five words; "done" and "repeated" are the other two."""
    match fault:
        case TooContended():
            return "contended"
        case NotStored():
            return "not_stored"
        case PerhapsStored():
            return "perhaps_stored"
        case Refused():
            return "refused"
    return "failed"
