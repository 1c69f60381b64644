"""The taker asks a clinician to look at a call."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.values import Act


@dataclass(frozen=True, slots=True)
class ReferCall:
    act: Act
    call_id: UUID
    reason: str | None


def refer_call(command: ReferCall, desk: Desk) -> Outcome:
    call = desk.log.call(command.call_id)
    call.refer(checks.optional_words("reason", command.reason), command.act)
    return Outcome((call,), {"id": str(call.id)})
