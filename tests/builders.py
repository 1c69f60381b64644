"""Small builders, so that a test says only what matters to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from dispatch.application import DispatchLog, memory_log
from dispatch.commands import Answer, carry_out
from dispatch.desk import Desk
from dispatch.handlers.assign_unit import AssignUnit, assign_unit
from dispatch.handlers.open_incident import OpenIncident, open_incident
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from dispatch.handlers.redirect_run import RedirectRun, redirect_run
from dispatch.handlers.report_beds import ReportBeds, report_beds
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from dispatch.policies.destination import BedsNow, HospitalNow
from dispatch.policies.send import UnitNow
from dispatch.protocol_file import shipped_protocols
from domain.base import Aggregate
from domain.bed_ledger import BedLedger
from domain.call import Call
from domain.hospital import Hospital
from domain.incident import Incident
from domain.run import Run
from domain.unit import Unit
from domain.values import Act, BedCount, Duty, Needs, Position
from tests.fakes import FakeRoads

SAIGON = timezone(timedelta(hours=7))
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=SAIGON)
HERE = Position(10.7769, 106.7009)
_fresh = count(1)


def an_id(name: object = None) -> UUID:
    """The same name, the same id; without a name a fresh one."""
    return uuid5(NAMESPACE_URL, f"tests/{name if name is not None else next(_fresh)}")


def minutes(number: float, since: datetime = NOON) -> datetime:
    return since + timedelta(minutes=number)


def seconds(number: float, since: datetime = NOON) -> datetime:
    return since + timedelta(seconds=number)


def an_act(
    at: datetime = NOON,
    heard_at: datetime | None = None,
    actor: str = "dispatcher",
    command_id: UUID | None = None,
) -> Act:
    order = command_id or an_id()
    return Act(at, heard_at or at, actor, order, order)


def happened(aggregate: Aggregate) -> list[str]:
    """The names of the facts not saved yet, in their order."""
    return [type(fact).__name__ for fact in aggregate.pending_events]


# --- things ---------------------------------------------------------------------------------------


def a_unit(
    callsign: str = "C1",
    kind: str = "van",
    capabilities: Sequence[str] = ("ALS",),
    on_duty: bool = True,
) -> Unit:
    unit = Unit(
        callsign=callsign, kind=kind, capabilities=tuple(capabilities), station_id="centre", act=an_act()
    )
    if on_duty:
        unit.sign(Duty.ON_DUTY, None, an_act())
    return unit


def a_call(call_id: UUID | None = None, position: Position | None = HERE) -> Call:
    return Call(
        phone="0903 115 115",
        caller_name="Nguyễn Thị Hạnh",
        position=position,
        address="12 Lê Lợi",
        complaint="Đau ngực",
        act=an_act(),
        call_id=call_id or an_id(),
    )


def an_incident(incident_id: UUID | None = None, call_id: UUID | None = None) -> Incident:
    return Incident(
        number=7,
        call_id=call_id or an_id(),
        position=HERE,
        address="12 Lê Lợi",
        complaint="Đau ngực",
        determinant="chest_pain",
        priority="P1",
        patients=1,
        needs=Needs(("ALS", "transport"), "EmergencyDepartment", "pci"),
        act=an_act(),
        incident_id=incident_id or an_id(),
    )


def a_run(run_id: UUID | None = None, hospital_id: str | None = "cho-ray", at: datetime = NOON) -> Run:
    return Run(
        incident_id=an_id("an incident"),
        incident_number=7,
        unit_id=Unit.create_id("C1"),
        callsign="C1",
        hospital_id=hospital_id,
        bed_kind="EmergencyDepartment" if hospital_id else None,
        decision_id=None,
        override_reason=None,
        eta_s=240.0,
        act=an_act(at),
        run_id=run_id or an_id(),
    )


def a_hospital(hospital_id: str = "cho-ray", name: str = "Bệnh viện Chợ Rẫy") -> Hospital:
    return Hospital(
        hospital_id=hospital_id,
        code="CR",
        name=name,
        name_en="Cho Ray Hospital",
        position=Position(10.7578, 106.6594),
        specialities=("trauma", "stroke"),
        act=an_act(),
    )


def a_ledger(staffed: int = 2, hospital_id: str = "cho-ray", kind: str = "EmergencyDepartment") -> BedLedger:
    return BedLedger(hospital_id=hospital_id, kind=kind, staffed=staffed, act=an_act())


def a_unit_now(callsign: str = "C1", **other: Any) -> UnitNow:
    """A free ALS van, its position just heard."""
    unit = UnitNow(
        unit_id=str(Unit.create_id(callsign)),
        callsign=callsign,
        kind="van",
        capabilities=("ALS",),
        duty="on_duty",
        incident_number=None,
        position=HERE,
        position_at=NOON,
    )
    return msgspec.structs.replace(unit, **other)


def a_hospital_now(hospital_id: str = "cho-ray", **other: Any) -> HospitalNow:
    """A hospital with two emergency beds, counted just now, that does everything and diverts nobody."""
    hospital = HospitalNow(
        hospital_id=hospital_id,
        name=hospital_id.title(),
        position=HERE,
        specialities=("general", "trauma", "stroke", "pci"),
        beds={"EmergencyDepartment": BedsNow(2, NOON)},
        diverting_until=None,
        diverted_services=(),
    )
    return replace(hospital, **other)


# --- the room -------------------------------------------------------------------------------------


def a_desk(log: DispatchLog | None = None, **other: Any) -> Desk:
    settings: dict[str, Any] = {"roads": FakeRoads(), "protocols": shipped_protocols(), "timezone": SAIGON}
    return Desk(log=log or memory_log(), **{**settings, **other})


def no_pause(attempt: int) -> None:
    """Nobody waits in a test."""


class Room:
    """A dispatch room over one log: its verbs carry orders out as the real one does."""

    def __init__(
        self,
        log: DispatchLog | None = None,
        units: Iterable[str] = ("C1", "T1"),
        beds: Mapping[str, int] | None = None,
    ) -> None:
        """units : callsigns, all on duty; beds : staffed emergency beds by hospital."""
        self.desk = a_desk(log)
        self.log = self.desk.log
        if self.log.position() == 0:
            opening: list[Aggregate] = [_by_callsign(callsign) for callsign in units]
            for hospital_id, staffed in (beds if beds is not None else {"cho-ray": 2}).items():
                opening.append(a_hospital(hospital_id, name=hospital_id.replace("-", " ").title()))
                opening.append(a_ledger(staffed, hospital_id))
            self.log.record(*opening)

    def carry_out(self, command: Any, handler: Any) -> Answer:
        return carry_out(command, handler, self.desk, no_pause)

    def call(self, name: object = None, at: datetime = NOON) -> UUID:
        call_id = an_id(name)
        order = ReceiveCall(an_act(at), call_id, "0903115115", None, HERE, None, "Đau ngực")
        self.carry_out(order, receive_call)
        return call_id

    def incident(self, priority: str | None = "P1", at: datetime = NOON, call_id: UUID | None = None) -> UUID:
        call_id = call_id or self.call(at=at)
        order = OpenIncident(an_act(at), an_id(), call_id, HERE, None, priority, 1)
        return UUID(self.carry_out(order, open_incident).body["id"])

    def order_to_send(
        self,
        incident_id: UUID,
        unit: str = "C1",
        hospital_id: str | None = "cho-ray",
        bed_kind: str | None = "EmergencyDepartment",
        at: datetime = NOON,
        **other: Any,
    ) -> AssignUnit:
        order = AssignUnit(
            an_act(at), an_id(), incident_id, unit, hospital_id, bed_kind, None, None, None, None
        )
        return replace(order, **other)

    def send(self, incident_id: UUID, *args: Any, **other: Any) -> UUID:
        order = self.order_to_send(incident_id, *args, **other)
        self.carry_out(order, assign_unit)
        return order.run_id

    def report(self, run_id: UUID, milestone: str, at: datetime = NOON) -> Answer:
        return self.carry_out(ReportMilestone(an_act(at), run_id, milestone, None, None), report_milestone)

    def drive(self, run_id: UUID, *milestones: str, start: float = 1) -> None:
        """Report one milestone a minute, the first `start` minutes after noon."""
        for minute, milestone in enumerate(milestones):
            self.report(run_id, milestone, at=minutes(start + minute))

    def redirect(
        self, run_id: UUID, hospital_id: str | None, bed_kind: str | None = "EmergencyDepartment"
    ) -> Answer:
        return self.carry_out(RedirectRun(an_act(), run_id, hospital_id, bed_kind, None), redirect_run)

    def beds(self, hospital_id: str, staffed: int, occupied: int, at: datetime = NOON) -> Answer:
        counts = {"EmergencyDepartment": BedCount(staffed, occupied)}
        return self.carry_out(ReportBeds(an_act(at), hospital_id, counts), report_beds)

    def sign(self, callsign: str, duty: Duty, at: datetime = NOON) -> Answer:
        return self.carry_out(SignUnit(an_act(at), callsign, duty, None), sign_unit)

    def ledger(self, hospital_id: str = "cho-ray") -> BedLedger:
        return self.log.ledger(self.log.hospital(hospital_id), "EmergencyDepartment")


def _by_callsign(callsign: str) -> Unit:
    if callsign.startswith("M"):
        return a_unit(callsign, "motorbike", ("BLS", "motorbike"))
    return a_unit(callsign, capabilities=("ALS",) if callsign.startswith("C") else ("BLS",))
