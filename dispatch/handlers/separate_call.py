"""A call that was joined by mistake goes its own way again."""

from dataclasses import dataclass
from uuid import UUID

from dispatch.callers import settle
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.caller import OPEN
from domain.values import Act


@dataclass(frozen=True, slots=True)
class SeparateCall:
    act: Act
    call_id: UUID


def separate_call(command: SeparateCall, desk: Desk) -> Outcome:
    """The call is open again: it may be triaged, joined elsewhere, or become an incident of its own."""
    call = desk.log.call(command.call_id)
    incident = desk.log.incident(call.separate(command.act))
    incident.separate_call(call.id, command.act)
    book = settle(call, OPEN, command.act, desk)
    answer = {"id": str(call.id), "incident_id": str(incident.id)}
    return Outcome((call, incident), answer, beside=book)
