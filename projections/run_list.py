"""Every answer to an incident, told in milestones: one row a run."""

from domain.base import Fact
from domain.crew_safety import CrewSafety
from domain.incident import Incident
from domain.prompt import Prompt
from domain.run import Run
from domain.run_course import ENDS, NEXT
from domain.values import Milestone
from projections.offer_part import OFFER_FACTS, offer_after
from projections.rows import Row, changed, id_text, moment, plain

OWN_FACTS = (
    Run.Assigned,
    Run.Progressed,
    Run.Redirected,
    Run.Corrected,
    Run.Undone,
    Run.OutcomeTold,
    Run.Briefed,
    Run.Moved,
)
OTHERS_FACTS = (*OFFER_FACTS, Prompt.Raised, Prompt.Answered, CrewSafety.CheckedIn)
"""Told by things of their own about the run they name; a scene tells of all who serve it."""
FACTS = (*OWN_FACTS, *OTHERS_FACTS, Incident.DangerTold)


class RunList:
    """`milestones` holds the times as corrected; `corrections` keeps what each one replaced.

    next   : the milestones that may follow
    steps  : the milestones that stand, each with the seq of the fact that told it: what undoing goes by
    undone : those that were taken back
    offer  : who is asked to answer until when, and what came of it; None where nobody is
    prompts: what the positions say and nobody answered, in the order in which it happened
    prompt : the newest of them that is still to be asked: what was told already is not
    danger_told_at : when its crew heard last that the scene is dangerous, or is no more: its incident says
    """

    name = "runs"
    facts = FACTS

    def keys(self, event: Fact) -> tuple[str, ...]:
        if isinstance(event, OWN_FACTS):
            return (id_text(event.originator_id),)
        if isinstance(event, Incident.DangerTold):
            return tuple(id_text(run_id) for run_id in event.run_ids)
        return (id_text(event.run_id),) if isinstance(event, OTHERS_FACTS) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        if isinstance(event, Run.Assigned):
            return _assigned(event, seq)
        if row is None:
            return None
        after = self._told(row, event, seq)
        return after if after is row else changed(after, seq, prompt=_asked(after))

    def _told(self, row: Row, event: Fact, seq: int) -> Row:
        if isinstance(event, OFFER_FACTS):
            return changed(row, seq, offer=offer_after(row.get("offer"), event))
        match event:
            case Prompt.Raised() | Prompt.Answered():
                return changed(row, seq, prompts=_prompts_after(row, event))
            case CrewSafety.CheckedIn():
                return changed(row, seq, checked_at=moment(event.act.at))
            case Incident.DangerTold():
                return changed(row, seq, danger_told_at=moment(event.act.at))
            case Run.OutcomeTold(outcome=outcome):
                return changed(row, seq, outcome=outcome)
            case Run.Undone():
                return _undone(row, event, seq)
            case Run.Progressed(milestone=milestone, hospital_id=hospital_id):
                return changed(
                    row,
                    seq,
                    status=str(milestone),
                    hospital_id=hospital_id,
                    milestones={**row["milestones"], str(milestone): moment(event.act.at)},
                    reason=event.reason or row["reason"],
                    next=_next(str(milestone)),
                    steps=[*row.get("steps", ()), _step(str(milestone), event, seq)],
                )
            case Run.Briefed(address=address, complaint=complaint):
                return changed(row, seq, caller_words={"address": address, "complaint": complaint})
            case Run.Moved(incident_id=incident_id, incident_number=number):
                return changed(row, seq, incident_id=id_text(incident_id), incident_number=number)
            case Run.Redirected(hospital_id=hospital_id, bed_kind=bed_kind):
                return changed(row, seq, hospital_id=hospital_id, bed_kind=plain(bed_kind))
            case Run.Corrected(milestone=milestone, happened_at=happened_at):
                return changed(
                    row,
                    seq,
                    milestones={**row["milestones"], str(milestone): moment(happened_at)},
                    corrections=[*row["corrections"], _correction(event)],
                )
        return row


def _assigned(event: Run.Assigned, seq: int) -> Row:
    return {
        "id": id_text(event.originator_id),
        "incident_id": id_text(event.incident_id),
        "incident_number": event.incident_number,
        "caller_words": None,
        "callsign": event.callsign,
        "unit_id": id_text(event.unit_id),
        "hospital_id": event.hospital_id,
        "bed_kind": plain(event.bed_kind),
        "decision_id": plain(event.decision_id),
        "override_reason": event.override_reason,
        "eta_s": event.eta_s,
        "milestones": {str(Milestone.ASSIGNED): moment(event.act.at)},
        "assigned_by": event.act.actor,
        "status": str(Milestone.ASSIGNED),
        "reason": None,
        "corrections": [],
        "next": _next(str(Milestone.ASSIGNED)),
        "steps": [_step(str(Milestone.ASSIGNED), event, seq)],
        "undone": [],
        "outcome": None,
        "offer": None,
        "prompts": [],
        "prompt": None,
        "checked_at": None,
        "danger_told_at": None,
        "seq": seq,
    }


def _next(status: str) -> list[str]:
    return [str(following) for following in NEXT[Milestone(status)]]


def _step(milestone: str, event: Fact, seq: int) -> Row:
    return {"milestone": milestone, "seq": seq, "heard_at": moment(event.act.heard_at)}


def _undone(row: Row, event: Run.Undone, seq: int) -> Row:
    back_to = event.back_to
    taken_back = {
        "milestone": str(event.milestone),
        "was": moment(event.was),
        "reason": event.reason,
        "actor": event.act.actor,
        "recorded_at": moment(event.act.heard_at),
    }
    undone = {"undone": [*row.get("undone", ()), taken_back], "steps": list(row.get("steps", ()))[:-1]}
    if back_to is None:
        return changed(row, seq, **undone)
    left = {name: at for name, at in row["milestones"].items() if name != event.milestone}
    return changed(row, seq, **undone, status=str(back_to), milestones=left, next=_next(str(back_to)))


def _prompts_after(row: Row, event: Prompt.Raised | Prompt.Answered) -> list[Row]:
    """All that wait: of those told in either order the same one is the newest, whichever is answered."""
    others = [each for each in row.get("prompts", ()) if each["id"] != id_text(event.prompt_id)]
    if isinstance(event, Prompt.Answered):
        return others
    raised = {
        "id": id_text(event.prompt_id),
        "move": event.move,
        "milestone": str(event.milestone),
        "at": moment(event.act.at),
        "seen_at": moment(event.act.heard_at),
        "position": plain(event.position),
    }
    return sorted([*others, raised], key=lambda each: (each["at"], each["id"]))


def _asked(row: Row) -> Row | None:
    """Whoever reports what was asked answered it, and the end of a run leaves nothing to ask."""
    if row["status"] in ENDS:
        return None
    waiting = [each for each in row.get("prompts", ()) if each["milestone"] not in row["milestones"]]
    return waiting[-1] if waiting else None


def _correction(event: Run.Corrected) -> Row:
    return {
        "milestone": str(event.milestone),
        "was": moment(event.was),
        "at": moment(event.happened_at),
        "reason": event.reason,
        "actor": event.act.actor,
        "recorded_at": moment(event.act.heard_at),
    }
