"""A log to make large logs with: what goes on stays in memory, and thousands of facts are written at once."""

from collections.abc import Iterable
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from dispatch.application import DispatchLog
from domain.base import Aggregate
from domain.decision import Decision
from domain.receipt import Receipt

AT_ONCE = 5_000


class BulkLog(DispatchLog):
    """Handlers fetch the very things that they change, no copies: an order that is refused spoils them, so
    only orders that hold may be given. Nobody else may write to the target meanwhile.
    """

    def __init__(self, target: DispatchLog) -> None:
        super().__init__()
        self._target = target
        self._things: dict[UUID, Aggregate] = {}
        self._waiting: list[StoredEvent] = []
        self.facts = 0

    def record(self, *aggregates: Aggregate) -> int:
        for aggregate in aggregates:
            found = [self.mapper.to_stored_event(fact) for fact in aggregate.collect_events()]
            self._waiting += found
            self.facts += len(found)
            if not isinstance(aggregate, Receipt | Decision):
                self._things[aggregate.id] = aggregate
        if len(self._waiting) >= AT_ONCE:
            self.flush()
        return self.facts

    def flush(self) -> None:
        """Write what waits, in one transaction."""
        if self._waiting:
            self._target.recorder.insert_events(self._waiting)
            self._waiting = []

    def forget(self, ids: Iterable[UUID]) -> None:
        """No order will name these again."""
        for its_id in ids:
            self._things.pop(its_id, None)

    def position(self) -> int:
        return self.facts

    def _get(self, its_id: UUID) -> object | None:
        return self._things.get(its_id)


def copy_log(source: DispatchLog, target: DispatchLog, facts: int) -> None:
    """The first so many facts, as they are stored."""
    copied = 0
    while copied < facts:
        batch = source.recorder.select_notifications(start=copied + 1, limit=min(AT_ONCE, facts - copied))
        if not batch:
            return
        target.recorder.insert_events(
            [
                StoredEvent(each.originator_id, each.originator_version, each.topic, each.state)
                for each in batch
            ]
        )
        copied = batch[-1].id
