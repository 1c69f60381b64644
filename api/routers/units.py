"""Units and where they are."""

from datetime import timedelta

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from api import lens
from api.accounts.guard import SignedIn, insist_on_unit
from api.accounts.roles import Account, Role
from api.answering import Rows
from api.centre import Centre
from api.dependencies import FieldWorker, TheCentre
from api.hand import TheHand, now
from api.measure import count_pings
from api.room import Room
from api.schema import answers
from api.schema.orders import NewDuty, NewPing
from api.schema.rows import UnitRow
from api.units_with_positions import unit_rows
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from domain.errors import BadPosition
from domain.values import Duty
from projections.positions import Ping

router = Room(tags=["units"])
ROWS = Rows(UnitRow)

MOST_PINGS = 5_000
FEW_PINGS = 50
OLDEST = timedelta(days=3)
"""A phone may come back from a long tunnel; a ping from last year is a wrong clock."""


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


@router.post("/pings", status_code=202)
async def pings(body: list[NewPing], account: FieldWorker, centre: TheCentre) -> answers.PingsTaken:
    """Position reports, a batch. Each is judged by its own time; a bad one does not spoil the others."""
    if len(body) <= FEW_PINGS:  # heard at once: nothing is waited for, and a thread would cost more
        return _hear(body, account, centre)
    return await run_in_threadpool(_hear, body, account, centre)


def _hear(body: list[NewPing], account: Account, centre: Centre) -> answers.PingsTaken:
    moment = now()
    taken, unknown, refused = [], set(), []
    if account.role is Role.CREW:
        for ping in body:
            insist_on_unit(account, ping.callsign)
    for place, ping in enumerate(body[:MOST_PINGS]):
        if centre.views.row("units", ping.callsign) is None:
            unknown.add(ping.callsign)
            continue
        if ping.at < moment - OLDEST:
            refused.append(f"{place}: {ping.at.isoformat()} is more than {OLDEST.days} days ago")
            continue
        try:
            taken.append(Ping(**ping.model_dump()))
        except BadPosition as fault:
            refused.append(f"{place}: {fault}")
    if len(body) > MOST_PINGS:
        refused.append(f"{MOST_PINGS}: a batch holds at most {MOST_PINGS} pings; the rest was not read")
    outcomes = centre.telemetry.take(taken, moment)
    count_pings("http", outcomes)
    return answers.PingsTaken(
        accepted=len(taken), outcomes=outcomes, unknown=sorted(unknown), refused=refused
    )
