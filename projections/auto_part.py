"""The part of an incident's row that tells of automatic dispatch."""

from domain.auto_dispatch import AutoDispatch
from projections.rows import Row, moment, plain

Told = AutoDispatch.Proposed | AutoDispatch.Vetoed | AutoDispatch.Sent | AutoDispatch.Dropped


def auto_after(auto: Row | None, event: Told) -> Row:
    """state : proposed, vetoed, sent or dropped; round : how often something was proposed"""
    before = auto or {"round": 0}
    match event:
        case AutoDispatch.Proposed():
            return {
                "state": "proposed",
                "callsigns": plain(event.callsigns),
                "hospital_id": event.hospital_id,
                "bed_kind": plain(event.bed_kind),
                "decision_id": plain(event.decision_id),
                "proposed_at": moment(event.act.at),
                "due_at": moment(event.due_at),
                "veto_s": event.veto_s,
                "by": None,
                "why": None,
                "round": before["round"] + 1,
            }
        case AutoDispatch.Vetoed(reason=reason):
            return {**before, "state": "vetoed", "by": event.act.actor, "why": reason}
        case AutoDispatch.Dropped(why=why):
            return {**before, "state": "dropped", "by": event.act.actor, "why": why}
        case AutoDispatch.Sent():
            return {**before, "state": "sent", "by": event.act.actor}
