"""A log for one writer in one process: facts as they are, and things as they stand, no letters between.

The live log writes each fact in letters, reads it back, and hands out a copy of everything it is asked for:
so it must, where many write. A simulated night has one writer. What is recorded is the same, and a test holds
each fact of a day against the live log's, letter by letter.
"""

from collections import defaultdict
from typing import cast
from uuid import UUID

from dispatch.application import DispatchLog
from dispatch.faults import IntegrityError
from domain.base import Aggregate, Fact

AT_ONCE = 5_000


class QuickLog(DispatchLog):
    """Whoever fetches a thing twice gets the same thing, unless it was changed and not yet recorded: then
    what the log knows of it, as with the live log."""

    name = "dispatch"  # the library does not let it be inherited

    def __init__(self) -> None:
        super().__init__({"AGGREGATE_CACHE_MAXSIZE": "0"})
        self._facts: list[Fact] = []
        self._things: dict[UUID, Aggregate] = {}
        self._places: defaultdict[UUID, list[int]] = defaultdict(list)
        """Where the facts of each thing are: as many as its version."""

    def _get(self, its_id: UUID) -> object | None:
        thing = self._things.get(its_id)
        if thing is not None and thing.pending_events:  # an order was refused, or has not ended
            thing = self._things[its_id] = self._as_recorded(its_id)
        return thing

    def _as_recorded(self, its_id: UUID) -> Aggregate:
        thing: Aggregate | None = None
        for place in self._places[its_id]:
            thing = cast(Aggregate, self._fact(place).mutate(thing))
        assert thing is not None
        return thing

    def _fact(self, place: int) -> Fact:
        return self._facts[place]

    def record(self, *aggregates: Aggregate) -> int:
        """Save all or nothing; the place in the log of the last new fact.

        Raises IntegrityError where a thing was changed since it was fetched.
        """
        new = [(thing, tuple(thing.pending_events)) for thing in aggregates if thing.pending_events]
        for thing, facts in new:
            if facts[0].originator_version != len(self._places[thing.id]) + 1:
                raise IntegrityError(f"{type(thing).__name__} {thing.id} was changed meanwhile.")
        for thing, _ in new:
            recorded = thing.collect_events()  # none for one that is named twice
            place = self.position()
            self._places[thing.id] += range(place, place + len(recorded))
            self._facts += cast("list[Fact]", recorded)
            self._things[thing.id] = thing
        return self.position()

    def position(self) -> int:
        return len(self._facts)

    def select(self, start: int, limit: int, stop: int | None = None) -> list[tuple[int, Fact]]:
        first = max(start, 1)
        last = min(first + limit - 1, len(self._facts) if stop is None else stop)
        return list(enumerate(self._facts[first - 1 : last], first)) if limit > 0 else []

    def write_to(self, log: DispatchLog) -> int:
        """Into a log that is kept, such as an SQLite file; its position then. The log must be empty."""
        for begin in range(0, len(self._facts), AT_ONCE):
            some = self._facts[begin : begin + AT_ONCE]
            log.recorder.insert_events([log.mapper.to_stored_event(fact) for fact in some])
        return log.position()
