"""A call becomes an incident, with a number people can say on the radio."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.policies.triage import Determinant, needs_at, needs_of
from domain.day_book import DayBook
from domain.errors import (
    BadPatients,
    BadPriority,
    IdUsedTwice,
    IncidentAlreadyOpened,
    UnknownDeterminant,
)
from domain.incident import Incident
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
    if command.determinant and _determinant(command.determinant, desk) is None:
        raise UnknownDeterminant(determinant=command.determinant[:60])
    code = command.determinant or call.determinant
    priority, needs = _urgency(command.priority, code, call.priority, desk)

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
    call.join(incident.id, command.act)
    answer = {"id": str(incident.id), "number": number, "priority": priority, "determinant": code}
    return Outcome((incident, call, book), answer)


def _urgency(said: str | None, code: str | None, triaged: str | None, desk: Desk) -> tuple[str, Needs]:
    determinant = _determinant(code, desk)
    priority = said or (determinant.priority if determinant else None) or triaged
    if priority is None:
        raise BadPriority(priority="")
    priority = checks.priority(priority)
    if determinant is not None and determinant.priority is not None:
        same = determinant.priority == priority
        return priority, determinant.needs if same else needs_at(priority, determinant.needs)
    return priority, needs_of(priority)


def _determinant(code: str | None, desk: Desk) -> Determinant | None:
    for protocol in desk.protocols.values():
        if code in protocol.determinants:
            return protocol.determinants[str(code)]
    return None
