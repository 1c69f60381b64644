"""Stations: what they answer, and the cars they take for themselves and give back."""

from api import lens
from api.accounts.guard import SignedIn
from api.accounts.roles import Account, Role
from api.dependencies import StationDesk, TheCentre
from api.hand import TheHand
from api.room import Room
from api.routers.assignments import insist_on_station_or_unit
from api.schema import answers
from api.schema.assignments import StationBoardRow, StationCounts, StationUnit, Withdrawal
from api.schema.rows import Point
from dispatch.handlers.withdraw_unit import ReturnUnit, WithdrawUnit, return_unit, withdraw_unit
from domain.city import StationFacts
from projections.rows import Row

router = Room(tags=["stations"])


@router.get("/stations")
def stations(account: SignedIn, centre: TheCentre) -> list[StationBoardRow]:
    """Every station with its cars, and how it answered day by day; a hospital sees those that are its own."""
    units: dict[str, list[Row]] = {}
    for row in centre.views.rows("units"):
        units.setdefault(row["station_id"], []).append(row)
    counted = {row["id"]: row["days"] for row in centre.views.rows("station_days")}
    return [
        _board_row(each, units.get(each.id, []), counted.get(each.id, {}), account)
        for each in centre.city.stations
        if lens.sees_all(account) or account.role is not Role.HOSPITAL or each.hospital == account.hospital_id
    ]


@router.post("/units/{callsign}/withdraw")
def withdraw(
    callsign: str, body: Withdrawal, hand: TheHand, account: StationDesk, centre: TheCentre
) -> answers.Done:
    """The station wants its car for itself: it leaves ranking and coverage at once; never amid a run."""
    insist_on_station_or_unit(account, callsign, centre)
    command = WithdrawUnit(hand.act(), callsign, body.reason, body.until)
    return answers.Done(**centre.order(command, withdraw_unit))


@router.post("/units/{callsign}/return")
def give_back(callsign: str, hand: TheHand, account: StationDesk, centre: TheCentre) -> answers.Done:
    """The centre has it again, with the duty it had before."""
    insist_on_station_or_unit(account, callsign, centre)
    return answers.Done(**centre.order(ReturnUnit(hand.act(), callsign), return_unit))


def _board_row(
    facts: StationFacts, units: list[Row], days: dict[str, Row], account: Account
) -> StationBoardRow:
    """How often a station declined is between it and the centre."""
    counts = days if account.role is not Role.CREW else {}
    return StationBoardRow(
        id=facts.id,
        name=facts.name,
        position=Point(lat=facts.position.lat, lon=facts.position.lon),
        hospital_id=facts.hospital,
        ownership=facts.ownership.value,
        commitment=facts.commitment.value,
        commitment_assumed=facts.said_commitment is None,
        units=[StationUnit.model_validate({"withdrawn": None, **row}) for row in units],
        days=[StationCounts(day=day, **counts[day]) for day in sorted(counts, reverse=True)],
    )
