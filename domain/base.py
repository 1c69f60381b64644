"""The one file of the domain that names the event library.

Facts are written by methods decorated with `@event`; those never judge, read a clock or roll dice,
so that yesterday's history loads under tomorrow's stricter rules.
"""

from functools import lru_cache
from typing import Any, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated, AggregateEvent, BaseAggregate, CanMutateAggregate
from eventsourcing.domain import event as event

from domain.values import Act


@lru_cache(maxsize=16_384, typed=True)
def natural_id(*path: object) -> UUID:
    """The same name gives the same id, on every machine and in every replay."""
    return uuid5(NAMESPACE_URL, "/vigil/" + "/".join(str(part) for part in path))


class Fact(AggregateEvent):
    """Something that happened. It always tells by which act."""

    act: Act


class Beginning(Fact, AggregateCreated):
    """The first fact of a thing."""


class Aggregate(BaseAggregate[UUID]):
    """A thing with a history. Each kind has a `TOPIC`, so that its name in the log outlives its module."""

    class Event(Fact):
        pass

    @classmethod
    def _create(cls, event_class: Any, *, id: UUID | None = None, **facts: Any) -> Self:
        # The library's timestamp is when we heard; it comes from the act, not from a clock.
        return super()._create(event_class, id=id, timestamp=facts["act"].heard_at, **facts)

    def trigger_event(self, event_class: type[CanMutateAggregate[UUID]], **facts: Any) -> None:
        super().trigger_event(event_class, timestamp=facts["act"].heard_at, **facts)
