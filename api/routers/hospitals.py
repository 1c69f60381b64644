"""Hospitals: beds and diversion, kept up to date by themselves."""

from fastapi import Response

from api import lens
from api.accounts.guard import SignedIn, insist_on_hospital
from api.answering import Rows
from api.dependencies import HospitalDesk, TheCentre
from api.hand import TheHand
from api.room import Room
from api.schema import answers
from api.schema.hospitals import KeptHours, SaidService
from api.schema.orders import BedReport, NewDiversion
from api.schema.rows import HospitalRow
from dispatch.handlers.divert_hospital import EndDiversion, StartDiversion, end_diversion, start_diversion
from dispatch.handlers.report_beds import ReportBeds, report_beds
from dispatch.handlers.set_services import KeepHours, SayService, keep_hours, say_service
from domain.values import BedCount

router = Room(prefix="/hospitals", tags=["hospitals"])
ROWS = Rows(HospitalRow)


@router.get("", response_model=list[HospitalRow])
def list_hospitals(account: SignedIn, centre: TheCentre) -> Response:
    rows = lens.through(account, "hospitals", centre.views.rows("hospitals"))
    return ROWS(rows)


@router.put("/{hospital_id}/beds")
def count_beds(
    hospital_id: str, body: BedReport, hand: TheHand, account: HospitalDesk, centre: TheCentre
) -> answers.BedsReported:
    """What the hospital counts now. All kinds of one report, or none."""
    insist_on_hospital(account, hospital_id)
    beds = {kind: BedCount(count.staffed, count.occupied, count.blocked) for kind, count in body.beds.items()}
    command = ReportBeds(hand.act(at=body.at), hospital_id, beds)
    return answers.BedsReported(**centre.order(command, report_beds))


@router.put("/{hospital_id}/diversion")
def divert(
    hospital_id: str, body: NewDiversion, hand: TheHand, account: HospitalDesk, centre: TheCentre
) -> answers.Done:
    """Turn units away for a while. There is always an end; no services named means all."""
    insist_on_hospital(account, hospital_id)
    command = StartDiversion(hand.act(), hospital_id, body.reason, tuple(body.services), body.until)
    return answers.Done(**centre.order(command, start_diversion))


@router.delete("/{hospital_id}/diversion")
def receive_again(hospital_id: str, hand: TheHand, account: HospitalDesk, centre: TheCentre) -> answers.Done:
    """Take units again before the diversion would have ended by itself."""
    insist_on_hospital(account, hospital_id)
    return answers.Done(**centre.order(EndDiversion(hand.act(), hospital_id), end_diversion))


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
