"""What becomes of one patient with a tag: sorted, bound for a hospital, put aboard, or not going at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from dispatch import checks
from dispatch.application import DispatchLog
from dispatch.beds import Beds
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.handlers.enter_patients import category
from dispatch.one_incident import roll_of, that_are_one, that_stands_for
from dispatch.patients import bind, leave, the_patient
from dispatch.policies.colours import colour
from domain.base import Aggregate
from domain.care_errors import CannotBoard, OtherIncident
from domain.errors import NotAChoice
from domain.patient import OUTCOMES, Patient
from domain.run import Run, refuse_the_future
from domain.values import Act, Milestone

BOARDING = (Milestone.ON_SCENE, Milestone.PATIENT_CONTACT, Milestone.TRANSPORTING)


@dataclass(frozen=True, slots=True)
class TriagePatient:
    """Findings by `method` (start, jumpstart), or a colour that somebody says."""

    act: Act
    patient_id: UUID
    category: str | None = None
    method: str = "said"
    findings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SendPatient:
    """`bed_kind` None: no bed is held, as no hospital ever blocks a dispatcher."""

    act: Act
    patient_id: UUID
    hospital_id: str | None
    bed_kind: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LoadPatient:
    """`run_id` None: off the run again."""

    act: Act
    patient_id: UUID
    run_id: UUID | None


@dataclass(frozen=True, slots=True)
class EndPatient:
    act: Act
    patient_id: UUID
    outcome: str


def triage_patient(command: TriagePatient, desk: Desk) -> Outcome:
    refuse_the_future(command.act.at, command.act.heard_at)
    patient = the_patient(desk.log, command.patient_id)
    if command.category is not None:
        found, method = category(command.category), "said"
    else:
        found, method = colour(command.method, command.findings).value, command.method
    patient.triage(found, method, dict(command.findings), command.act)
    return Outcome((patient,), {"id": str(patient.id), "tag": patient.tag, "category": found})


def send_patient(command: SendPatient, desk: Desk) -> Outcome:
    patient = the_patient(desk.log, command.patient_id)
    bed_kind = command.bed_kind if command.hospital_id else None
    if command.hospital_id is not None:
        desk.log.hospital(command.hospital_id)  # or UnknownHospital
        that_stands_for(desk.log, patient.incident_id).refuse_if_over()  # nobody would come for them
    beds = Beds(desk, command.act)
    reason = checks.optional_words("reason", command.reason, 200)
    bind(patient, command.hospital_id, bed_kind, reason, beds, command.act)
    answer = {"id": str(patient.id), "hospital_id": command.hospital_id, "bed_kind": bed_kind}
    return Outcome((patient, *beds.changed), answer)


def load_patient(command: LoadPatient, desk: Desk) -> Outcome:
    """Whoever has no destination yet takes over that of the run, and the bed that is held for it."""
    act, log = command.act, desk.log
    refuse_the_future(act.at, act.heard_at)
    patient = the_patient(log, command.patient_id)
    if patient.run_id != command.run_id:
        patient.refuse_overtaken_loading(command.run_id, act)
    roll = roll_of(log, patient.incident_id)
    assert roll is not None  # nobody has a tag without it
    answer = {"id": str(patient.id), "run_id": str(command.run_id) if command.run_id else None}
    if command.run_id is None:
        patient.alight(act)
        roll.load(patient.id, None, act)
        return Outcome((patient, roll), answer)
    run = log.run(command.run_id)
    _refuse_the_wrong_run(run, patient, log)
    patient.board(run.id, run.callsign, act)
    roll.load(patient.id, run.id, act)
    beds = Beds(desk, act)
    if patient.hospital_id is None and run.hospital_id is not None:
        beds.let_go(run.id, run.hospital_id, run.bed_kind)
        bind(patient, run.hospital_id, run.bed_kind, None, beds, act)
    elif (patient.hospital_id, patient.bed_kind) == (run.hospital_id, run.bed_kind):
        beds.let_go(run.id, run.hospital_id, run.bed_kind)  # the patient's own bed is enough
    if run.milestone == Milestone.TRANSPORTING:
        leave(patient, run, act)
    changed: list[Aggregate] = [patient, roll, *beds.changed]
    return Outcome(tuple(changed), answer)


def end_patient(command: EndPatient, desk: Desk) -> Outcome:
    """Treated where they lay, refused, dead, or tagged by mistake: the bed is free for others."""
    if command.outcome not in OUTCOMES:
        raise NotAChoice(field="outcome", value=command.outcome[:40], known=", ".join(OUTCOMES))
    patient = the_patient(desk.log, command.patient_id)
    beds = Beds(desk, command.act)
    beds.let_go(patient.id, patient.hospital_id, patient.bed_kind)
    patient.end(command.outcome, command.act)
    changed: list[Aggregate] = [patient, *beds.changed]
    roll = roll_of(desk.log, patient.incident_id)
    if roll is not None:
        roll.load(patient.id, None, command.act)
        changed.append(roll)
    return Outcome(tuple(changed), {"id": str(patient.id), "outcome": command.outcome})


def _refuse_the_wrong_run(run: Run, patient: Patient, log: DispatchLog) -> None:
    if patient.incident_id not in that_are_one(log, run.incident_id):
        raise OtherIncident(
            tag=patient.tag,
            patient_incident=patient.incident_number,
            callsign=run.callsign,
            run_incident=run.incident_number,
        )
    if run.is_over or run.milestone not in BOARDING:
        raise CannotBoard(callsign=run.callsign, status=run.milestone)
