"""Transfers between hospitals: asked for, approved by whoever has the say, and then an incident."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from dispatch import checks
from dispatch.application import DispatchLog
from dispatch.beds import Beds
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.policies.triage import needs_of
from domain.base import Aggregate
from domain.call import Call
from domain.care_errors import NotYoursToApprove, UnknownTransfer
from domain.day_book import DayBook
from domain.errors import IdUsedTwice, NoBedFree
from domain.hospital import Hospital
from domain.incident import Incident
from domain.transfer import PEACETIME, WARTIME, Transfer, TransferMode, refuse_a_circle
from domain.values import Act

Voice = Literal["hospital", "coordinator"]


@dataclass(frozen=True, slots=True)
class RequestTransfer:
    """`packet` is plain JSON: who the patient is, as far as the way needs it."""

    act: Act
    transfer_id: UUID
    from_hospital_id: str
    to_hospital_id: str
    bed_kind: str
    priority: str
    phone: str
    packet: Mapping[str, Any]
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class DecideTransfer:
    """`voice`: for whom the account speaks, the receiving hospital or the coordinator."""

    act: Act
    transfer_id: UUID
    city_id: str
    voice: Voice
    approved: bool
    reason: str | None
    call_id: UUID
    incident_id: UUID


@dataclass(frozen=True, slots=True)
class CancelTransfer:
    act: Act
    transfer_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class BeginTransfer:
    act: Act
    transfer_id: UUID
    call_id: UUID
    incident_id: UUID


@dataclass(frozen=True, slots=True)
class SwitchTransferMode:
    act: Act
    city_id: str
    mode: Literal["peacetime", "wartime"]
    reason: str


def request_transfer(command: RequestTransfer, desk: Desk) -> Outcome:
    log = desk.log
    if log.taken(command.transfer_id):
        raise IdUsedTwice(command_id=command.transfer_id)
    sender, receiver = log.hospital(command.from_hospital_id), log.hospital(command.to_hospital_id)
    refuse_a_circle(sender.hospital_id, receiver.hospital_id, sender.name)
    log.ledger(receiver, command.bed_kind)  # or UnknownBedKind
    transfer = Transfer(
        transfer_id=command.transfer_id,
        from_hospital_id=sender.hospital_id,
        to_hospital_id=receiver.hospital_id,
        bed_kind=command.bed_kind,
        priority=checks.priority(command.priority),
        phone=checks.phone(command.phone),
        packet=dict(command.packet),
        not_before=command.not_before,
        act=command.act,
    )
    return Outcome((transfer,), {"id": str(transfer.id), "state": transfer.state})


def decide_transfer(command: DecideTransfer, desk: Desk) -> Outcome:
    """Yes makes it an incident at once, or half an hour before it may leave."""
    transfer = the_transfer(desk.log, command.transfer_id)
    mode = mode_of(desk.log, command.city_id)
    wanted: Voice = "coordinator" if mode == WARTIME else "hospital"
    if command.voice != wanted:
        raise NotYoursToApprove(
            mode=mode,
            approver="coordinator" if mode == WARTIME else "receiving hospital",
            approver_vi="điều phối viên" if mode == WARTIME else "bệnh viện nhận",
        )
    changed: list[Aggregate] = [transfer]
    if not command.approved:
        transfer.reject(mode, command.voice, checks.words("reason", command.reason or "", 200), command.act)
    else:
        transfer.approve(mode, command.voice, command.act)
        if _is_due(transfer, desk, command.act):
            changed += _begin(transfer, command.call_id, command.incident_id, desk, command.act)
    return Outcome(tuple(changed), _told(transfer))


def cancel_transfer(command: CancelTransfer, desk: Desk) -> Outcome:
    transfer = the_transfer(desk.log, command.transfer_id)
    transfer.cancel(checks.words("reason", command.reason, 200), command.act)
    return Outcome((transfer,), _told(transfer))


def begin_transfer(command: BeginTransfer, desk: Desk) -> Outcome:
    """The clock says that an approved transfer may leave soon."""
    transfer = the_transfer(desk.log, command.transfer_id)
    changed: list[Aggregate] = [transfer]
    if transfer.state == "approved" and _is_due(transfer, desk, command.act):
        changed += _begin(transfer, command.call_id, command.incident_id, desk, command.act)
    return Outcome(tuple(changed), _told(transfer))


def switch_transfer_mode(command: SwitchTransferMode, desk: Desk) -> Outcome:
    mode = desk.log.find(TransferMode, TransferMode.create_id(command.city_id))
    mode = mode or TransferMode(city_id=command.city_id, act=command.act)
    mode.switch(command.mode, checks.words("reason", command.reason, 200), command.act)
    return Outcome((mode,), {"mode": mode.mode})


def the_transfer(log: DispatchLog, transfer_id: UUID) -> Transfer:
    found = log.find(Transfer, transfer_id)
    if found is None:
        raise UnknownTransfer(transfer_id=transfer_id)
    return found


def mode_of(log: DispatchLog, city_id: str) -> str:
    found = log.find(TransferMode, TransferMode.create_id(city_id))
    return found.mode if found is not None else PEACETIME


def _is_due(transfer: Transfer, desk: Desk, act: Act) -> bool:
    lead = timedelta(seconds=desk.rules.transfers.lead_s)
    return transfer.not_before is None or transfer.not_before - lead <= act.heard_at


def _begin(transfer: Transfer, call_id: UUID, incident_id: UUID, desk: Desk, act: Act) -> list[Aggregate]:
    """The ward's call, the incident it opens where the patient lies now, and the bed that waits for them."""
    log = desk.log
    for fresh in (call_id, incident_id):
        if log.taken(fresh):
            raise IdUsedTwice(command_id=fresh)
    sender, receiver = log.hospital(transfer.from_hospital_id), log.hospital(transfer.to_hospital_id)
    call = Call(
        phone=transfer.phone,
        caller_name=sender.name,
        position=sender.position,
        address=sender.name,
        complaint=_complaint(receiver, transfer),
        act=act,
        call_id=call_id,
    )
    day = act.at.astimezone(desk.timezone).date().isoformat()
    book = log.day_book(day) or DayBook(day=day, act=act)
    number = book.next_number(act)
    incident = Incident(
        number=number,
        call_id=call.id,
        position=sender.position,
        address=sender.name,
        complaint=call.complaint,
        determinant=None,
        priority=transfer.priority,
        patients=1,
        needs=replace(needs_of(transfer.priority), bed_kind=transfer.bed_kind, speciality=None),
        act=act,
        incident_id=incident_id,
    )
    call.join(incident.id, act)
    transfer.begin(incident.id, number, act)
    beds = Beds(desk, act)
    with suppress(NoBedFree):  # whoever said yes knows of one that we do not: nobody is kept waiting for it
        beds.keep(incident, receiver.hospital_id, transfer.bed_kind)
    return [incident, call, book, *beds.changed]


def _complaint(receiver: Hospital, transfer: Transfer) -> str:
    told = str(transfer.packet.get("condition") or "").strip()
    return f"Chuyển viện đến {receiver.name}" + (f": {told}" if told else "")


def _told(transfer: Transfer) -> dict[str, Any]:
    incident_id = str(transfer.incident_id) if transfer.incident_id else None
    return {"id": str(transfer.id), "state": transfer.state, "incident_id": incident_id}
