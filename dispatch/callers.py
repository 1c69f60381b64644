"""The book kept of a telephone number: found by what the display shows, begun at its first ring."""

from dispatch.desk import Desk
from domain.base import Aggregate
from domain.call import Call
from domain.caller import OPEN, OTHER, REAL, Caller
from domain.phone import normalised
from domain.values import Act


def number_of(phone: str, desk: Desk) -> str:
    return normalised(phone, desk.country_code)


def caller_of(call: Call, desk: Desk) -> Caller | None:
    """None for a call that was taken before such books were kept."""
    return desk.log.caller(number_of(call.phone, desk))


def caller_or_new(number: str, act: Act, desk: Desk) -> Caller:
    return desk.log.caller(number) or Caller(number=number, act=act)


def outcome_of(call: Call) -> str:
    """What came of a call, as a book says it."""
    if call.incident_id is not None:
        return REAL
    return OPEN if call.closed_reason is None else call.outcome or OTHER


def is_entered(call: Call, caller: Caller | None) -> bool:
    """Whether the book tells of the call what came of it."""
    if caller is None:
        return False
    known = caller.calls.get(call.id)
    return known.outcome == outcome_of(call) if known is not None else not caller.lacks(call.id, call.rang_at)


def settle(call: Call, outcome: str, act: Act, desk: Desk) -> tuple[Aggregate, ...]:
    """Enter what came of a call; the book, to be saved beside the rest."""
    caller = caller_of(call, desk)
    if caller is None:
        return ()
    caller.settle(call.id, outcome, act)
    return (caller,)
