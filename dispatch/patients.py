"""Patients who have a tag, as orders about runs and beds meet them."""

from datetime import datetime
from uuid import UUID

from dispatch.application import DispatchLog
from dispatch.beds import Beds
from dispatch.one_incident import rolls_of
from domain.base import Aggregate
from domain.care_errors import PatientAboard, UnknownPatient
from domain.errors import IncidentStillServed
from domain.incident import Incident
from domain.patient import Patient, Stage
from domain.roll import Roll
from domain.run import Run
from domain.run_course import ENDS
from domain.values import Act, Milestone

MOVES = {
    Milestone.AT_HOSPITAL: Stage.AT_HOSPITAL,
    Milestone.HANDED_OVER: Stage.HANDED_OVER,
}


REACHED = {Milestone.TRANSPORTING: Stage.ON_THE_WAY, **MOVES}
"""How far those aboard are with each step of their run."""
FOLLOWED = frozenset({*REACHED, *ENDS})
"""The steps that those aboard take with their run."""


def the_patient(log: DispatchLog, patient_id: UUID) -> Patient:
    found = log.find(Patient, patient_id)
    if found is None:
        raise UnknownPatient(patient_id=patient_id)
    return found


def aboard(log: DispatchLog, run: Run) -> list[Patient]:
    rolls = rolls_of(log, run.incident_id)
    return [the_patient(log, each) for roll in rolls for each in roll.on_run(run.id)]


def follow_run(run: Run, milestone: Milestone, beds: Beds, log: DispatchLog, act: Act) -> list[Aggregate]:
    """Those aboard go where the run goes, and take their beds there; where it ends early they stay behind."""
    if milestone not in FOLLOWED:
        return []
    carried = aboard(log, run)
    if not carried:
        return []
    if milestone in ENDS:
        return _left_behind(run, carried, log, act)
    for patient in carried:
        if milestone == Milestone.AT_HOSPITAL:
            _take_a_bed(patient, run, beds)
        if milestone == Milestone.TRANSPORTING:
            leave(patient, run, act)
        else:
            patient.move(MOVES[milestone], run.hospital_id, act)
    return list(carried)


def leave(patient: Patient, run: Run, act: Act) -> None:
    """On the way. Whoever is bound elsewhere stays so, with the bed there, until the run has arrived."""
    patient.move(Stage.ON_THE_WAY, patient.hospital_id or run.hospital_id, act)


def turn_back(
    run: Run, undone: str, undone_at: datetime, beds: Beds, log: DispatchLog, act: Act
) -> list[Patient]:
    """A step of the run was undone: those who took it along are where they were, and so are their beds.

    undone_at : when the run was said to have taken the step
    """
    if undone not in REACHED:
        return []
    stage = REACHED[Milestone(undone)]
    back = [patient for patient in aboard(log, run) if patient.stage == stage]
    for patient in back:
        patient.turn_back(stage, act)
        if stage == Stage.AT_HOSPITAL and patient.hospital_id is not None and patient.bed_kind is not None:
            _give_the_bed_back(patient, run, undone_at, beds)
    return back


def _give_the_bed_back(patient: Patient, run: Run, arrived_at: datetime, beds: Beds) -> None:
    """What `_take_a_bed` did the other way round. A bed that is gone meanwhile blocks nobody."""
    hospital_id, kind = str(patient.hospital_id), str(patient.bed_kind)
    if run.hospital_id in (None, hospital_id):
        beds.undo_take(patient.id, patient.tag, hospital_id, kind, arrived_at)
    elif beds.ledger(hospital_id, kind).free > 0:
        beds.hold(patient.id, patient.tag, hospital_id, kind)


def redirect_aboard(
    run: Run, was: tuple[str | None, str | None], beds: Beds, log: DispatchLog, reason: str | None, act: Act
) -> list[Aggregate]:
    """Those aboard who were bound where the run was bound go along, with their beds. Raises NoBedFree."""
    moved: list[Aggregate] = []
    for patient in aboard(log, run):
        if (patient.hospital_id, patient.bed_kind) == was and patient.before_hospital:
            bind(patient, run.hospital_id, run.bed_kind, reason, beds, act)
            moved.append(patient)
    return moved


def bind(
    patient: Patient, hospital_id: str | None, bed_kind: str | None, reason: str | None, beds: Beds, act: Act
) -> None:
    """Send a patient to a hospital: one bed is let go and another held. Raises NoBedFree, PatientGone."""
    was = patient.hospital_id, patient.bed_kind
    patient.send_to(hospital_id, bed_kind, reason, act)
    if was != (hospital_id, bed_kind):
        beds.let_go(patient.id, *was)
    if hospital_id is not None and bed_kind is not None:
        beds.hold(patient.id, patient.tag, hospital_id, bed_kind)


def _take_a_bed(patient: Patient, run: Run, beds: Beds) -> None:
    """The one that was held, where the run came to the hospital it was held at; else that one is let go, and
    the one held for the run is taken. A run that was bound nowhere came where its patient was bound."""
    if run.hospital_id in (None, patient.hospital_id):
        beds.take(patient.id, patient.hospital_id, patient.bed_kind)
    else:
        beds.let_go(patient.id, patient.hospital_id, patient.bed_kind)
        beds.take(run.id, run.hospital_id, run.bed_kind)


def _left_behind(run: Run, carried: list[Patient], log: DispatchLog, act: Act) -> list[Aggregate]:
    """Stood down or clear at the scene: whoever was put aboard waits for another crew, the bed still held."""
    waiting = [patient for patient in carried if patient.stage == Stage.ABOARD]
    rolls = {roll.incident_id: roll for roll in rolls_of(log, run.incident_id)} if waiting else {}
    for patient in waiting:
        patient.alight(act)
        rolls[patient.incident_id].load(patient.id, None, act)
    return [*rolls.values(), *waiting]


def reboard(run: Run, ended_at: datetime, log: DispatchLog, act: Act) -> list[Patient | Roll]:
    """The end of the run was undone: whoever it left behind, and still waits, is aboard as before.

    ended_at : when we heard of that end
    """
    changed: list[Patient | Roll] = []
    for roll in rolls_of(log, run.incident_id):
        tagged = [the_patient(log, each) for each in roll.tags]
        back = [patient for patient in tagged if patient.waits_since(run.id, ended_at)]
        for patient in back:
            patient.board_again(run.callsign, act)
            roll.load(patient.id, run.id, act)
        changed += [roll, *back] if back else []
    return changed


def refuse_to_part(incident: Incident, stayed: Incident, run_ids: list[UUID], log: DispatchLog) -> None:
    """Nobody is left aboard a run of the other when two incidents are two again: no step of that run would
    move them. `run_ids` go with `incident`. Raises PatientAboard."""
    of_incident = {roll.incident_id for roll in rolls_of(log, incident.id)}
    for roll in rolls_of(log, stayed.id):
        for patient_id, run_id in roll.aboard.items():
            patient, run = the_patient(log, patient_id), log.run(run_id)
            goes, drives_off = roll.incident_id in of_incident, run_id in run_ids
            if goes != drives_off and patient.under_way and not run.is_over:
                raise PatientAboard(tag=patient.tag, callsign=run.callsign, number=incident.number)


def refuse_to_leave_aboard(incident: Incident, log: DispatchLog) -> None:
    """Nobody's way ends while a crew has them. Raises IncidentStillServed."""
    carrying = set()
    for roll in rolls_of(log, incident.id):
        for patient_id, run_id in roll.aboard.items():
            run = log.run(run_id)
            if not run.is_over and the_patient(log, patient_id).under_way:
                carrying.add(run.callsign)
    if carrying:
        raise IncidentStillServed(number=incident.number, callsigns=", ".join(sorted(carrying)))


def end_with_incident(incident_id: UUID, beds: Beds, log: DispatchLog, act: Act) -> list[Patient]:
    """Whoever has a tag and went nowhere by now does not go any more; the bed is free."""
    tagged = [the_patient(log, each) for roll in rolls_of(log, incident_id) for each in roll.tags]
    staying = [patient for patient in tagged if patient.before_hospital]
    for patient in staying:
        beds.let_go(patient.id, patient.hospital_id, patient.bed_kind)
        patient.end("incident_closed", act)
    return staying
