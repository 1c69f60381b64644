"""The rows of patients with tags, of asking hospitals, and of transfers."""

from typing import Literal

from pydantic import BaseModel

Colour = Literal["red", "yellow", "green", "black"]


class TriageRow(BaseModel):
    method: str
    findings: dict[str, object]
    at: str
    by: str


class PatientRow(BaseModel):
    """`times` holds when each stage was reached; `hold_until` until when a bed is held for this patient."""

    id: str
    incident_id: str
    incident_number: int
    tag: str
    category: Colour | None
    age_band: str | None
    sex: str | None
    triage: TriageRow | None
    hospital_id: str | None
    bed_kind: str | None
    hold_until: str | None = None
    run_id: str | None
    callsign: str | None
    state: Literal["at_scene", "aboard", "on_the_way", "at_hospital", "handed_over", "ended"]
    times: dict[str, str]
    entered_by: str
    outcome: str | None
    ended_at: str | None
    seq: int


class VitalsTold(BaseModel):
    rate: int | None = None
    spo2: int | None = None
    on_oxygen: bool | None = None
    systolic: int | None = None
    pulse: int | None = None
    consciousness: str | None = None
    temperature_c: float | None = None
    hypercapnic: bool | None = None


class News2Told(BaseModel):
    score: int
    risk: Literal["low", "low_medium", "medium", "high"]


class PreAlertTold(BaseModel):
    """What the crew told of its patient, as a ward reads it; all of it may be missing."""

    age_years: int | None = None
    sex: Literal["F", "M"] | None = None
    avpu: str | None = None
    vitals: VitalsTold | None = None
    news2: News2Told | None = None
    category: Colour | None = None
    patients: int | None = None
    condition: str | None = None
    treatment: str | None = None


class DeclinedRow(BaseModel):
    hospital_id: str
    reason: str | None


class ReferralRow(BaseModel):
    """Of one run, by its id: whom it asked to take the patient, and what was said."""

    id: str
    incident_id: str
    incident_number: int
    callsign: str
    hospital_id: str | None
    bed_kind: str | None
    state: Literal["none", "asked", "accepted", "redirect", "unanswered"]
    asked_at: str | None
    answer_by: str | None
    answered_at: str | None
    answered_by: str | None
    reason: str | None
    proposed_hospital_id: str | None
    declined: list[DeclinedRow]
    pre_alert: PreAlertTold | None
    pre_alerted_at: str | None
    opened_at: str
    closed_at: str | None
    seq: int


class TransferRow(BaseModel):
    id: str
    from_hospital_id: str
    to_hospital_id: str
    bed_kind: str
    priority: str
    phone: str
    packet: dict[str, object]
    not_before: str | None
    state: Literal["requested", "approved", "rejected", "cancelled", "begun"]
    mode: str | None
    voice: str | None
    reason: str | None
    requested_at: str
    requested_by: str
    decided_at: str | None
    decided_by: str | None
    begun_at: str | None
    incident_id: str | None
    incident_number: int | None
    seq: int
