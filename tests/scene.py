"""A dispatch room in which patients get tags."""

from uuid import UUID

from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.enter_patients import EnterPatients, NewPatient, enter_patients
from dispatch.handlers.merge_incidents import MergeIncidents, merge_incidents
from dispatch.handlers.patient_goes import LoadPatient, SendPatient, load_patient, send_patient
from dispatch.handlers.undo_step import UndoStep, undo_step
from dispatch.patients import the_patient
from domain.patient import Patient
from tests.builders import Room, an_act, an_id, minutes

ED = "EmergencyDepartment"


class Scene(Room):
    """Its verbs carry out orders about patients."""

    def tag(self, incident_id: UUID, count: int = 1, **facts: object) -> list[UUID]:
        new = tuple(NewPatient(an_id(), **facts) for _ in range(count))
        told = self.carry_out(EnterPatients(an_act(), incident_id, new), enter_patients).body
        return [UUID(each["id"]) for each in told["patients"]]

    def patient(self, patient_id: UUID) -> Patient:
        return the_patient(self.log, patient_id)

    def bind(self, patient_id: UUID, hospital_id: str | None = "cho-ray", kind: str | None = ED) -> None:
        self.carry_out(SendPatient(an_act(), patient_id, hospital_id, kind), send_patient)

    def load(self, patient_id: UUID, run_id: UUID | None) -> None:
        self.carry_out(LoadPatient(an_act(minutes(3)), patient_id, run_id), load_patient)

    def at_scene(self, incident_id: UUID, unit: str = "C1", **facts: object) -> UUID:
        run_id = self.send(incident_id, unit, **facts)
        self.drive(run_id, "en_route", "on_scene")
        return run_id

    def merge(self, incident_id: UUID, into: UUID) -> None:
        self.carry_out(MergeIncidents(an_act(minutes(4)), incident_id, into), merge_incidents)

    def close(self, incident_id: UUID) -> None:
        self.carry_out(CloseIncident(an_act(), incident_id, "xong"), close_incident)

    def undo(self, run_id: UUID, minute: float = 20) -> str:
        """The last step of the run; which one it was."""
        order = UndoStep(an_act(minutes(minute)), run_id, None, "bấm nhầm")
        return str(self.carry_out(order, undo_step).body["undone"])
