"""A call that needs no incident ends with a reason; none is ever deleted."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.callers import settle
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.caller import OTHER
from domain.values import Act


@dataclass(frozen=True, slots=True)
class CloseCall:
    act: Act
    call_id: UUID
    reason: str | None
    outcome: str | None = None


def close_call(command: CloseCall, desk: Desk) -> Outcome:
    call = desk.log.call(command.call_id)
    reason, outcome = checks.ending(command.reason, command.outcome)
    call.close(reason, command.act, outcome)
    book = settle(call, outcome or OTHER, command.act, desk)
    return Outcome((call,), {"id": str(call.id)}, beside=book)
