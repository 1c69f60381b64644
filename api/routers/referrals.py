"""Between runs and hospitals: is there room, what is coming, when, and how long the door took."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query

from api.accounts.errors import NotYourHospital
from api.accounts.guard import SignedIn, insist_on_hospital, insist_on_unit
from api.accounts.roles import Role
from api.dependencies import FieldWorker, HospitalDesk, TheCentre
from api.expected import inbound_board
from api.hand import TheHand, now
from api.next_hospital import next_hospital, other_hospitals
from api.room import Room
from api.schema import answers
from api.schema.answers import RankedHospitalRow, RejectedHospitalRow
from api.schema.care import AcceptanceBody, Destinations, Handovers, InboundBoard, NewPreAlert
from api.schema.orders import Moment
from dispatch.handlers.answer_referral import AnswerReferral, PreAlert, answer_referral, pre_alert
from dispatch.policies.news2 import NEWS2_FROM_YEARS, News2, Vitals, news2
from domain.errors import UnknownHospital
from projections.handovers import handovers_at
from projections.rows import Row, moment

router = Room(tags=["hospitals"])
A_DAY = timedelta(days=1)


@router.post("/runs/{run_id}/acceptance")
def answer(
    run_id: UUID, body: AcceptanceBody, hand: TheHand, account: HospitalDesk, centre: TheCentre
) -> answers.Done:
    """The hospital takes the patient, or asks for another; the ambulance drives on all the while."""
    hospital_id = body.hospital_id or account.hospital_id or centre.desk.log.run(run_id).hospital_id or ""
    insist_on_hospital(account, hospital_id)
    run = centre.desk.log.run(run_id)
    if account.role is Role.HOSPITAL and run.hospital_id != hospital_id:
        raise NotYourHospital(username=account.username, hospital_id=run.hospital_id)
    proposed = next_hospital(centre, str(run_id)) if body.answer == "redirect" else None
    command = AnswerReferral(hand.act(about=run_id), run_id, hospital_id, body.answer, body.reason, proposed)
    return answers.Done(**centre.order(command, answer_referral))


@router.post("/runs/{run_id}/pre-alert")
def alert(
    run_id: UUID, body: NewPreAlert, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> answers.Done:
    """What the crew tells of its patient, in place of what it told before; another hospital sees it too."""
    insist_on_unit(account, centre.desk.log.run(run_id).callsign)
    packet: dict[str, Any] = body.model_dump(exclude_none=True, exclude={"at"})
    if (found := _scored(body)) is not None:
        packet["news2"] = {"score": found.score, "risk": found.risk}
    return answers.Done(
        **centre.order(PreAlert(hand.act(at=body.at, about=run_id), run_id, packet), pre_alert)
    )


@router.get("/runs/{run_id}/destinations")
def destinations(run_id: UUID, account: FieldWorker, centre: TheCentre) -> Destinations:
    """Where this run could go instead, from where it is now; who sent it on is not asked again."""
    insist_on_unit(account, centre.desk.log.run(run_id).callsign)
    found = other_hospitals(centre, str(run_id))
    roads = centre.desk.roads
    return Destinations(
        run_id=str(run_id),
        hospitals=[RankedHospitalRow.model_validate(row, from_attributes=True) for row in found.hospitals],
        hospitals_rejected=[
            RejectedHospitalRow.model_validate(row, from_attributes=True) for row in found.rejected
        ],
        map_version=roads.map_version,
        traffic_version=roads.traffic_version,
    )


@router.get("/hospitals/{hospital_id}/inbound")
def inbound(hospital_id: str, account: HospitalDesk, centre: TheCentre) -> InboundBoard:
    """Who comes, with what, and when: by road from the newest position."""
    insist_on_hospital(account, hospital_id)
    return InboundBoard.model_validate(inbound_board(centre, hospital_id))


@router.get("/hospitals/{hospital_id}/handovers")
def handovers(
    hospital_id: str,
    account: SignedIn,
    centre: TheCentre,
    from_: Annotated[Moment | None, Query(alias="from")] = None,
    to: Moment | None = None,
) -> Handovers:
    """How long crews stood at the door, of the last day unless said otherwise, and who stands there now."""
    if account.role is Role.HOSPITAL:
        insist_on_hospital(account, hospital_id)
    if centre.row("hospitals", hospital_id) is None:
        raise UnknownHospital(hospital_id=hospital_id)
    last = to or now()
    first = from_ or last - A_DAY
    late_s = centre.city.targets.handover.amber_s
    told = handovers_at(hospital_id, _runs_since(centre, first), moment(first), moment(last), late_s)
    return Handovers.model_validate(told)


def _scored(told: NewPreAlert) -> News2 | None:
    """None where a measurement is missing, and for a child: the score is made for grown people."""
    measured = told.vitals.model_dump() if told.vitals is not None else {}
    child = told.age_years is not None and told.age_years < NEWS2_FROM_YEARS
    if child or not measured or None in measured.values():
        return None
    return news2(Vitals(**measured))


def _runs_since(centre: TheCentre, first: datetime) -> list[Row]:
    """What is in memory reaches a day back; for more, those at rest are read too."""
    awake = {row["id"]: row for row in centre.views.rows("runs")}
    if first > now() - A_DAY + timedelta(minutes=5):
        return list(awake.values())
    stored = {row["id"]: row for row in centre.stores.views.rows_at("runs", centre.views.position)}
    return list({**stored, **awake}.values())
