"""What the hospital of each run was asked and said, and what the crew tells of the patient: a row a run."""

from collections.abc import Iterable

from domain.base import Fact
from domain.referral import Referral
from domain.run import Run
from domain.run_course import ENDS
from projections.rows import Row, changed, id_text, moment, plain

OWN_FACTS = (
    Referral.Opened,
    Referral.Asked,
    Referral.Withdrawn,
    Referral.Answered,
    Referral.Unanswered,
    Referral.PreAlerted,
)
SAID = {"accept": "accepted", "redirect": "redirect"}


CLOSED_KEPT = 1_000
"""Of runs that are over; the log knows the others."""


class ReferralList:
    """`state`: none, asked, accepted, redirect or unanswered. By the id of the run; it ends with the run."""

    name = "referrals"
    facts = (*OWN_FACTS, Run.Progressed, Run.Undone)
    most = 2 * CLOSED_KEPT

    def keys(self, event: Fact) -> tuple[str, ...]:
        if isinstance(event, OWN_FACTS):
            return (id_text(event.run_id),)
        if isinstance(event, Run.Progressed | Run.Undone) and event.milestone in ENDS:
            return (id_text(event.originator_id),)
        return ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        if isinstance(event, Referral.Opened):
            return _opened(key, event, seq)
        if row is None:
            return None
        at = moment(event.act.at)
        match event:
            case Referral.Asked():
                return changed(row, seq, **_asked(event))
            case Referral.Withdrawn():
                return changed(row, seq, **NOTHING_ASKED)
            case Referral.Answered(answer=answer, reason=reason, proposed=proposed):
                said = {"state": SAID[answer], "answered_at": at, "answered_by": event.act.actor}
                row = changed(row, seq, **said, reason=reason, proposed_hospital_id=proposed)
                return _declined(row, event.hospital_id, reason, seq) if answer == "redirect" else row
            case Referral.Unanswered(hospital_id=hospital_id, proposed=proposed):
                nobody: Row = {"answered_at": None, "answered_by": None, "reason": None}
                row = changed(row, seq, state="unanswered", **nobody, proposed_hospital_id=proposed)
                return _declined(row, hospital_id, None, seq)
            case Referral.PreAlerted(packet=packet):
                return changed(row, seq, pre_alert=plain(packet), pre_alerted_at=at)
            case Run.Progressed():
                return changed(row, seq, closed_at=at)
            case Run.Undone():
                return changed(row, seq, closed_at=None)
        return row

    def forgotten(self, rows: Iterable[Row]) -> list[str]:
        closed = sorted((row["seq"], row["id"]) for row in rows if row["closed_at"] is not None)
        return [its_id for _, its_id in closed[:-CLOSED_KEPT]]


NOTHING_ASKED: Row = {
    "hospital_id": None,
    "bed_kind": None,
    "state": "none",
    "asked_at": None,
    "answer_by": None,
    "answered_at": None,
    "answered_by": None,
    "reason": None,
    "proposed_hospital_id": None,
}


def _opened(key: str, event: Referral.Opened, seq: int) -> Row:
    return {
        "id": key,
        "incident_id": id_text(event.incident_id),
        "incident_number": event.incident_number,
        "callsign": event.callsign,
        **NOTHING_ASKED,
        "declined": [],
        "pre_alert": None,
        "pre_alerted_at": None,
        "opened_at": moment(event.act.at),
        "closed_at": None,
        "seq": seq,
    }


def _asked(event: Referral.Asked) -> Row:
    return {
        **NOTHING_ASKED,
        "hospital_id": event.hospital_id,
        "bed_kind": event.bed_kind,
        "state": "asked",
        "asked_at": moment(event.act.at),
        "answer_by": moment(event.answer_by),
    }


def _declined(row: Row, hospital_id: str, reason: str | None, seq: int) -> Row:
    """Where it need not be asked again."""
    told = {"hospital_id": hospital_id, "reason": reason}
    others = [each for each in row["declined"] if each["hospital_id"] != hospital_id]
    return changed(row, seq, declined=[*others, told])
