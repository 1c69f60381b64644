"""Calls: taken, located, triaged, joined or closed."""

from uuid import UUID, uuid4

from fastapi import Response

from api import lens
from api.accounts.guard import SignedIn
from api.answering import Rows
from api.dependencies import Clinical, Desk, TheCentre
from api.hand import TheHand, now
from api.nearby_calls import near_row
from api.recent import still_wanted
from api.room import Room
from api.schema import answers
from api.schema.orders import Ending, JoinIncident, NewCall, NewPosition
from api.schema.rows import CallRow
from api.schema.triage import Joined
from dispatch.handlers.close_call import CloseCall, close_call
from dispatch.handlers.join_call import JoinCall, join_call
from dispatch.handlers.locate_call import LocateCall, locate_call
from dispatch.handlers.receive_call import ReceiveCall, receive_call

router = Room(prefix="/calls", tags=["calls"])
ROWS = Rows(CallRow)


@router.get("", response_model=list[CallRow])
def list_calls(account: SignedIn, centre: TheCentre) -> Response:
    """Open calls, and those settled in the last twelve hours."""
    rows = [row for row in centre.views.rows("calls") if still_wanted("calls", row, now())]
    return ROWS(lens.through(account, "calls", rows))


@router.post("", status_code=201)
def take_call(body: NewCall, hand: TheHand, _: Desk, centre: TheCentre) -> answers.CallTaken:
    """Take a call. Proposes open incidents near in space and time that it may belong to."""
    call_id = body.id or uuid4()
    names = ("receive_call", call_id) if body.id else ()
    act = hand.act(*names, at=body.at, about=call_id)
    command = ReceiveCall(
        act=act,
        call_id=call_id,
        phone=body.phone,
        caller_name=body.caller_name,
        position=body.position.position() if body.position else None,
        address=body.address,
        complaint=body.complaint,
        place=body.place(),
        words=body.address_said,
    )
    answer = centre.order(command, receive_call)
    return answers.CallTaken(**answer, nearby=_nearby(call_id, centre))


@router.put("/{call_id}/position")
def locate(call_id: UUID, body: NewPosition, hand: TheHand, _: Desk, centre: TheCentre) -> answers.CallTaken:
    """Say where it is; the incident that the call opened moves with it."""
    position = body.position.position()
    act = hand.act(about=call_id)
    command = LocateCall(act, call_id, position, body.address, body.place(), body.address_said)
    answer = centre.order(command, locate_call)
    return answers.CallTaken(**answer, nearby=_nearby(call_id, centre))


@router.post("/{call_id}/join")
def join(call_id: UUID, body: JoinIncident, hand: TheHand, _: Desk, centre: TheCentre) -> Joined:
    """One more call about an incident we already know; what its caller answered counts at once."""
    # Not named by the two: taken out of it, the same call may be joined to it anew.
    act = hand.act(about=body.incident_id)
    return Joined(**centre.order(JoinCall(act, call_id, body.incident_id), join_call))


@router.post("/{call_id}/close")
def close(call_id: UUID, body: Ending, hand: TheHand, _: Clinical, centre: TheCentre) -> answers.Done:
    """End a call that needs no incident: with an outcome, a reason, or both."""
    act = hand.act(about=call_id)
    return answers.Done(**centre.order(CloseCall(act, call_id, body.reason, body.outcome), close_call))


def _nearby(call_id: UUID, centre: TheCentre) -> list[answers.Nearby]:
    row = centre.views.row("calls", str(call_id))
    return near_row(row, centre) if row is not None else []
