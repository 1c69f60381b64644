"""Who rings: what is known of a number, and whom nobody answered."""

from uuid import UUID

from api.caller_card import card_of, prefill_of
from api.dependencies import Desk, TheCentre
from api.hand import TheHand
from api.room import Room
from api.schema.answers import Done
from api.schema.calls import CallbackDone, CallerCard, MissedCall, WaitingCallback
from dispatch import checks
from dispatch.handlers.missed_call import CallBack, ReportMissedCall, call_back, report_missed_call

router = Room(tags=["calls"])


@router.get("/callers/{phone}")
def caller(phone: str, _: Desk, centre: TheCentre) -> CallerCard:
    """Earlier calls of a number, what came of them, how much it rang for nothing, and what was noted."""
    return card_of(checks.phone(phone), centre)


@router.post("/missed-calls", status_code=201)
def missed(body: MissedCall, hand: TheHand, _: Desk, centre: TheCentre) -> Done:
    """A call that nobody answered, told by the telephone system or by hand. Said twice it counts once."""
    act = hand.act("missed_call", body.id, at=body.ended_at)
    command = ReportMissedCall(act, body.id, body.phone, body.rang_at, body.ended_at, body.line)
    return Done(**centre.order(command, report_missed_call))


@router.get("/callbacks")
def callbacks(_: Desk, centre: TheCentre) -> list[WaitingCallback]:
    """Numbers that wait to be called back, who waits longest first, each with what a call begins with."""
    rows = [row for row in centre.views.rows("callbacks") if row["status"] == "open"]
    rows.sort(key=lambda row: (row["first_missed_at"], row["phone"]))
    return [WaitingCallback(**row, prefill=prefill_of(row, centre)) for row in rows]


@router.post("/callbacks/{callback_id}/done")
def done(callback_id: UUID, body: CallbackDone, hand: TheHand, _: Desk, centre: TheCentre) -> Done:
    """What came of calling back. `no_answer` leaves it waiting; a call that is taken settles it by itself."""
    command = CallBack(hand.act(about=callback_id), callback_id, body.outcome)
    return Done(**centre.order(command, call_back))
