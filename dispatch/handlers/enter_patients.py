"""Patients of an incident get tags: one by one, or many at once by counts of colours."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.one_incident import roll_of
from domain.care_errors import BadCategory
from domain.casualty import Category
from domain.errors import IdUsedTwice, NotAChoice
from domain.patient import AGE_BANDS, SEXES, Patient
from domain.roll import Roll
from domain.run import refuse_the_future
from domain.values import Act


@dataclass(frozen=True, slots=True)
class NewPatient:
    """`tag` None: the next number of the incident."""

    patient_id: UUID
    tag: str | None = None
    category: str | None = None
    age_band: str | None = None
    sex: str | None = None


@dataclass(frozen=True, slots=True)
class EnterPatients:
    act: Act
    incident_id: UUID
    patients: tuple[NewPatient, ...]


def enter_patients(command: EnterPatients, desk: Desk) -> Outcome:
    """All of them or none. Raises IncidentOver, IncidentMerged."""
    act, log = command.act, desk.log
    refuse_the_future(act.at, act.heard_at)
    incident = log.incident(command.incident_id)
    for new in command.patients:
        if log.taken(new.patient_id):
            raise IdUsedTwice(command_id=new.patient_id)
    wanted = {new.patient_id: _tag(new.tag) for new in command.patients}
    if len(wanted) < len(command.patients):
        raise IdUsedTwice(command_id=command.patients[0].patient_id)
    roll = roll_of(log, incident.id)
    if roll is None:
        roll = Roll(incident_id=incident.id, incident_number=incident.number, act=act)
    tags = roll.tag(wanted, act)
    incident.tag_patients(len(tags), act)
    patients = [
        Patient(
            patient_id=new.patient_id,
            incident_id=incident.id,
            incident_number=incident.number,
            tag=tag,
            category=category(new.category) if new.category is not None else None,
            age_band=_one_of("age_band", new.age_band, AGE_BANDS),
            sex=_one_of("sex", new.sex, SEXES),
            act=act,
        )
        for new, tag in zip(command.patients, tags, strict=True)
    ]
    named = [{"id": str(patient.id), "tag": patient.tag} for patient in patients]
    answer = {"incident_id": str(incident.id), "patients": named, "in_all": len(roll.tags)}
    return Outcome((incident, roll, *patients), answer)


def category(text: str) -> str:
    try:
        return Category(text).value
    except ValueError:
        raise BadCategory(category=text[:40]) from None


def _tag(text: str | None) -> str | None:
    return None if text is None else checks.words("tag", text, 20)


def _one_of(field: str, text: str | None, known: tuple[str, ...]) -> str | None:
    if text is not None and text not in known:
        raise NotAChoice(field=field, value=text[:40], known=", ".join(known))
    return text
