"""Patients who have a tag, and how many of them are spread over hospitals."""

from collections import Counter
from typing import Any
from uuid import UUID, uuid4

from api import lens
from api.accounts.errors import NotYourIncident
from api.accounts.guard import SignedIn, insist_on_unit
from api.accounts.roles import Account, Role
from api.centre import Centre
from api.dependencies import Desk, FieldWorker, TheCentre
from api.hand import Hand, TheHand
from api.room import Room
from api.schema.answers import Done
from api.schema.care import (
    AcceptedSpread,
    CasualtyCounts,
    NewPatients,
    PatientDestination,
    PatientOutcome,
    PatientRun,
    PatientsEntered,
    PatientsOfIncident,
    PatientTriage,
    SpreadProposed,
)
from api.schema.care_rows import PatientRow
from api.spreading import patients_of_one, proposed_spread
from dispatch.handlers.enter_patients import EnterPatients, NewPatient, enter_patients
from dispatch.handlers.patient_goes import (
    EndPatient,
    LoadPatient,
    SendPatient,
    TriagePatient,
    end_patient,
    load_patient,
    send_patient,
    triage_patient,
)
from dispatch.handlers.spread_patients import Bound, SpreadPatients, spread_patients
from dispatch.one_incident import that_stands_for
from domain.base import natural_id
from domain.care_errors import BadCategory, UnknownPatient
from domain.casualty import Category
from domain.errors import UnknownIncident

router = Room(tags=["patients"])


@router.post("/incidents/{incident_id}/patients", status_code=201)
def enter(
    incident_id: UUID, body: NewPatients, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> PatientsEntered:
    """Give tags to one patient or many: all of them or none."""
    _insist_on_serving(account, centre, incident_id)
    key = _key(hand, body.id)
    new = tuple(
        NewPatient(
            each.id or natural_id("patients", key, place),
            each.tag,
            each.category,
            each.age_band,
            each.sex,
        )
        for place, each in enumerate(body.patients)
    )
    act = hand.act("enter_patients", key, about=incident_id)
    return PatientsEntered(**centre.order(EnterPatients(act, incident_id, new), enter_patients))


@router.post("/incidents/{incident_id}/casualties", status_code=201)
def count(
    incident_id: UUID, body: CasualtyCounts, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> PatientsEntered:
    """So many of each colour, as they are called over the radio; each gets a tag."""
    _insist_on_serving(account, centre, incident_id)
    key = _key(hand, body.id)
    colours = [colour.value for colour in Category for _ in range(getattr(body, colour.value))]
    new = tuple(
        NewPatient(natural_id("patients", key, place), category=colour)
        for place, colour in enumerate(colours)
    )
    act = hand.act("enter_patients", key, at=body.at, about=incident_id)
    return PatientsEntered(**centre.order(EnterPatients(act, incident_id, new), enter_patients))


@router.get("/incidents/{incident_id}/patients")
def patients_of(incident_id: UUID, account: SignedIn, centre: TheCentre) -> PatientsOfIncident:
    """Everybody with a tag, and how many of each colour, as far as the account may see them."""
    if centre.row("incidents", str(incident_id)) is None:
        raise UnknownIncident(incident_id=incident_id)
    rows = patients_of_one(centre, incident_id)
    at_scene = account.role is Role.CREW and _serves(account, centre, incident_id)
    allowed = rows if at_scene else lens.through(account, "patients", rows)
    seen = [with_hold(row, centre) for row in allowed]
    seen.sort(key=lambda row: row["tag"])
    return PatientsOfIncident(
        incident_id=str(incident_id),
        in_all=len(seen),
        totals=dict(Counter(row["category"] or "unsorted" for row in seen)),
        states=dict(Counter(row["state"] for row in seen)),
        patients=[PatientRow.model_validate(row) for row in seen],
    )


@router.get("/patients/{patient_id}")
def one_patient(patient_id: UUID, account: SignedIn, centre: TheCentre) -> PatientRow:
    row = centre.row("patients", str(patient_id))
    if row is None:
        raise UnknownPatient(patient_id=patient_id)
    at_scene = account.role is Role.CREW and _serves(account, centre, UUID(row["incident_id"]))
    seen = [row] if at_scene else lens.through(account, "patients", [row])
    if not seen and account.role is Role.CREW:
        _insist_on_serving(account, centre, UUID(row["incident_id"]))
    if not seen:
        raise UnknownPatient(patient_id=patient_id)
    return PatientRow.model_validate(with_hold(seen[0], centre))


@router.put("/patients/{patient_id}/triage")
def sort(
    patient_id: UUID, body: PatientTriage, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> Done:
    """A colour: the one that is said, or what START or JumpSTART makes of the findings."""
    _insist_on_patient(account, centre, patient_id)
    said = [name for name in ("category", "start", "jumpstart") if getattr(body, name) is not None]
    if len(said) != 1:
        raise BadCategory(category=" + ".join(said) or "-")
    findings: dict[str, Any] = {}
    if body.category is None:
        found = body.start or body.jumpstart
        findings = found.model_dump(exclude_none=True) if found is not None else {}
    method = "said" if body.category is not None else said[0]
    command = TriagePatient(
        hand.act(at=body.at, about=patient_id), patient_id, body.category, method=method, findings=findings
    )
    return Done(**centre.order(command, triage_patient))


@router.put("/patients/{patient_id}/destination")
def send(
    patient_id: UUID, body: PatientDestination, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> Done:
    """Where this patient goes; a bed is held where its kind is named."""
    _insist_on_patient(account, centre, patient_id)
    _insist_on_those_aboard(account, centre, patient_id)
    command = SendPatient(
        hand.act(about=patient_id), patient_id, body.hospital_id, body.bed_kind, body.reason
    )
    return Done(**centre.order(command, send_patient))


@router.put("/patients/{patient_id}/run")
def load(patient_id: UUID, body: PatientRun, hand: TheHand, account: FieldWorker, centre: TheCentre) -> Done:
    """Put aboard a run that is at the scene, or off it again."""
    _insist_on_patient(account, centre, patient_id, body.run_id)
    _insist_on_those_aboard(account, centre, patient_id)
    command = LoadPatient(hand.act(at=body.at, about=patient_id), patient_id, body.run_id)
    return Done(**centre.order(command, load_patient))


@router.put("/patients/{patient_id}/outcome")
def end(
    patient_id: UUID, body: PatientOutcome, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> Done:
    """The way ends without a hospital; a bed that was held is free again."""
    _insist_on_patient(account, centre, patient_id)
    _insist_on_those_aboard(account, centre, patient_id)
    return Done(**centre.order(EndPatient(hand.act(about=patient_id), patient_id, body.outcome), end_patient))


@router.get("/incidents/{incident_id}/distribution")
def distribution(incident_id: UUID, _: Desk, centre: TheCentre) -> SpreadProposed:
    """A spread over hospitals of all who have no destination yet: red first, soonest first."""
    return SpreadProposed.model_validate(proposed_spread(centre, incident_id))


@router.post("/incidents/{incident_id}/distribution", status_code=201)
def accept_distribution(
    incident_id: UUID, body: AcceptedSpread, hand: TheHand, _: Desk, centre: TheCentre
) -> Done:
    """Hold all these beds in one save; where one is gone by now none is held, and it says whose."""
    bound = tuple(Bound(each.patient_id, each.hospital_id, each.bed_kind) for each in body.sent)
    names = ("spread_patients", body.id) if body.id else ()
    command = SpreadPatients(hand.act(*names, about=incident_id), incident_id, bound)
    return Done(**centre.order(command, spread_patients))


def with_hold(row: dict[str, Any], centre: Centre) -> dict[str, Any]:
    """The patient's row, and until when a bed is held for them."""
    hospital = centre.views.row("hospitals", row["hospital_id"]) if row["hospital_id"] else None
    beds = (hospital or {}).get("beds", {}).get(row["bed_kind"], {})
    return {**row, "hold_until": beds.get("holds", {}).get(row["id"])}


def _key(hand: Hand, said: UUID | None) -> UUID:
    """What stands for the order: the ids of its patients follow from it, so a retry makes no new ones."""
    return hand.key or said or uuid4()


def _insist_on_serving(account: Account, centre: Centre, incident_id: UUID) -> None:
    """A crew tags the patients of an incident it serves."""
    if account.role is Role.CREW and not _serves(account, centre, incident_id):
        number = centre.desk.log.incident(incident_id).number
        raise NotYourIncident(username=account.username, number=number)


def _serves(account: Account, centre: Centre, incident_id: UUID) -> bool:
    return account.callsign in that_stands_for(centre.desk.log, incident_id).serving.values()


def _insist_on_patient(
    account: Account, centre: Centre, patient_id: UUID, run_id: UUID | None = None
) -> None:
    """A crew speaks of the patients of its incident. It puts them aboard its own vehicle alone."""
    if account.role is not Role.CREW:
        return
    row = centre.row("patients", str(patient_id))
    if row is None:
        raise UnknownPatient(patient_id=patient_id)
    _insist_on_serving(account, centre, UUID(row["incident_id"]))
    if run_id is not None:
        insist_on_unit(account, centre.desk.log.run(run_id).callsign)


def _insist_on_those_aboard(account: Account, centre: Centre, patient_id: UUID) -> None:
    """Whom one crew has aboard, no other takes off, takes over or sends elsewhere; the desk may."""
    row = centre.row("patients", str(patient_id))
    if account.role is Role.CREW and row is not None and row["run_id"] is not None:
        insist_on_unit(account, centre.desk.log.run(UUID(row["run_id"])).callsign)
