"""Who speaks with a caller: claimed, released, and a suspected one taken for real."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from dispatch import checks
from dispatch.callers import caller_of, caller_or_new
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.base import Aggregate
from domain.call import Call
from domain.values import Act


@dataclass(frozen=True, slots=True)
class ClaimCall:
    """take_over : although somebody else has it; their screen may be gone"""

    act: Act
    call_id: UUID
    take_over: bool = False


@dataclass(frozen=True, slots=True)
class ReleaseCall:
    act: Act
    call_id: UUID


@dataclass(frozen=True, slots=True)
class RaiseCall:
    act: Act
    call_id: UUID
    reason: str | None = None


def claim_call(command: ClaimCall, desk: Desk) -> Outcome:
    """A suspected number occupies one taker at a time: its book is written too, and so settles a race."""
    act, by = command.act, command.act.actor
    call = desk.log.call(command.call_id)
    until = act.heard_at + timedelta(seconds=desk.rules.calls.claim_s)
    call.claim(by, until, command.take_over, act)
    changed: list[Aggregate] = [call]
    if call.suspected is not None:
        caller = caller_or_new(call.suspected, act, desk)
        caller.occupy(call.id, by, until, command.take_over, act)
        changed.append(caller)
    answer = {"id": str(call.id), "claimed_by": by, "claimed_until": until.isoformat()}
    return Outcome(tuple(changed), answer)


def release_call(command: ReleaseCall, desk: Desk) -> Outcome:
    """The conversation goes back to the queue. Also somebody else's: a screen may be gone."""
    call = desk.log.call(command.call_id)
    call.release(command.act)
    return Outcome((call, *_vacated(call, command.act, desk)), {"id": str(call.id)})


def raise_call(command: RaiseCall, desk: Desk) -> Outcome:
    """It is real, or may be: it stands among the others again, and anybody may take it at once."""
    call = desk.log.call(command.call_id)
    reason = checks.optional_words("reason", command.reason, 200)
    call.raise_to_real(reason, command.act)
    return Outcome((call, *_vacated(call, command.act, desk)), {"id": str(call.id)})


def _vacated(call: Call, act: Act, desk: Desk) -> tuple[Aggregate, ...]:
    """The number occupies nobody any more; nothing where no book is kept of it."""
    caller = caller_of(call, desk)
    if caller is None:
        return ()
    caller.vacate(call.id, act)
    return (caller,)
