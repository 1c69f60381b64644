"""Somebody rings."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from dispatch import checks
from dispatch.callers import caller_or_new, number_of
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.policies.nuisance import suspicion
from dispatch.said_place import checked
from domain.call import Call
from domain.caller import Caller
from domain.errors import IdUsedTwice
from domain.places_said import SaidPlace
from domain.run import refuse_the_future
from domain.values import Act, Position


@dataclass(frozen=True, slots=True)
class ReceiveCall:
    act: Act
    call_id: UUID
    phone: str
    caller_name: str | None
    position: Position | None
    address: str | None
    complaint: str
    place: SaidPlace | None = None
    words: str | None = None  # the caller's own, where `address` is somebody else's wording


def receive_call(command: ReceiveCall, desk: Desk) -> Outcome:
    """A call without a position is taken all the same: it can be located while they talk.

    What the number rang for before tells whether it waits behind others; whatever it is, it is taken, however
    many ring at once: its book is entered beside.
    """
    refuse_the_future(command.act.at, command.act.heard_at)
    checks.rang_lately(command.act.at, command.act.heard_at, desk)
    if desk.log.taken(command.call_id):
        raise IdUsedTwice(command_id=command.call_id)
    call = Call(
        phone=checks.phone(command.phone),
        caller_name=checks.optional_words("caller_name", command.caller_name, 120),
        position=checks.on_the_map(command.position, desk) if command.position else None,
        address=checks.optional_words("address", command.address),
        complaint=checks.words("complaint", command.complaint),
        act=command.act,
        call_id=command.call_id,
    )
    if (place := checked(command.place)) is not None:
        call.say_place(place, checks.optional_words("words", command.words), command.act)
    caller = caller_or_new(number_of(call.phone, desk), command.act, desk)
    _weigh(call, caller, command.act, desk)
    caller.rang(call.id, command.act)
    return Outcome((call,), {"id": str(call.id)}, beside=(caller,))


def _weigh(call: Call, caller: Caller, act: Act, desk: Desk) -> None:
    """A suspected call waits from when we hear of it, or not at all where a real one is fresh."""
    found = suspicion(caller.number, caller.calls.values(), act.at, desk.rules.calls)
    if found.suspected:
        wait_s = desk.rules.calls.comes_up_after_s if found.behind else 0.0
        comes_up_at = act.heard_at + timedelta(seconds=wait_s)
        call.suspect(caller.number, found.score, [dict(each) for each in found.reasons], comes_up_at, act)
