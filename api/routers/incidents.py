"""Incidents: opened, re-prioritised, noted, closed; their timeline, and whom to send."""

from uuid import UUID, uuid4

from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from api import lens
from api.accounts.errors import NotYourRole
from api.accounts.guard import SignedIn
from api.advice import advice_for
from api.answering import Rows, as_json
from api.caller_words import with_words
from api.dependencies import Clinical, Desk, TheCentre
from api.hand import TheHand, now
from api.recent import still_wanted
from api.room import Room
from api.schema import answers
from api.schema.orders import Ending, NewIncident, NewNote, NewPriority
from api.schema.rows import IncidentRow, TimelineEntry
from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.note_incident import NoteIncident, note_incident
from dispatch.handlers.open_incident import OpenIncident, open_incident
from dispatch.handlers.reprioritise_incident import ReprioritiseIncident, reprioritise_incident
from dispatch.policies.override import as_good
from domain.errors import UnknownIncident
from projections.sentences import read_timeline

router = Room(prefix="/incidents", tags=["incidents"])
ROWS = Rows(IncidentRow)


@router.get("", response_model=list[IncidentRow])
def list_incidents(account: SignedIn, centre: TheCentre) -> Response:
    """Open incidents, and those closed in the last twelve hours."""
    rows = [row for row in centre.views.rows("incidents") if still_wanted("incidents", row, now())]
    return ROWS(lens.through(account, "incidents", centre.dress.rows("incidents", rows)))


@router.post("", status_code=201)
def open_one(body: NewIncident, hand: TheHand, _: Desk, centre: TheCentre) -> answers.IncidentOpened:
    """A call becomes an incident."""
    incident_id = body.id or uuid4()
    names = ("open_incident", incident_id) if body.id else ()
    command = OpenIncident(
        act=hand.act(*names, about=incident_id),
        incident_id=incident_id,
        call_id=body.call_id,
        position=body.position.position(),
        determinant=body.determinant,
        priority=body.priority,
        patients=body.patients,
        place=body.place(),
    )
    return answers.IncidentOpened(**centre.order(command, open_incident))


@router.get("/{incident_id}")
def one_incident(incident_id: UUID, account: SignedIn, centre: TheCentre) -> IncidentRow:
    row = centre.row("incidents", str(incident_id))
    seen = lens.through(account, "incidents", centre.dress.rows("incidents", [row])) if row else []
    if not seen:
        raise UnknownIncident(incident_id=incident_id)
    return IncidentRow.model_validate(seen[0])


@router.put("/{incident_id}/priority")
def set_priority(
    incident_id: UUID, body: NewPriority, hand: TheHand, _: Clinical, centre: TheCentre
) -> answers.Done:
    """It is worse than we thought, or better."""
    act = hand.act(about=incident_id)
    command = ReprioritiseIncident(act, incident_id, body.priority, body.reason)
    return answers.Done(**centre.order(command, reprioritise_incident))


@router.post("/{incident_id}/notes", status_code=201)
def add_note(incident_id: UUID, body: NewNote, hand: TheHand, _: Clinical, centre: TheCentre) -> answers.Done:
    """Words for those who read along."""
    names = ("note_incident", body.note_id) if body.note_id else ()
    act = hand.act(*names, about=incident_id)
    command = NoteIncident(act, incident_id, body.note_id or uuid4(), body.text)
    return answers.Done(**centre.order(command, note_incident))


@router.post("/{incident_id}/close")
def close(incident_id: UUID, body: Ending, hand: TheHand, _: Clinical, centre: TheCentre) -> answers.Done:
    """End an incident nobody serves any more: with an outcome, a reason, or both."""
    act = hand.act(about=incident_id)
    command = CloseIncident(act, incident_id, body.reason, body.outcome)
    return answers.Done(**centre.order(command, close_incident))


@router.get("/{incident_id}/timeline")
def timeline(incident_id: UUID, account: SignedIn, centre: TheCentre) -> list[TimelineEntry]:
    """All that happened, its calls and runs included, in the order we heard of it."""
    if not lens.sees_all(account):
        raise NotYourRole(role=account.role.value, allowed="dispatcher, supervisor, admin, clinician")
    codes = centre.desk.rules.override.codes
    entries = read_timeline(str(incident_id), centre.views, centre.desk.timezone, codes)
    if entries is None:
        raise UnknownIncident(incident_id=incident_id)
    return [TimelineEntry.model_validate(entry) for entry in entries]


@router.get("/{incident_id}/recommendation", response_model=answers.Recommendation)
async def recommendation(incident_id: UUID, _: Desk, centre: TheCentre) -> Response:
    """Every free unit and every hospital by road time, with reasons; and why not the others.

    Answered as JSON at once: checking hundreds of rows we just made would double the dispatcher's wait.
    A test holds the answer to the model. It takes about a millisecond and waits for nothing, so it is
    made where it is asked for, without a thread.
    """
    if centre.views.in_memory("incidents", str(incident_id)):
        found = advice_for(centre, incident_id)
    else:
        found = await run_in_threadpool(advice_for, centre, incident_id)  # the store is asked, which may hang
    advice = found.written(centre.desk)
    centre.shown.remember(advice)
    alike = as_good(found.units.units, found.policy, centre.desk.rules.override.tie_s)
    return as_json(with_words(advice.answer, centre.views.row("incidents", str(incident_id)), alike))
