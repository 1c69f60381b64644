"""A centre's beds: every ledger counted as its hospital does, the sum by kind, and who turns units away."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from projections.streams.effects import BedsRow, Forward, effect_id
from projections.streams.fold import NOTHING, Effects
from projections.streams.messages import BedsPart, DiversionTold, LedgerTold, Tick


class Ledger(Struct, frozen=True):
    """One kind of bed in one hospital; held : the runs a bed is promised to."""

    kind: str
    version: int
    staffed: int = 0
    occupied: int = 0
    blocked: int = 0
    held: frozenset[str] = frozenset()


class Diversion(Struct, frozen=True):
    version: int
    until: datetime | None


class Beds(Struct, frozen=True):
    """Ledgers by "hospital/kind". sent : the edition the region has."""

    centre: str
    heard_at: datetime
    ledgers: dict[str, Ledger] = {}
    diversions: dict[str, Diversion] = {}
    sent: int = 0

    @property
    def edition(self) -> int:
        """Versions only grow, so their sum does, in whatever order the ledgers speak."""
        told = [each.version for each in self.ledgers.values()]
        return sum(told) + sum(each.version for each in self.diversions.values())


class Capacity:
    """Key: the centre. The facts of one ledger keep their order; ledgers among themselves need not."""

    name = "capacity"
    state = Beds

    def apply(
        self, beds: Beds | None, message: LedgerTold | DiversionTold | Tick
    ) -> tuple[Beds | None, Effects]:
        if isinstance(message, Tick):
            return (None, NOTHING) if beds is None else _send(beds)
        before = beds or Beds(message.centre, message.at)
        after = _counted(before, message) if isinstance(message, LedgerTold) else _diverted(before, message)
        if after is before:
            return beds, NOTHING
        return replace(after, heard_at=max(before.heard_at, message.at)), NOTHING

    def due(self, beds: Beds) -> datetime | None:
        return beds.heard_at if beds.edition != beds.sent else None


def _counted(beds: Beds, told: LedgerTold) -> Beds:
    name = f"{told.hospital_id}/{told.kind}"
    before = beds.ledgers.get(name) or Ledger(told.kind, 0)
    if told.version <= before.version:
        return beds
    return replace(beds, ledgers={**beds.ledgers, name: _after(before, told)})


def _after(ledger: Ledger, told: LedgerTold) -> Ledger:
    now = replace(ledger, version=told.version)
    run = frozenset([told.run_id] if told.run_id else [])
    match told.what:
        case "opened":
            return replace(now, staffed=told.staffed)
        case "reported":
            return replace(now, staffed=told.staffed, occupied=told.occupied, blocked=told.blocked)
        case "arrived_since":
            return replace(now, occupied=now.occupied + told.patients)
        case "held":
            return replace(now, held=now.held | run)
        case "released":
            return replace(now, held=now.held - run)
        case "consumed":
            # The patient lies in it, though the hospital has not counted again.
            return replace(now, held=now.held - run, occupied=now.occupied + 1)
    return now


def _diverted(beds: Beds, told: DiversionTold) -> Beds:
    known = beds.diversions.get(told.hospital_id)
    if known is not None and told.version <= known.version:
        return beds
    entry = Diversion(told.version, told.until)
    return replace(beds, diversions={**beds.diversions, told.hospital_id: entry})


def _send(beds: Beds) -> tuple[Beds, Effects]:
    edition = beds.edition
    if edition == beds.sent:
        return beds, NOTHING
    part = BedsPart(
        centre=beds.centre,
        edition=edition,
        heard_at=beds.heard_at,
        beds=_by_kind(beds.ledgers.values()),
        diverting={name: each.until for name, each in sorted(beds.diversions.items()) if each.until},
    )
    row = BedsRow(effect_id("beds", beds.centre), beds.centre, part)
    return replace(beds, sent=edition), (row, Forward("region", "region", part))


def _by_kind(ledgers: Iterable[Ledger]) -> dict[str, dict[str, int]]:
    sums: dict[str, dict[str, int]] = {}
    for each in sorted(ledgers, key=lambda ledger: ledger.kind):
        held = len(each.held)
        counts = {
            "staffed": each.staffed,
            "occupied": each.occupied,
            "blocked": each.blocked,
            "held": held,
            "free": each.staffed - each.occupied - each.blocked - held,
        }
        so_far = sums.get(each.kind, {})
        sums[each.kind] = {name: so_far.get(name, 0) + count for name, count in counts.items()}
    return sums
