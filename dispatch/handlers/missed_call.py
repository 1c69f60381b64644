"""Calls nobody answered in time: counted, and called back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dispatch import checks
from dispatch.callers import caller_or_new, number_of
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.call_errors import BadCallbackOutcome, UnknownCallback
from domain.caller import Caller
from domain.run import refuse_the_future
from domain.values import Act

SETTLES = {"reached": True, "no_emergency": True, "nuisance": True, "unreachable": True, "no_answer": False}
"""What may come of a call-back, and whether that is the end of it. `no_answer` is tried again."""


@dataclass(frozen=True, slots=True)
class ReportMissedCall:
    act: Act
    missed_id: UUID
    phone: str
    rang_at: datetime
    ended_at: datetime
    line: str | None = None


@dataclass(frozen=True, slots=True)
class CallBack:
    act: Act
    callback_id: UUID
    outcome: str


def report_missed_call(command: ReportMissedCall, desk: Desk) -> Outcome:
    """The act's `at` is when it ended: until then somebody might have answered."""
    refuse_the_future(command.act.at, command.act.heard_at)
    checks.rang_lately(command.rang_at, command.act.heard_at, desk)
    number = number_of(checks.phone(command.phone), desk)
    caller = caller_or_new(number, command.act, desk)
    line = checks.optional_words("line", command.line, 60)
    caller.miss(command.missed_id, command.rang_at, command.ended_at, line, command.act)
    return Outcome((caller,), {"id": str(caller.id), "phone": number})


def call_back(command: CallBack, desk: Desk) -> Outcome:
    """Somebody rang the number. What was said becomes a call of its own, which settles this one by itself."""
    if command.outcome not in SETTLES:
        raise BadCallbackOutcome(outcome=command.outcome[:40], known=", ".join(SETTLES))
    caller = desk.log.find(Caller, command.callback_id)
    if caller is None:
        raise UnknownCallback(callback_id=command.callback_id)
    caller.call_back(command.outcome, SETTLES[command.outcome], command.act)
    return Outcome((caller,), {"id": str(caller.id), "phone": caller.number})
