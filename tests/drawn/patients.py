"""Words of orders about patients with a tag: their colour, who takes them, and where to."""

from typing import Any
from uuid import UUID

from dispatch.handlers.enter_patients import NewPatient
from dispatch.handlers.patient_goes import BOARDING
from dispatch.handlers.spread_patients import Bound
from dispatch.one_incident import that_are_one
from domain.incident import Incident
from domain.patient import Patient, Stage
from domain.run import Run
from tests.builders import an_id
from tests.drawn.chooser import Chooser
from tests.drawn.words import Said, Word, mostly, one
from tests.drawn.world import ED, World


def _could_take(patient: Patient, world: World) -> list[Run]:
    """Runs at the scene of the patient's incident, or of the one that stands for it."""
    runs = [run for run in world.newest(Run) if run.milestone in BOARDING]
    return [run for run in runs if patient.incident_id in that_are_one(world.log, run.incident_id)]


def _can_move(patient: Patient, world: World, said: Said) -> bool:
    if patient.stage not in (Stage.AT_SCENE, Stage.ABOARD):
        return False
    return patient.run_id is not None or bool(_could_take(patient, world))


def _on_whom(world: World, chooser: Chooser, said: Said) -> UUID | None:
    patient = world.find(Patient, said["patient_id"])
    if patient is None or chooser.seldom():
        return chooser.one_of([run.id for run in world.newest(Run)] or [world.fresh("nobody's run")])
    others = [run.id for run in _could_take(patient, world) if run.id != patient.run_id]
    return chooser.one_of([*others, None] if patient.run_id is not None else [*others] or [None])


def _before_hospital(patient: Patient, world: World, said: Said) -> bool:
    return patient.before_hospital


def _somebody_to_send(incident: Incident, world: World, said: Said) -> bool:
    return bool(_to_send(incident.id, world))


def _to_send(incident_id: UUID, world: World) -> list[Patient]:
    patients = world.newest(Patient)
    return [each for each in patients if each.before_hospital and each.incident_id == incident_id]


def _spread(world: World, chooser: Chooser, said: Said) -> tuple[Bound, ...]:
    patients = world.newest(Patient) if chooser.seldom() else _to_send(said["incident_id"], world)
    return tuple(
        Bound(patient.id, chooser.one_of(world.hospital_names), ED)
        for patient in patients[: chooser.one_of([1, 2, 3])]
    )


def _new(world: World, chooser: Chooser, said: Said) -> tuple[NewPatient, ...]:
    tag = "T1" if chooser.seldom() else None
    return tuple(
        NewPatient(
            an_id(f"patient {world.count} {place}"),
            tag=tag,
            category=chooser.one_of(["red", "green", None]),
            age_band=chooser.one_of([None, "child", "aged" if chooser.seldom() else "adult"]),
            sex=chooser.one_of([None, "F", "X" if chooser.seldom() else "M"]),
        )
        for place in range(chooser.one_of([1, 2, 3, 0 if chooser.seldom() else 1]))
    )


def _triaged_by(world: World, chooser: Chooser, said: Said) -> Any:
    """A colour that somebody says, or none where it is found by the method."""
    return chooser.one_of([None, "red", "yellow", "pink" if chooser.seldom() else None])


WORDS: dict[str, Word] = {
    "EnterPatients.incident_id": one(Incident, lambda incident, world, said: incident.serving),
    "EnterPatients.patients": _new,
    "category": _triaged_by,
    "method": mostly("start", "jumpstart", odd=("guess",)),
    "findings": mostly(
        {"walks": True}, {"walks": False, "breathing": True, "rate": 40}, odd=({}, {"colour": 1})
    ),
    "TriagePatient.patient_id": one(
        Patient, lambda patient, world, said: patient.stage not in (Stage.HANDED_OVER, Stage.ENDED)
    ),
    "SendPatient.patient_id": one(Patient, _before_hospital),
    "EndPatient.patient_id": one(Patient, _before_hospital),
    "EndPatient.outcome": mostly("refused", "dead", "mistaken", odd=("flown away",)),
    "LoadPatient.patient_id": one(Patient, _can_move),
    "LoadPatient.run_id": _on_whom,
    "SpreadPatients.incident_id": one(Incident, _somebody_to_send),
    "bound": _spread,
}
