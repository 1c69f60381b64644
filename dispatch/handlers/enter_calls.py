"""The books of some calls are brought up: where many rang at once, their saves left the book for later."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from dispatch.callers import is_entered, number_of, outcome_of
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.call import Call
from domain.caller import Caller
from domain.values import Act


@dataclass(frozen=True, slots=True)
class EnterCalls:
    """Calls of any numbers. What a book has already is passed over."""

    act: Act
    call_ids: tuple[UUID, ...]


def enter_calls(command: EnterCalls, desk: Desk) -> Outcome:
    calls = (desk.log.call(call_id) for call_id in dict.fromkeys(command.call_ids))
    books: dict[str, Caller] = {}
    entered = 0
    for call in sorted(calls, key=lambda call: (call.rang_at, call.id)):
        number = number_of(call.phone, desk)
        caller = books.get(number) or desk.log.caller(number) or Caller(number=number, act=command.act)
        if is_entered(call, caller):
            continue
        books[number] = caller
        entered += 1
        if call.id not in caller.calls:
            caller.rang(call.id, replace(command.act, at=call.rang_at))
        caller.settle(call.id, outcome_of(call), command.act)
    return Outcome(tuple(books.values()), {"entered": entered})


def not_entered(call_ids: Iterable[UUID], desk: Desk) -> tuple[UUID, ...]:
    """Those of the calls whose book does not tell yet what came of them."""
    found: list[Call] = [desk.log.call(call_id) for call_id in call_ids]
    return tuple(
        call.id for call in found if not is_entered(call, desk.log.caller(number_of(call.phone, desk)))
    )
