"""A call that needs no incident ends with a reason; none is ever deleted."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.values import Act


@dataclass(frozen=True, slots=True)
class CloseCall:
    act: Act
    call_id: UUID
    reason: str


def close_call(command: CloseCall, desk: Desk) -> Outcome:
    call = desk.log.call(command.call_id)
    call.close(checks.words("reason", command.reason, 200), command.act)
    return Outcome((call,), {"id": str(call.id)})
