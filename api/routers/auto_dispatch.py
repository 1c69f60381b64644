"""Dispatch without a hand: what counts down, and the hand that stops it."""

from uuid import UUID

from api.dependencies import Desk, TheCentre
from api.hand import TheHand
from api.room import Room
from api.schema import answers
from api.schema.assignments import AutoDispatchRow, MaybeReason
from dispatch.handlers.auto_dispatch import VetoDispatch, veto_dispatch

router = Room(tags=["automatic dispatch"])


@router.get("/auto-dispatch")
def counting_down(_: Desk, centre: TheCentre) -> list[AutoDispatchRow]:
    """What will be sent by itself, and when; the next first. Empty where it is switched off."""
    running = [
        AutoDispatchRow(
            **row["auto_dispatch"], incident_id=row["id"], number=row["number"], priority=row["priority"]
        )
        for row in centre.views.rows("incidents")
        if (row.get("auto_dispatch") or {}).get("state") == "proposed"
    ]
    return sorted(running, key=lambda row: (row.due_at, row.number))


@router.post("/incidents/{incident_id}/auto-dispatch/veto")
def veto(incident_id: UUID, body: MaybeReason, hand: TheHand, _: Desk, centre: TheCentre) -> answers.Done:
    """Nobody goes by itself any more; a dispatcher decides. Too late, it is said what was sent."""
    act = hand.act("veto_dispatch", incident_id, about=incident_id)
    command = VetoDispatch(act, incident_id, body.reason)
    return answers.Done(**centre.order(command, veto_dispatch))
