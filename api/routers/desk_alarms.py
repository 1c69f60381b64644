"""What the desk must answer: taken up by name, or put away until a moment."""

from datetime import datetime, timedelta
from uuid import UUID

from api import lens
from api.accounts.guard import SignedIn
from api.dependencies import Desk, TheCentre
from api.hand import TheHand, now
from api.room import Room
from api.schema import answers
from api.schema.desk_alarms import DeskAlarmRow, Shelf
from dispatch.handlers.desk_alarms import (
    AcknowledgeDeskAlarm,
    ShelveDeskAlarm,
    UnshelveDeskAlarm,
    acknowledge_desk_alarm,
    shelve_desk_alarm,
    unshelve_desk_alarm,
)

router = Room(prefix="/desk-alarms", tags=["desk alarms"])

SHOWN = timedelta(hours=12)


@router.get("")
def desk_alarms(account: SignedIn, centre: TheCentre) -> list[DeskAlarmRow]:
    """Those that stand, the oldest first, and behind them those that ended in the last twelve hours."""
    moment = now()
    rows = lens.through(account, "desk_alarms", centre.views.rows("desk_alarms"))
    told = [DeskAlarmRow.model_validate(row) for row in rows]
    seen = [row for row in told if row.ended_at is None or _young(row.ended_at, moment)]
    return sorted(seen, key=lambda row: (row.status == "ended", row.raised_at, row.id))


@router.post("/{alarm_id}/acknowledge")
def acknowledge(alarm_id: UUID, hand: TheHand, _: Desk, centre: TheCentre) -> answers.Done:
    """Somebody takes it up, by name; it goes on standing until its cause is over."""
    # Not named by the alarm: back from the shelf, the same hand takes it up anew.
    return answers.Done(**centre.order(AcknowledgeDeskAlarm(hand.act(), alarm_id), acknowledge_desk_alarm))


@router.put("/{alarm_id}/shelf")
def shelve(alarm_id: UUID, body: Shelf, hand: TheHand, _: Desk, centre: TheCentre) -> answers.Done:
    """Nothing can be done about it just now: it is put away until then, and sounds again after."""
    command = ShelveDeskAlarm(hand.act(), alarm_id, body.until, body.reason)
    return answers.Done(**centre.order(command, shelve_desk_alarm))


@router.delete("/{alarm_id}/shelf")
def unshelve(alarm_id: UUID, hand: TheHand, _: Desk, centre: TheCentre) -> answers.Done:
    """It sounds again now."""
    return answers.Done(**centre.order(UnshelveDeskAlarm(hand.act(), alarm_id), unshelve_desk_alarm))


def _young(ended_at: str, moment: datetime) -> bool:
    return moment - datetime.fromisoformat(ended_at) < SHOWN
