"""Transfers between hospitals, and who has the say in them."""

from uuid import UUID, uuid4

from fastapi import Response

from api import lens
from api.accounts.guard import SignedIn, insist_on_hospital
from api.accounts.roles import Role
from api.answering import Rows
from api.dependencies import HospitalDesk, Supervisor, TheCentre
from api.hand import TheHand
from api.room import Room
from api.schema.answers import Done
from api.schema.care_rows import TransferRow
from api.schema.orders import Reason
from api.schema.transfers import (
    NewTransfer,
    TransferDecision,
    TransferModeBody,
    TransferModeRow,
    TransferTold,
)
from dispatch.handlers.transfers import (
    CancelTransfer,
    DecideTransfer,
    RequestTransfer,
    SwitchTransferMode,
    cancel_transfer,
    decide_transfer,
    mode_of,
    request_transfer,
    switch_transfer_mode,
    the_transfer,
)
from domain.base import natural_id
from domain.transfer import WARTIME, TransferMode

router = Room(tags=["transfers"])
ROWS = Rows(TransferRow)


@router.post("/transfers", status_code=201)
def request(body: NewTransfer, hand: TheHand, account: HospitalDesk, centre: TheCentre) -> TransferTold:
    """The hospital where the patient lies asks; the receiving one, or the coordinator, says yes or no."""
    insist_on_hospital(account, body.from_hospital_id)
    transfer_id = body.id or uuid4()
    names = ("request_transfer", transfer_id) if body.id else ()
    command = RequestTransfer(
        act=hand.act(*names, about=transfer_id),
        transfer_id=transfer_id,
        from_hospital_id=body.from_hospital_id,
        to_hospital_id=body.to_hospital_id,
        bed_kind=body.bed_kind,
        priority=body.priority,
        phone=body.phone,
        packet=body.packet.model_dump(exclude_none=True),
        not_before=body.not_before,
    )
    return TransferTold(**centre.order(command, request_transfer))


@router.get("/transfers", response_model=list[TransferRow])
def list_transfers(account: SignedIn, centre: TheCentre) -> Response:
    return ROWS(lens.through(account, "transfers", centre.views.rows("transfers")))


@router.post("/transfers/{transfer_id}/decision")
def decide(
    transfer_id: UUID, body: TransferDecision, hand: TheHand, account: HospitalDesk, centre: TheCentre
) -> TransferTold:
    """In peacetime the receiving hospital's word counts (the desk may say it for them, as on the telephone);
    in wartime the coordinator's, a supervisor of the centre."""
    transfer = the_transfer(centre.desk.log, transfer_id)
    wartime = mode_of(centre.desk.log, centre.city.id) == WARTIME
    coordinates = account.role in (Role.SUPERVISOR, Role.ADMIN)
    if not wartime:
        insist_on_hospital(account, transfer.to_hospital_id)
    command = DecideTransfer(
        act=hand.act(about=transfer_id),
        transfer_id=transfer_id,
        city_id=centre.city.id,
        voice="coordinator" if wartime and coordinates else "hospital",
        approved=body.approved,
        reason=body.reason,
        call_id=natural_id("calls", "of-transfer", transfer_id),
        incident_id=natural_id("incidents", "of-transfer", transfer_id),
    )
    return TransferTold(**centre.order(command, decide_transfer))


@router.post("/transfers/{transfer_id}/cancel")
def cancel(
    transfer_id: UUID, body: Reason, hand: TheHand, account: HospitalDesk, centre: TheCentre
) -> TransferTold:
    """It is not needed any more; once it is an incident, that is closed instead."""
    insist_on_hospital(account, the_transfer(centre.desk.log, transfer_id).from_hospital_id)
    command = CancelTransfer(hand.act(about=transfer_id), transfer_id, body.reason)
    return TransferTold(**centre.order(command, cancel_transfer))


@router.get("/transfer-mode")
def mode(_: SignedIn, centre: TheCentre) -> TransferModeRow:
    found = centre.desk.log.find(TransferMode, TransferMode.create_id(centre.city.id))
    if found is None:
        return TransferModeRow(mode="peacetime", history=[])
    return TransferModeRow.model_validate({"mode": found.mode, "history": found.history})


@router.put("/transfer-mode")
def switch(body: TransferModeBody, hand: TheHand, _: Supervisor, centre: TheCentre) -> Done:
    """From now on the other one says yes; what was said before stands."""
    command = SwitchTransferMode(hand.act(), centre.city.id, body.mode, body.reason)
    return Done(**centre.order(command, switch_transfer_mode))
