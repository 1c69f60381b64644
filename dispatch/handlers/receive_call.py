"""Somebody rings."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.call import Call
from domain.errors import IdUsedTwice
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


def receive_call(command: ReceiveCall, desk: Desk) -> Outcome:
    """A call without a position is taken all the same: it can be located while they talk."""
    refuse_the_future(command.act.at, command.act.heard_at)
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
    return Outcome((call,), {"id": str(call.id)})
