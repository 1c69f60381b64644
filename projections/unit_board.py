"""The status column every dispatcher watches: one row a unit, by callsign."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from domain.base import Fact
from domain.run import Run
from domain.unit import Unit
from domain.values import Duty, Milestone
from projections.rows import Row, changed, id_text, moment, plain
from projections.stages import UNIT_STATUS, idle_status

FACTS = (
    Unit.Commissioned,
    Unit.WentOnDuty,
    Unit.WentOffDuty,
    Unit.TakenOutOfService,
    Unit.Assigned,
    Unit.Freed,
    Run.Assigned,
    Run.Progressed,
    Run.Redirected,
    Run.Corrected,
    Run.Moved,
    Run.Undone,
    Unit.ShiftTold,
    Unit.Withdrawn,
    Unit.Returned,
    Unit.SentToPost,
    Unit.AnsweredPost,
)
KINDS = frozenset(FACTS)


class UnitBoard:
    """Status is worked out from duty and from the milestone of the unit's run, never set by hand."""

    name = "units"
    facts = FACTS

    def keys(self, event: Fact) -> tuple[str, ...]:
        # Most are of that very class: an isinstance of the library's classes takes ten times as long.
        return (event.callsign,) if type(event) in KINDS or isinstance(event, FACTS) else ()  # type: ignore[attr-defined]

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        # Most are of one of these very classes; each isinstance of the library's that says no takes its time.
        kind, told = type(event), cast(Any, event)
        if kind is Unit.Commissioned or (kind not in KINDS and isinstance(event, Unit.Commissioned)):
            return _commissioned(told, seq)
        if row is None:
            return None
        if kind is Run.Progressed:
            return _told(row, told, seq) if row["run_id"] == id_text(event.originator_id) else row
        if kind is Unit.Freed:
            return _freed(row, event.act.at, seq) if row["run_id"] == id_text(told.run_id) else row
        match event:
            case Run.Progressed() | Run.Redirected() | Run.Corrected():
                if row["run_id"] == id_text(event.originator_id):
                    return _told(row, event, seq)
            case Unit.WentOnDuty():
                return changed(_signed(row, Duty.ON_DUTY, None, event.act.at, seq), seq, moves=0)
            case Unit.WentOffDuty(reason=reason):
                signed = _signed(row, Duty.OFF_DUTY, reason, event.act.at, seq)
                return changed(signed, seq, post=None, post_refused=None, shift=None)
            case Unit.TakenOutOfService(reason=reason):
                return changed(_signed(row, Duty.OUT_OF_SERVICE, reason, event.act.at, seq), seq, post=None)
            case Unit.Assigned(run_id=run_id):
                return _sent(row, run_id, event, seq)
            case Run.Moved(incident_id=incident_id, incident_number=number):
                if row["run_id"] == id_text(event.originator_id):
                    return changed(row, seq, incident_id=id_text(incident_id), incident_number=number)
            case Run.Assigned(hospital_id=hospital_id):
                return changed(_sent(row, event.originator_id, event, seq), seq, hospital_id=hospital_id)
            case Unit.Freed(run_id=run_id) if row["run_id"] == id_text(run_id):
                return _freed(row, event.act.at, seq)
            case Run.Undone() if event.back_to is not None:
                return _taken_up_again(row, event, seq)
            case Unit.ShiftTold():
                return changed(row, seq, shift=_shift(event))
            case Unit.Withdrawn():
                return changed(row, seq, withdrawn=_withdrawn(event))
            case Unit.Returned():
                return changed(row, seq, withdrawn=None)
            case Unit.SentToPost():
                return changed(row, seq, post=_post(event), post_refused=None, moves=row.get("moves", 0) + 1)
            case Unit.AnsweredPost():
                return _answered(row, event, seq)
        return row


def _commissioned(event: Unit.Commissioned, seq: int) -> Row:
    return {
        "id": event.callsign,
        "unit_id": id_text(event.originator_id),
        "callsign": event.callsign,
        "kind": plain(event.kind),
        "capabilities": plain(event.capabilities),
        "station_id": event.station_id,
        "duty": str(Duty.OFF_DUTY),
        "status": "NS",
        "since": moment(event.act.at),
        "run_id": None,
        "incident_id": None,
        "incident_number": None,
        "hospital_id": None,
        "milestone": None,
        "reason": None,
        "shift": None,
        "withdrawn": None,
        "post": None,
        "post_refused": None,
        "moves": 0,
        "seq": seq,
    }


def _post(event: Unit.SentToPost) -> Row:
    """Where a free unit waits, or is on its way to."""
    move_up = event.move_up
    return {
        "id": move_up.post_id,
        "name": move_up.post_name,
        "position": plain(move_up.position),
        "since": moment(event.act.at),
        "move_up_id": id_text(move_up.move_up_id),
        "going_since": None,
    }


def _answered(row: Row, event: Unit.AnsweredPost, seq: int) -> Row:
    """The crew goes there; or it stays where it is, which is no move of this shift."""
    post, at = row["post"], moment(event.act.at)
    if post is None or post.get("move_up_id") != id_text(event.move_up_id):
        return row
    if event.going:
        return changed(row, seq, post={**post, "going_since": at})
    refused = {"name": post["name"], "reason": event.reason, "at": at}
    return changed(row, seq, post=None, post_refused=refused, moves=max(0, row.get("moves", 0) - 1))


def _shift(event: Unit.ShiftTold) -> Row:
    told = event.on_since, event.ends_at, event.meal_due_at
    on_since, ends_at, meal_due_at = (None if each is None else moment(each) for each in told)
    return {"on_since": on_since, "ends_at": ends_at, "meal_due_at": meal_due_at}


def _withdrawn(event: Unit.Withdrawn) -> Row:
    return {
        "reason": event.reason,
        "since": moment(event.act.at),
        "until": moment(event.until) if event.until is not None else None,
        "by": event.act.actor,
    }


def _taken_up_again(row: Row, event: Run.Undone, seq: int) -> Row:
    """The unit is on this run again, or still, a milestone earlier. Unit and run tell it in either order."""
    assert event.back_to is not None
    assert event.back_at is not None
    return changed(
        row,
        seq,
        status=UNIT_STATUS[event.back_to],
        since=moment(event.back_at),
        run_id=id_text(event.originator_id),
        incident_id=id_text(event.incident_id),
        incident_number=event.incident_number,
        hospital_id=event.hospital_id,
        milestone=str(event.back_to),
    )


def _signed(row: Row, duty: Duty, reason: str | None, at: datetime, seq: int) -> Row:
    return changed(row, seq, duty=str(duty), status=idle_status(duty), reason=reason, since=moment(at))


def _sent(row: Row, run_id: UUID, event: Unit.Assigned | Run.Assigned, seq: int) -> Row:
    """Unit and run both tell of the assignment, in either order; the second telling is no news."""
    if row["run_id"] == id_text(run_id):
        return row
    return changed(
        row,
        seq,
        status="DP",
        since=moment(event.act.at),
        run_id=id_text(run_id),
        incident_id=id_text(event.incident_id),
        incident_number=event.incident_number,
        hospital_id=None,
        milestone=str(Milestone.ASSIGNED),
        post=None,
        post_refused=None,
    )


def _freed(row: Row, at: datetime, seq: int) -> Row:
    return changed(
        row,
        seq,
        status=idle_status(row["duty"]),
        since=moment(at),
        run_id=None,
        incident_id=None,
        incident_number=None,
        hospital_id=None,
        milestone=None,
    )


def _told(row: Row, event: Run.Progressed | Run.Redirected | Run.Corrected, seq: int) -> Row:
    """News of the run the unit is on. The end of a run frees nobody: `Unit.Freed` does."""
    match event:
        case Run.Progressed(milestone=milestone) if milestone in UNIT_STATUS:
            return changed(
                row,
                seq,
                milestone=str(milestone),
                status=UNIT_STATUS[milestone],
                since=moment(event.act.at),
                hospital_id=event.hospital_id,
            )
        case Run.Redirected(hospital_id=hospital_id):
            return changed(row, seq, hospital_id=hospital_id)
        case Run.Corrected(milestone=milestone) if milestone == row["milestone"]:
            return changed(row, seq, since=moment(event.happened_at))
    return row
