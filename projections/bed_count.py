"""The beds of one hospital counted by kind. Only staffed - occupied - blocked - held is free."""

from domain.base import Fact
from domain.bed_ledger import BedLedger
from projections.rows import Row, id_text, moment

BED_FACTS = (
    BedLedger.Opened,
    BedLedger.Reported,
    BedLedger.Sized,
    BedLedger.ArrivedSince,
    BedLedger.ArrivalUndone,
    BedLedger.Held,
    BedLedger.Prolonged,
    BedLedger.Released,
    BedLedger.Expired,
    BedLedger.Consumed,
)


def beds_after(beds: dict[str, Row], event: Fact) -> dict[str, Row]:
    """The counts after one fact of a ledger: {kind: {staffed, occupied, blocked, held, free, ...}}.

    holds       : {id of the run or the patient: until}, the beds promised; `held` is their number
    free        : may be below zero, a hospital can report fewer beds than we were holding
    reported_at : null until the hospital itself has spoken; until then `assumed` is true
    """
    if not isinstance(event, BED_FACTS):
        return beds
    kind = str(event.kind)
    return {**beds, kind: _summed(_count_after(beds.get(kind, UNREPORTED), event))}


UNREPORTED: Row = {
    "physical": None,
    "staffed": 0,
    "occupied": 0,
    "blocked": 0,
    "holds": {},
    "assumed": True,
    "reported_at": None,
    "reported_by": None,
}


def _count_after(count: Row, event: Fact) -> Row:
    match event:
        case BedLedger.Opened(staffed=staffed):
            return {**count, "staffed": staffed}
        case BedLedger.Reported():
            return {
                **count,
                "staffed": event.staffed,
                "occupied": event.occupied,
                "blocked": event.blocked,
                "assumed": False,
                "reported_at": moment(event.act.at),
                "reported_by": event.act.actor,
            }
        case BedLedger.Sized(physical=physical):
            return {**count, "physical": physical}
        case BedLedger.ArrivedSince(patients=patients) | BedLedger.ArrivalUndone(patients=patients):
            return {**count, "occupied": count["occupied"] + patients}
        case BedLedger.Held(run_id=run_id) | BedLedger.Prolonged(run_id=run_id):
            return {**count, "holds": {**count["holds"], id_text(run_id): moment(event.until)}}
        case BedLedger.Released(run_id=run_id) | BedLedger.Expired(run_id=run_id):
            return {**count, "holds": _without(count["holds"], id_text(run_id))}
        case BedLedger.Consumed(run_id=run_id):
            # The patient lies in it, though the hospital has not counted again.
            holds = _without(count["holds"], id_text(run_id))
            return {**count, "holds": holds, "occupied": count["occupied"] + 1}
    return count


def _without(holds: dict[str, str], run_id: str) -> dict[str, str]:
    return {held_for: until for held_for, until in holds.items() if held_for != run_id}


def _summed(count: Row) -> Row:
    held = len(count["holds"])
    free = count["staffed"] - count["occupied"] - count["blocked"] - held
    return {**count, "held": held, "free": free}
