"""Facts in letters are put away, in memory or in SQLite, as the event library does, only sooner."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.popo import POPOApplicationRecorder, POPOFactory
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor, SQLiteFactory

MANY = 100
"""So many facts of one save, as a simulated night has them, are told to SQLite in one breath."""


class MemoryRecorder(POPOApplicationRecorder):
    """Each thing goes by the number of its id, where the library writes the id out, twice a fact."""

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[int, dict[int, int]] = {}
        """Of each thing, where the fact of each version is."""

    def _insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> list[int]:
        with self._database_lock:
            begin, places = len(self._stored_events), self._places
            told: dict[tuple[int, int], int] = {}
            for place, fact in enumerate(stored_events, begin):
                number, version = _number(fact.originator_id), fact.originator_version
                if version in places.get(number, ()) or (number, version) in told:
                    raise IntegrityError(f"Fact {version} of {fact.originator_id} is recorded already.")
                told[number, version] = place
            for (number, version), place in told.items():
                if number in places:
                    places[number][version] = place
                else:
                    places[number] = {version: place}
            self._stored_events += stored_events
            return list(range(begin + 1, len(self._stored_events) + 1))

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        with self._database_lock:
            standing = self._places.get(_number(originator_id), {}).items()
            wanted = [
                (version, place)
                for version, place in standing
                if (gt is None or version > gt) and (lte is None or version <= lte)
            ]
            wanted.sort(key=itemgetter(0), reverse=desc)
            return [self._stored_events[place] for _, place in wanted[:limit]]


class SqliteRecorder(SQLiteApplicationRecorder):
    def _insert_events(self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **told: Any) -> Any:
        if len(stored_events) < MANY:
            return super()._insert_events(c, stored_events, **told)
        c.executemany(self.insert_events_statement, _rows(stored_events))
        c.execute(self.select_max_notification_id_statement)  # nobody else writes until this save is over
        end = c.fetchone()[0] + 1
        return range(end - len(stored_events), end)


def _rows(facts: Sequence[StoredEvent]) -> Iterable[tuple[str, int, str, bytes]]:
    for each in facts:
        yield f"{_number(each.originator_id):032x}", each.originator_version, each.topic, each.state


def _number(its_id: UUID | str) -> int:
    return its_id.int if isinstance(its_id, UUID) else UUID(its_id).int


class MemoryFactory(POPOFactory):
    def application_recorder(self) -> MemoryRecorder:
        return MemoryRecorder()


class SqliteFactory(SQLiteFactory):
    application_recorder_class = SqliteRecorder
