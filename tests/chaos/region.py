"""What the region shows of the centre, beside what folding its log and its pings from zero gives."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from projections.streams.effects import BedsRow, Effect, FleetRow, HourRow, MinuteRow, RegionRow
from projections.streams.fold import Limits
from projections.streams.messages import BedsPart, FleetPart, HourPart, Tick
from projections.streams.plan import Heard, folds, read
from projections.streams.ring import LENGTH, number_of, start_of
from projections.streams.shelf import Shelf, run_here

Row = FleetRow | MinuteRow | HourRow | BedsRow | RegionRow
KINDS: tuple[type[Any], ...] = (FleetRow, MinuteRow, BedsRow, HourRow, RegionRow)
CLOSED_AFTER = LENGTH - 15
"""Minutes. Later than any word of it comes, and before the streams forget it."""
MOST_LATE, STRIKES_A_LATE = 2, 100
Essence = tuple[object, ...] | None


@dataclass
class Picture:
    """The newest row of each id."""

    rows: dict[str, Row] = field(default_factory=dict)

    def hear(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, KINDS):
                self.rows[effect.id] = effect

    def of(self, kind: type[Any]) -> dict[str, Any]:
        return {name: row for name, row in self.rows.items() if isinstance(row, kind)}

    @property
    def made_at(self) -> datetime | None:
        """When the newest page of the region was made."""
        return max((row.at for row in self.of(RegionRow).values()), default=None)


class FromZero:
    """All of it folded once, in order, in one place: nothing here is killed."""

    def __init__(self, limits: Limits) -> None:
        self._shelf = Shelf(folds(limits))
        self._minute: int | None = None
        self.picture = Picture()

    def hear_event(self, value: bytes, at: datetime) -> None:
        """Minutes are closed as time passes, but long after: word of an answer may come late, too."""
        number = number_of(at)
        if self._minute is not None and number > self._minute:
            self.pass_time(start_of(number - CLOSED_AFTER))
        self._minute = max(number, self._minute or number)
        self._hear(read("events", value))

    def hear_ping(self, value: bytes) -> None:
        self._hear(read("pings", value))

    def pass_time(self, at: datetime) -> None:
        """In steps: what a unit tells its centre in one, the centre tells the region in the next."""
        for earlier_s in (10, 5, 0):
            self._hear(Heard(tick=Tick(at - timedelta(seconds=earlier_s))))

    def _hear(self, heard: Heard) -> None:
        self.picture.hear(run_here(self._shelf, heard))


def compared(shown: Picture, true: Picture) -> Iterator[str]:
    """Each difference in words."""
    for kind in KINDS:
        ours, theirs = shown.of(kind), true.of(kind)
        for name in sorted(ours.keys() | theirs.keys()):
            one, other = _essence(ours.get(name)), _essence(theirs.get(name))
            if one != other:
                yield f"{kind.__name__}: the region shows {one}, the log says {other}"
            elif _late(ours.get(name)) < _late(theirs.get(name)):
                yield f"{kind.__name__} {one}: the region misses a late answer"


def falsely_late(shown: Picture, true: Picture) -> int:
    """Answers that came in time, but whose word came late, and that nobody took back from the late ones."""
    theirs = true.of(MinuteRow)
    return sum(_late(row) - _late(theirs.get(name)) for name, row in shown.of(MinuteRow).items())


def too_often_late(count: int, strikes: int) -> list[str]:
    """More called late wrongly than ends of a worker explain.

    Word of an answer that comes too late takes that back. It does not where the worker ended after it had
    called the run late and before it had kept that: the next one may read the answer first. The runs in
    docs/under-fire.md had two of these in 2,782 strikes; were they three times as frequent, hardly one run in
    a thousand had more than this. With no word taken back, the run of 420 strikes would have had 14.
    """
    most = MOST_LATE + strikes // STRIKES_A_LATE
    return [f"{count} answers in time stay called late, more than {most}"] if count > most else []


def _late(row: Any) -> int:
    match row:
        case MinuteRow(late=late):
            return late
        case HourRow(hour=hour):
            return hour.late
    return 0


def _essence(row: Any) -> Essence:
    """What must be equal. Editions and ages tell how a row came about; a surge, how fast word came."""
    match row:
        case FleetRow():
            return msgspec.structs.astuple(row)
        case MinuteRow() if row.calls or row.waits:
            return row.centre, row.minute, row.calls, row.waits
        case BedsRow(part=part):
            return _of_beds(part)
        case HourRow(hour=hour):
            return _of_hour(hour)
        case RegionRow():
            parts = [
                (name, _of_fleet(part.fleet), _of_beds(part.beds), _of_hour(part.hour))
                for name, part in sorted(row.centres.items())
            ]
            return *parts, row.units, row.beds_free, row.calls
    return None


def _of_fleet(part: FleetPart | None) -> Essence:
    return part and (part.centre, part.units, part.located, part.stale, part.by_status)


def _of_beds(part: BedsPart | None) -> Essence:
    return part and (part.centre, part.edition, part.heard_at, part.beds, part.diverting)


def _of_hour(part: HourPart | None) -> Essence:
    return part and (part.centre, part.minute, part.calls, part.waits, part.wait_p50_s, part.wait_p90_s)
