"""One more call about something we already know of."""

from dataclasses import dataclass
from uuid import UUID

from dispatch.callers import settle
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.retriaging import answered_before, bring_to
from domain.caller import REAL
from domain.values import Act


@dataclass(frozen=True, slots=True)
class JoinCall:
    act: Act
    call_id: UUID
    incident_id: UUID


def join_call(command: JoinCall, desk: Desk) -> Outcome:
    """What its caller answered before counts from now on, as if it were answered after.

    Raises CallAlreadySettled, IncidentOver, IncidentMerged.
    """
    call = desk.log.call(command.call_id)
    incident = desk.log.incident(command.incident_id)
    call.join(incident.id, command.act)
    incident.join_call(call.id, command.act)
    incident.quote(call.id, call.said_address, call.complaint, command.act)
    said = answered_before(call, desk)
    moved = bring_to(incident, call, *said, command.act, desk) if said is not None else None
    book = settle(call, REAL, command.act, desk)
    answer = {"id": str(call.id), "incident_id": str(incident.id), "incident": moved}
    return Outcome((call, incident), answer, beside=book)
