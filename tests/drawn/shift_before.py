"""What the shift before left behind: two incidents nobody serves, a number that rang for nothing, and
a patient who waits for a transfer."""

from datetime import timedelta
from uuid import UUID

from dispatch.handlers.close_call import CloseCall, close_call
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from dispatch.handlers.transfers import DecideTransfer, RequestTransfer, decide_transfer, request_transfer
from domain.call import Call
from domain.transfer import Transfer
from tests.builders import NOON, Room, an_act, an_id
from tests.drawn.calls import NUISANCE
from tests.drawn.world import CITY, ED, World


def leave_behind(room: Room, world: World) -> None:
    for _ in range(2):
        call_id = room.call()
        incident_id = room.incident(call_id=call_id)
        world.learn([room.log.call(call_id), room.log.incident(incident_id)])
    call_id, transfer_id = _nuisance(room), _transfer(room, world)
    found = room.log.find(Call, call_id), room.log.find(Transfer, transfer_id)
    world.learn([each for each in found if each is not None])


def _nuisance(room: Room) -> UUID:
    call_id = an_id()
    order = ReceiveCall(an_act(), call_id, NUISANCE, None, None, None, "Alô?")
    room.carry_out(order, receive_call)
    room.carry_out(CloseCall(an_act(), call_id, None, "nuisance"), close_call)
    return call_id


def _transfer(room: Room, world: World) -> UUID:
    """Approved, and it leaves in an hour."""
    transfer_id, (here, there) = an_id(), world.hospital_names[:2]
    leaves = NOON + timedelta(hours=1)
    order = RequestTransfer(an_act(), transfer_id, here, there, ED, "P3", "02838554137", {}, leaves)
    room.carry_out(order, request_transfer)
    yes = DecideTransfer(an_act(), transfer_id, CITY, "hospital", True, None, an_id(), an_id())
    room.carry_out(yes, decide_transfer)
    return transfer_id
