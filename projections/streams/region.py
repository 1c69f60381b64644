"""All centres on one page. A centre that is cut off keeps its part, and its age says how old that is."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar, assert_never

from msgspec import Struct
from msgspec.structs import replace

from projections.streams.effects import CentrePart, RegionRow, effect_id
from projections.streams.fold import NOTHING, Effects
from projections.streams.messages import BedsPart, FleetPart, HourPart, Tick
from projections.streams.ring import EPOCH

EVERY = timedelta(seconds=5)


class Known(Struct, frozen=True):
    """The newest edition of each part of one centre."""

    fleet: FleetPart | None = None
    beds: BedsPart | None = None
    hour: HourPart | None = None

    @property
    def heard_at(self) -> datetime:
        return max(part.heard_at for part in (self.fleet, self.beds, self.hour) if part is not None)


class Region(Struct, frozen=True):
    """slot : up to which five seconds the page was made."""

    centres: dict[str, Known] = {}
    slot: int = 0


class Regions:
    """Key: "region". Parts may come in any order, and again."""

    name = "region"
    state = Region

    def apply(
        self, region: Region | None, message: FleetPart | BedsPart | HourPart | Tick
    ) -> tuple[Region | None, Effects]:
        if isinstance(message, Tick):
            return (None, NOTHING) if region is None else _page(region, message.at)
        before = region or Region()
        known = before.centres.get(message.centre) or Known()
        after = _newer(known, message)
        if after is known:
            return region, NOTHING
        return replace(before, centres={**before.centres, message.centre: after}), NOTHING

    def due(self, region: Region) -> datetime | None:
        return EPOCH + (region.slot + 1) * EVERY


P = TypeVar("P", FleetPart, BedsPart, HourPart)


def _newer(known: Known, part: FleetPart | BedsPart | HourPart) -> Known:
    match part:
        case FleetPart():
            return replace(known, fleet=part) if _overtakes(known.fleet, part) else known
        case BedsPart():
            return replace(known, beds=part) if _overtakes(known.beds, part) else known
        case HourPart():
            return replace(known, hour=part) if _overtakes(known.hour, part) else known
        case _:  # a letter may bring anything to anybody
            assert_never(part)


def _overtakes(known: P | None, part: P) -> bool:
    return known is None or part.edition > known.edition


def _page(region: Region, now: datetime) -> tuple[Region, Effects]:
    slot = (now - EPOCH) // EVERY
    if slot <= region.slot:
        return region, NOTHING
    centres = {name: _part(known, now) for name, known in sorted(region.centres.items())}
    row = RegionRow(
        id=effect_id("region"),
        at=now,
        centres=centres,
        units=_summed(part.fleet.by_status for part in centres.values() if part.fleet),
        beds_free=_summed(
            {kind: counts["free"] for kind, counts in part.beds.beds.items()}
            for part in centres.values()
            if part.beds
        ),
        calls=sum(part.hour.calls for part in centres.values() if part.hour),
    )
    return replace(region, slot=slot), (row,)


def _part(known: Known, now: datetime) -> CentrePart:
    age_s = max(0.0, (now - known.heard_at).total_seconds())
    return CentrePart(known.heard_at, round(age_s, 1), known.fleet, known.beds, known.hour)


def _summed(many: Iterable[dict[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for counts in many:
        total.update(counts)
    return dict(sorted(total.items()))
