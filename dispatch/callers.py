"""The book kept of a telephone number: found by what the display shows, begun at its first ring."""

from dispatch.desk import Desk
from domain.base import Aggregate
from domain.call import Call
from domain.caller import Caller
from domain.phone import normalised
from domain.values import Act


def number_of(phone: str, desk: Desk) -> str:
    return normalised(phone, desk.country_code)


def caller_of(call: Call, desk: Desk) -> Caller | None:
    """None for a call that was taken before such books were kept."""
    return desk.log.caller(number_of(call.phone, desk))


def caller_or_new(number: str, act: Act, desk: Desk) -> Caller:
    return desk.log.caller(number) or Caller(number=number, act=act)


def settle(call: Call, outcome: str, act: Act, desk: Desk) -> tuple[Aggregate, ...]:
    """Enter what came of a call; the book, to be saved with the rest."""
    caller = caller_of(call, desk)
    if caller is None:
        return ()
    caller.settle(call.id, outcome, act)
    return (caller,)
