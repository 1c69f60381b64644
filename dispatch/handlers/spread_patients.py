"""A spread of casualties over hospitals is accepted: one save holds all beds, or it says for whom not."""

from dataclasses import dataclass
from uuid import UUID

from dispatch.beds import Beds
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.one_incident import that_are_one
from dispatch.patients import bind, the_patient
from domain.care_errors import OtherIncident, SpreadFails
from domain.errors import NoBedFree
from domain.patient import Patient
from domain.values import Act


@dataclass(frozen=True, slots=True)
class Bound:
    patient_id: UUID
    hospital_id: str
    bed_kind: str


@dataclass(frozen=True, slots=True)
class SpreadPatients:
    act: Act
    incident_id: UUID
    bound: tuple[Bound, ...]


def spread_patients(command: SpreadPatients, desk: Desk) -> Outcome:
    incident = desk.log.incident(command.incident_id)
    incident.refuse_if_over()
    one = that_are_one(desk.log, incident.id)
    beds = Beds(desk, command.act)
    patients: dict[UUID, Patient] = {}
    failed: list[Patient] = []
    for each in command.bound:
        patient = patients.get(each.patient_id) or the_patient(desk.log, each.patient_id)
        if patient.incident_id not in one:
            raise OtherIncident(
                tag=patient.tag,
                patient_incident=patient.incident_number,
                callsign="-",
                run_incident=incident.number,
            )
        patients[patient.id] = patient
        try:
            bind(patient, each.hospital_id, each.bed_kind, None, beds, command.act)
        except NoBedFree:
            failed.append(patient)
    if failed:
        raise SpreadFails(
            tags=", ".join(sorted(patient.tag for patient in failed)),
            failed=[str(patient.id) for patient in failed],
        )
    answer = {"incident_id": str(incident.id), "bound": len(patients)}
    return Outcome((*patients.values(), *beds.changed), answer)
