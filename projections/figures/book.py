"""The book of figures: follows the log at its own pace, and hands out the records of a period."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Protocol, TypeVar

from projections.figures.fold import Key, after, keys
from projections.figures.material import Material
from projections.figures.records import (
    DAY_US,
    CallRecord,
    DecisionRecord,
    DutyRecord,
    IncidentRecord,
    Kept,
    MissedRecord,
    RunRecord,
    UnitRecord,
)
from projections.projector import EventSource

R = TypeVar("R", bound=Kept)
BATCH = 500
MOST_AT_HAND = 20_000
"""Records that may change again soon are not read from the store each time."""
MOST_DAYS = 400
"""Days of records kept unpacked: a year of one kind, or a quarter of all. Some 100 MB in a large city."""
MARGIN_DAYS = 1
"""A call and its runs mostly lie within a day of each other; those that do not are looked up one by one."""


class RecordStore(Protocol):
    @property
    def position(self) -> int: ...

    def write(self, changed: Mapping[Key, Kept], position: int) -> None: ...

    def of(self, kind: str, ids: Iterable[str]) -> list[Kept]: ...

    def on_days(self, kind: str, first: int, last: int) -> list[Kept]: ...

    def lasting_into(self, kind: str, first: int) -> list[Kept]: ...

    def all(self, kind: str) -> list[Kept]: ...

    def last_duties_before(self, day: int) -> list[DutyRecord]: ...

    def begin_again(self) -> None:
        """Forget all records and stand at 0."""
        ...


class FigureBook:
    """One writes at a time, whoever comes; any number read.

    log : may leave out facts that the fold does not know (`fold.FACTS`)
    """

    def __init__(self, log: EventSource, store: RecordStore, end: int | None = None) -> None:
        """end : where the log ends; a store that stands beyond it is of a log that went back in time"""
        self._log, self._store = log, store
        if end is not None and store.position > end:
            store.begin_again()
        self._position = store.position
        self._at_hand: OrderedDict[Key, Kept] = OrderedDict()
        self._days: OrderedDict[tuple[str, int], tuple[Kept, ...]] = OrderedDict()
        self._edition = 0
        self._writing = Lock()
        self._keeping = Lock()

    @property
    def position(self) -> int:
        """The place in the log up to which figures count."""
        return self._position

    # --- following ----------------------------------------------------------------------------

    def step(self, stop: int | None = None, limit: int = BATCH) -> int:
        """Take in up to `limit` facts; how many there were."""
        with self._writing:
            batch = self._log.select(self._position + 1, limit, stop)
            changed: dict[Key, Kept] = {}
            touched: set[tuple[str, int]] = set()
            self._fetch([key for _, fact in batch for key in keys(fact)])
            for seq, fact in batch:
                for key in keys(fact):
                    before = changed.get(key) or self._at_hand.get(key)
                    record = after(key, before, fact, seq)
                    if record is None or record is before:
                        continue
                    changed[key] = record
                    touched |= {
                        (key[0], each.began // DAY_US) for each in (record, before) if each is not None
                    }
            if not batch:
                return 0
            position = batch[-1][0]
            self._store.write(changed, position)
            self._position = position
            self._at_hand.update(changed)
            while len(self._at_hand) > MOST_AT_HAND:
                self._at_hand.popitem(last=False)
            with self._keeping:
                self._edition += 1
                for day in touched:
                    self._days.pop(day, None)
            return len(batch)

    def catch_up(self, stop: int | None = None) -> None:
        """To the end of the log, or to a place in it."""
        while self.step(stop) == BATCH:
            pass

    def _fetch(self, wanted: list[Key]) -> None:
        missing: dict[str, list[str]] = {}
        for key in wanted:
            if key in self._at_hand:
                self._at_hand.move_to_end(key)
            else:
                missing.setdefault(key[0], []).append(key[1])
        for kind, ids in missing.items():
            for record in self._store.of(kind, ids):
                self._at_hand[kind, record.id] = record

    # --- reading ------------------------------------------------------------------------------

    def material(self, start: int, end: int) -> Material:
        """All records that figures of a period may ask for.

        start, end : instants; whatever was called, driven or on duty between them is there
        """
        first, last = start // DAY_US, end // DAY_US
        calls = by_id(self._of(CallRecord, "calls", first - MARGIN_DAYS, last + MARGIN_DAYS))
        incidents = by_id(self._of(IncidentRecord, "incidents", first - MARGIN_DAYS, last + MARGIN_DAYS))
        of_calls = {call.incident_id for call in calls.values() if call.incident_id is not None}
        self._complete(IncidentRecord, "incidents", incidents, of_calls)
        needed = (call_id for incident in incidents.values() for call_id in incident.call_ids)
        self._complete(CallRecord, "calls", calls, needed)
        runs = by_id(self._of(RunRecord, "runs", first - MARGIN_DAYS, last + MARGIN_DAYS))
        self._complete(
            RunRecord, "runs", runs, (run_id for each in incidents.values() for run_id in each.run_ids)
        )
        for record in self._store.lasting_into("runs", first):
            if isinstance(record, RunRecord):
                runs.setdefault(record.id, record)
        decisions = by_id(self._of(DecisionRecord, "decisions", first - MARGIN_DAYS, last + MARGIN_DAYS))
        duties = [*self._store.last_duties_before(first), *self._of(DutyRecord, "duties", first, last)]
        units = [each for each in self._store.all("units") if isinstance(each, UnitRecord)]
        return Material(
            calls=calls,
            missed=self._of(MissedRecord, "missed", first, last),
            incidents=incidents,
            runs=runs,
            units=by_id(units),
            duties=duties,
            decisions=decisions,
        )

    def _of(self, record: type[R], kind: str, first: int, last: int) -> list[R]:
        """Those that began on these days; days that were read before are at hand."""
        with self._keeping:
            edition = self._edition
            known = {
                day: self._days[kind, day] for day in range(first, last + 1) if (kind, day) in self._days
            }
        missing = [day for day in range(first, last + 1) if day not in known]
        if missing:
            read: dict[int, list[Kept]] = {day: [] for day in missing}
            for each in self._store.on_days(kind, missing[0], missing[-1]):
                read.setdefault(each.began // DAY_US, []).append(each)
            known |= {day: tuple(read[day]) for day in missing}
            with self._keeping:
                if edition == self._edition:  # what was read may be older than what was written meanwhile
                    for day in missing:
                        self._days[kind, day] = known[day]
                    while len(self._days) > MOST_DAYS:
                        self._days.popitem(last=False)
        return [each for day in range(first, last + 1) for each in known[day] if isinstance(each, record)]

    def _complete(self, record: type[R], kind: str, known: dict[str, R], wanted: Iterable[str]) -> None:
        missing = {its_id for its_id in wanted if its_id not in known}
        if missing:
            known |= by_id(each for each in self._store.of(kind, missing) if isinstance(each, record))


def by_id(records: Iterable[R]) -> dict[str, R]:
    return {record.id: record for record in records}
