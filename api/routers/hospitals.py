"""Hospitals: beds and diversion, kept up to date by themselves."""

from datetime import datetime

from fastapi import Response

from api import lens
from api.accounts.guard import SignedIn, insist_on_hospital
from api.answering import Rows
from api.dependencies import HospitalDesk, TheCentre
from api.hand import TheHand, now
from api.room import Room
from api.routers.history import past_views
from api.schema import answers
from api.schema.hospitals import KeptHours, SaidService
from api.schema.orders import BedReport, Moment, NewDiversion
from api.schema.rows import HospitalRow
from dispatch.handlers.divert_hospital import EndDiversion, StartDiversion, end_diversion, start_diversion
from dispatch.handlers.report_beds import ReportBeds, report_beds
from dispatch.handlers.set_services import KeepHours, SayService, keep_hours, say_service
from domain.errors import UnknownHospital
from projections.rows import Row

router = Room(prefix="/hospitals", tags=["hospitals"])
ROWS = Rows(HospitalRow)


@router.get("", response_model=list[HospitalRow])
def list_hospitals(account: SignedIn, centre: TheCentre, at: Moment | None = None) -> Response:
    """As they stand; with `at`, as they were known to dispatch at that instant."""
    return ROWS(lens.through(account, "hospitals", _rows(centre, at)))


@router.get("/{hospital_id}")
def one_hospital(
    hospital_id: str, account: SignedIn, centre: TheCentre, at: Moment | None = None
) -> HospitalRow:
    """One of them, now or as it was known to dispatch at an instant."""
    mine = [row for row in _rows(centre, at) if row["id"] == hospital_id]
    seen = lens.through(account, "hospitals", mine)
    if not seen:
        raise UnknownHospital(hospital_id=hospital_id)
    return HospitalRow.model_validate(seen[0])


def _rows(centre: TheCentre, at: datetime | None) -> list[Row]:
    if at is None or at >= now():
        return centre.views.rows("hospitals")
    return past_views(centre, at, "hospitals").rows("hospitals")


@router.put("/{hospital_id}/beds")
def count_beds(
    hospital_id: str, body: BedReport, hand: TheHand, account: HospitalDesk, centre: TheCentre
) -> answers.BedsReported:
    """What the hospital counts now. All kinds of one report, or none; kinds not named stay as they are."""
    insist_on_hospital(account, hospital_id)
    command = ReportBeds(hand.act(at=body.at), hospital_id, body.counted(), body.seen())
    return answers.BedsReported(**centre.order(command, report_beds))


@router.put("/{hospital_id}/diversion")
def divert(
    hospital_id: str, body: NewDiversion, hand: TheHand, account: HospitalDesk, centre: TheCentre
) -> answers.Done:
    """Turn units away for a while. There is always an end; no services named means all."""
    insist_on_hospital(account, hospital_id)
    command = StartDiversion(hand.act(at=body.at), hospital_id, body.reason, tuple(body.services), body.until)
    return answers.Done(**centre.order(command, start_diversion))


@router.delete("/{hospital_id}/diversion")
def receive_again(
    hospital_id: str, hand: TheHand, account: HospitalDesk, centre: TheCentre, at: Moment | None = None
) -> answers.Done:
    """Take units again before the diversion would have ended by itself; `at` as of a diversion."""
    insist_on_hospital(account, hospital_id)
    return answers.Done(**centre.order(EndDiversion(hand.act(at=at), hospital_id), end_diversion))


@router.put("/{hospital_id}/hours")
def hours(
    hospital_id: str, body: KeptHours, hand: TheHand, account: HospitalDesk, centre: TheCentre
) -> answers.Done:
    """When its services are open, by the clock on its wall. All that is not always open is named at once."""
    insist_on_hospital(account, hospital_id)
    kept = {service: tuple(texts) for service, texts in body.hours.items()}
    return answers.Done(**centre.order(KeepHours(hand.act(), hospital_id, kept), keep_hours))


@router.put("/{hospital_id}/services")
def services(
    hospital_id: str, body: SaidService, hand: TheHand, account: HospitalDesk, centre: TheCentre
) -> answers.Done:
    """Open or close one service for now, whatever its hours say; without an end its hours count again."""
    insist_on_hospital(account, hospital_id)
    command = SayService(hand.act(), hospital_id, body.service, body.open, body.until, body.reason)
    return answers.Done(**centre.order(command, say_service))
