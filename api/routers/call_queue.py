"""The queue of calls: in which order they are taken, and who speaks with whom."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter

from api.centre import Centre
from api.dependencies import Clinical, Desk, TheCentre
from api.hand import TheHand, now
from api.nearby_calls import all_near
from api.room import Room
from api.schema.answers import Done
from api.schema.calls import AllNearby, CallClaimedAnswer, Claim, QueuedCall, Raise
from api.schema.rows import CallRow
from dispatch.handlers.claim_call import (
    ClaimCall,
    RaiseCall,
    ReleaseCall,
    claim_call,
    raise_call,
    release_call,
)
from dispatch.policies.nuisance import WaitingCall, call_queue
from domain.errors import UnknownCall
from projections.rows import Row

router: APIRouter = Room(prefix="/calls", tags=["calls"])


@router.get("/queue")
def queue(_: Desk, centre: TheCentre) -> list[QueuedCall]:
    """Calls nobody has settled, in the order to take them. Suspected numbers stand behind others until they
    come up, and ring once: what the same number tries meanwhile is bundled with its first call."""
    rows = {row["id"]: row for row in centre.views.rows("calls") if row["status"] in ("open", "triaged")}
    places = call_queue((_waiting(row) for row in rows.values()), now())
    return [
        QueuedCall(
            call=CallRow.model_validate(rows[place.call_id]),
            behind=place.behind,
            bundled=[CallRow.model_validate(rows[call_id]) for call_id in place.bundled],
        )
        for place in places
    ]


@router.post("/{call_id}/claim")
def claim(call_id: UUID, body: Claim, hand: TheHand, _: Clinical, centre: TheCentre) -> CallClaimedAnswer:
    """Speak with the caller. A suspected number occupies one taker at a time; said again, it lasts longer."""
    command = ClaimCall(hand.act(about=call_id), call_id, body.take_over)
    return CallClaimedAnswer(**centre.order(command, claim_call))


@router.post("/{call_id}/release")
def release(call_id: UUID, hand: TheHand, _: Clinical, centre: TheCentre) -> Done:
    """Give the call back to the queue."""
    return Done(**centre.order(ReleaseCall(hand.act(about=call_id), call_id), release_call))


@router.post("/{call_id}/raise")
def raise_to_real(call_id: UUID, body: Raise, hand: TheHand, _: Desk, centre: TheCentre) -> Done:
    """It may be real, whatever its number did before: it stands among the others at once."""
    command = RaiseCall(hand.act(about=call_id), call_id, body.reason)
    return Done(**centre.order(command, raise_call))


@router.get("/{call_id}/nearby")
def nearby(call_id: UUID, _: Desk, centre: TheCentre) -> AllNearby:
    """The open incidents and the open calls that it may be about, as they stand now, with reasons."""
    return all_near(_call(call_id, centre), centre)


def _call(call_id: UUID, centre: Centre) -> Row:
    row = centre.row("calls", str(call_id))
    if row is None:
        raise UnknownCall(call_id=call_id)
    return row


def _waiting(row: Row) -> WaitingCall:
    """A call that was raised, or that its number holds back no longer, is one like any other."""
    suspicion = row.get("suspicion")
    received_at = datetime.fromisoformat(row["received_at"])
    if suspicion is None or suspicion["raised"]:
        return WaitingCall(row["id"], received_at)
    comes_up_at = datetime.fromisoformat(suspicion["comes_up_at"])
    return WaitingCall(row["id"], received_at, suspicion["number"], comes_up_at)
