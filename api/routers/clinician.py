"""The clinicians' desk: whom to ring back, what they found, and the sums they do."""

from datetime import datetime
from uuid import UUID, uuid4

from fastapi import APIRouter

from api.clinician_desk import queue
from api.dependencies import Clinical, TheCentre
from api.hand import TheHand, now
from api.room import Room
from api.schema.triage import Measurements, NewSafetyCall, SafetyCalled, ScoreRow, WaitingRow, as_said
from dispatch.handlers.record_safety_call import RecordSafetyCall, record_safety_call
from dispatch.policies.clinician import Place
from dispatch.policies.news2 import Vitals, news2
from domain.triage_errors import NotForNews2
from projections.rows import Row

router: APIRouter = Room(tags=["clinicians"])


@router.get("/clinician/queue")
def waiting(_: Clinical, centre: TheCentre) -> list[WaitingRow]:
    """All who are due, the most urgent first: referred, waiting long without an ambulance, or in no need."""
    moment = now()
    return [_row(place, row, calls, moment) for place, row, calls in queue(centre, moment)]


@router.post("/incidents/{incident_id}/safety-call", status_code=201)
def safety_call(
    incident_id: UUID, body: NewSafetyCall, hand: TheHand, _: Clinical, centre: TheCentre
) -> SafetyCalled:
    """Somebody who waits was rung back. Answers given anew change the incident as they would on the call."""
    names = ("safety_call", incident_id, body.id) if body.id else ()
    command = RecordSafetyCall(
        act=hand.act(*names, about=incident_id),
        incident_id=incident_id,
        safety_call_id=body.id or uuid4(),
        finding=body.finding,
        note=body.note,
        call_id=body.call_id,
        protocol=body.triage.protocol if body.triage else None,
        answers=as_said(body.triage.answers) if body.triage else None,
    )
    return SafetyCalled(**centre.order(command, record_safety_call))


@router.post("/clinical/news2")
def score(body: Measurements, _: Clinical) -> ScoreRow:
    """A patient's National Early Warning Score, with its parts. Nothing is stored."""
    if body.pregnant or (body.age_years is not None and body.age_years < 16):
        raise NotForNews2
    found = news2(Vitals(**body.model_dump(exclude={"age_years", "pregnant"})))
    return ScoreRow(score=found.score, risk=found.risk, parts=found.parts)


def _row(place: Place, row: Row, calls: list[Row], moment: datetime) -> WaitingRow:
    """Who is rung: the caller who was referred, else the first."""
    call = next((each for each in calls if each.get("referral")), calls[0] if calls else None)
    referral = (call or {}).get("referral") or {}
    return WaitingRow(
        kind="incident" if "waiting_since" in row else "call",
        id=row["id"],
        number=row["number"],
        call_id=call["id"] if call else row["call_ids"][0],
        phone=call["phone"] if call else None,
        priority=row["priority"],
        determinant=row["determinant"],
        determinant_title=row.get("determinant_title"),
        complaint=row["complaint"],
        address=row["address"],
        position=row["position"],
        why=place.why,
        reason=referral.get("reason"),
        since=place.since,
        due_at=place.due_at,
        waited_s=round((moment - place.since).total_seconds(), 1),
        last_finding=(row.get("safety_call") or {}).get("finding"),
        claimed_by=call.get("claimed_by") if call else None,
        claimed_until=call.get("claimed_until") if call else None,
    )
