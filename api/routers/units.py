"""Units and where they are."""

from fastapi import Response

from api import lens
from api.accounts.guard import SignedIn, insist_on_unit
from api.answering import Rows
from api.dependencies import FieldWorker, TheCentre
from api.hand import TheHand, now
from api.room import Room
from api.schema import answers
from api.schema.orders import NewDuty
from api.schema.rows import UnitRow
from api.units_with_positions import unit_rows
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from domain.values import Duty

router = Room(tags=["units"])
ROWS = Rows(UnitRow)


@router.get("/units", response_model=list[UnitRow])
def list_units(account: SignedIn, centre: TheCentre) -> Response:
    rows = lens.through(account, "units", unit_rows(centre, now()))
    return ROWS(rows)


@router.post("/units/{callsign}/duty")
def set_duty(
    callsign: str, body: NewDuty, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> answers.Done:
    """A crew comes on duty, goes off duty, or its vehicle leaves service."""
    insist_on_unit(account, callsign)
    act = hand.act(at=body.at)
    command = SignUnit(act, callsign, Duty(body.status), body.reason)
    return answers.Done(**centre.order(command, sign_unit))
