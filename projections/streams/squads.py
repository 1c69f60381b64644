"""A centre's fleet in numbers: how many units by status, how many nobody can see."""

from collections import Counter
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from projections.streams.effects import Forward
from projections.streams.fold import NOTHING, Effects
from projections.streams.messages import FleetPart, Tick, UnitMark

MICROSECONDS = 1_000_000


class Squad(Struct, frozen=True):
    """sent : the edition the region has; summed, newest : of all marks, so that nobody looks at each."""

    centre: str
    marks: dict[str, UnitMark] = {}
    sent: int = 0
    summed: int | None = None
    newest: datetime | None = None

    @property
    def edition(self) -> int:
        """What a mark says only ever grows, so the sum does, in whatever order the marks come."""
        if self.summed is None:  # a state of before it was remembered
            return sum(_weight(mark) for mark in self.marks.values())
        return self.summed

    @property
    def heard_at(self) -> datetime:
        return self.newest or max(mark.at for mark in self.marks.values())


class Squads:
    """Key: the centre. Marks of different units may come in any order."""

    name = "squads"
    state = Squad

    def apply(self, squad: Squad | None, message: UnitMark | Tick) -> tuple[Squad | None, Effects]:
        if isinstance(message, Tick):
            return (None, NOTHING) if squad is None else _send(squad)
        before = squad or Squad(message.centre)
        known = before.marks.get(message.callsign)
        if known is not None and _order(message) <= _order(known):
            return squad, NOTHING
        return _marked(before, known, message), NOTHING

    def due(self, squad: Squad) -> datetime | None:
        return squad.heard_at if squad.edition != squad.sent else None


def _marked(squad: Squad, known: UnitMark | None, mark: UnitMark) -> Squad:
    summed = squad.edition + _weight(mark) - (_weight(known) if known else 0)
    newest = max(squad.heard_at, mark.at) if squad.marks else mark.at
    return replace(squad, marks={**squad.marks, mark.callsign: mark}, summed=summed, newest=newest)


def _order(mark: UnitMark) -> tuple[int, datetime, bool, bool]:
    """A unit is first seen, and lost only then; its first position may be older than what else was told."""
    return mark.edition, mark.at, mark.located, mark.stale


def _weight(mark: UnitMark) -> int:
    return 3 * (mark.edition + int(mark.at.timestamp() * MICROSECONDS)) + mark.located + mark.stale


def _send(squad: Squad) -> tuple[Squad, Effects]:
    edition = squad.edition
    if edition == squad.sent:
        return squad, NOTHING
    marks = squad.marks.values()
    part = FleetPart(
        centre=squad.centre,
        edition=edition,
        heard_at=squad.heard_at,
        units=len(marks),
        located=sum(mark.located for mark in marks),
        stale=sum(mark.stale for mark in marks),
        by_status=dict(sorted(Counter(mark.status for mark in marks).items())),
    )
    return replace(squad, sent=edition), (Forward("region", "region", part),)
