"""A log for one writer in one process: facts as they are, and things as they stand, no letters between.

The live log writes each fact in letters, reads it back, and hands out a copy of everything it is asked for:
so it must, where many write. A simulated night has one writer. What is recorded is the same, and a test holds
each fact of a day against the live log's, letter by letter.
"""

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
        self._things: dict[int, Aggregate] = {}
        self._places: dict[int, list[int]] = {}
        """Where the facts of each thing are: as many as its version. Here and above by the number of its id,
        which is looked up sooner than the id."""

    def _get(self, its_id: UUID) -> object | None:
        thing = self._things.get(its_id.int)
        if thing is not None and thing.pending_events:  # an order was refused, or has not ended
            thing = self._things[its_id.int] = self._as_recorded(its_id)
        return thing

    def _as_recorded(self, its_id: UUID) -> Aggregate:
        thing: Aggregate | None = None
        for place in self._places[its_id.int]:
            thing = cast(Aggregate, self._fact(place).mutate(thing))
        assert thing is not None
        return thing

    def _fact(self, place: int) -> Fact:
        return self._facts[place]

    def record(self, *aggregates: Aggregate) -> int:
        """Save all or nothing; the place in the log of the last new fact.

        Raises IntegrityError where a thing was changed since it was fetched.
        """
        places, new = self._places, []
        for thing in aggregates:
            if facts := thing.pending_events:
                number = thing.id.int
                standing = places.get(number)
                if facts[0].originator_version != (1 if standing is None else len(standing) + 1):
                    raise IntegrityError(f"{type(thing).__name__} {thing.id} was changed meanwhile.")
                new.append((thing, number, facts))
        place = self.position()
        for thing, number, facts in new:  # none are left of one that is named twice
            end = place + len(facts)
            if number in places:
                places[number] += range(place, end)
            else:
                places[number] = [place] if end == place + 1 else list(range(place, end))
            self._facts += cast("list[Fact]", facts)
            self._things[number] = thing
            place = end
            facts.clear()
        return place

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
