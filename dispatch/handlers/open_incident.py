"""A call becomes an incident, with a number people can say on the radio."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.callers import settle
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.policies.triage import Determinant, needs_at, needs_of
from dispatch.said_place import checked, tell_incident
from domain.call import Call
from domain.caller import REAL
from domain.day_book import DayBook
from domain.errors import (
    BadPatients,
    BadPriority,
    IdUsedTwice,
    IncidentAlreadyOpened,
    UnknownDeterminant,
)
from domain.incident import Incident
from domain.places_said import SaidPlace
from domain.values import Act, Needs, Position


@dataclass(frozen=True, slots=True)
class OpenIncident:
    act: Act
    incident_id: UUID
    call_id: UUID
    position: Position
    determinant: str | None
    priority: str | None
    patients: int
    place: SaidPlace | None = None


def open_incident(command: OpenIncident, desk: Desk) -> Outcome:
    """Priority and needs come from what was said, else from the determinant, else from the call's triage."""
    if not 1 <= command.patients <= 999:
        raise BadPatients(patients=command.patients)
    call = desk.log.call(command.call_id)
    if call.incident_id is not None and call.incident_id != command.incident_id:
        raise IncidentAlreadyOpened(call_id=call.id, incident_id=call.incident_id)
    if desk.log.taken(command.incident_id):
        raise IdUsedTwice(command_id=command.incident_id)
    position = checks.on_the_map(command.position, desk)
    code = command.determinant or call.determinant
    determinant = desk.cards.determinant(code, call)
    if command.determinant and determinant is None:
        raise UnknownDeterminant(determinant=command.determinant[:60])
    priority, needs = _urgency(command.priority, determinant, call.priority)

    day = command.act.at.astimezone(desk.timezone).date().isoformat()
    book = desk.log.day_book(day) or DayBook(day=day, act=command.act)
    number = book.next_number(command.act)
    incident = Incident(
        number=number,
        call_id=call.id,
        position=position,
        address=call.address,
        complaint=call.complaint,
        determinant=code,
        priority=priority,
        patients=command.patients,
        needs=needs,
        act=command.act,
        incident_id=command.incident_id,
    )
    if determinant is not None:
        _tell_triage(incident, call, determinant, command.act)
    call.join(incident.id, command.act)
    incident.quote(call.id, call.said_address, call.complaint, command.act)
    place = checked(command.place) or (call.place_said if command.position == call.position else None)
    tell_incident(incident, place, command.act, desk)
    caller = settle(call, REAL, command.act, desk)
    answer = {"id": str(incident.id), "number": number, "priority": priority, "determinant": code}
    return Outcome((incident, call, book), answer, beside=caller)


def _urgency(said: str | None, determinant: Determinant | None, triaged: str | None) -> tuple[str, Needs]:
    priority = said or (determinant.priority if determinant else None) or triaged
    if priority is None:
        raise BadPriority(priority="")
    priority = checks.priority(priority)
    if determinant is not None and determinant.priority is not None:
        same = determinant.priority == priority
        return priority, determinant.needs if same else needs_at(priority, determinant.needs)
    return priority, needs_of(priority)


def _tell_triage(incident: Incident, call: Call, determinant: Determinant, act: Act) -> None:
    """By which card it was found, unless somebody named it without one."""
    asked = [triage for triage in call.triages.values() if triage.determinant == determinant.code]
    incident.triage(
        call_id=call.id,
        protocol=(asked[-1].protocol, asked[-1].version) if asked else None,
        determinant=determinant.code,
        title=dict(determinant.title),
        plan=determinant.plan,
        priority=determinant.priority,
        act=act,
    )
