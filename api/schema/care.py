"""Bodies and rows of patients with tags, of spreading them, and of asking hospitals."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from api.schema.answers import Done, RankedHospitalRow, RejectedHospitalRow
from api.schema.care_rows import Colour, PatientRow, PreAlertTold
from api.schema.orders import Moment, Order, Short
from api.schema.rows import Words

AgeBand = Literal["infant", "child", "adult", "elderly"]
Sex = Literal["F", "M"]
Count = Annotated[int, Field(strict=True, ge=0, le=200)]
Felt = Annotated[int, Field(strict=True, ge=0, le=400)]

# --- patients ---------------------------------------------------------------------------------------


class NewPatientBody(Order):
    id: UUID | None = None
    tag: Annotated[str, Field(max_length=20)] | None = None
    category: Colour | None = None
    age_band: AgeBand | None = None
    sex: Sex | None = None


class NewPatients(Order):
    """One or many; `id` of the list makes it safe to send twice, as an Idempotency-Key does."""

    id: UUID | None = None
    patients: list[NewPatientBody] = Field(min_length=1, max_length=200)


class CasualtyCounts(Order):
    """So many of each colour at once, as they are shouted over the radio."""

    id: UUID | None = None
    red: Count = 0
    yellow: Count = 0
    green: Count = 0
    black: Count = 0
    at: Moment | None = None


class StartFindings(Order):
    """What START asks for; what is not known yet is left out."""

    model_config = ConfigDict(extra="forbid")

    walks: bool | None = None
    breathing: bool | None = None
    breathing_after_airway: bool | None = None
    rate: Felt | None = None
    radial_pulse: bool | None = None
    refill_s: Annotated[float, Field(strict=True, ge=0, le=60)] | None = None
    obeys: bool | None = None


class JumpStartFindings(Order):
    """What JumpSTART asks for, of a child."""

    model_config = ConfigDict(extra="forbid")

    walks: bool | None = None
    breathing: bool | None = None
    breathing_after_airway: bool | None = None
    pulse: bool | None = None
    breathing_after_breaths: bool | None = None
    rate: Felt | None = None
    response: Literal["A", "V", "P", "p", "U"] | None = None


class PatientTriage(Order):
    """A colour, or the findings it follows from."""

    category: Colour | None = None
    start: StartFindings | None = None
    jumpstart: JumpStartFindings | None = None
    at: Moment | None = None


class PatientDestination(Order):
    hospital_id: Short | None
    bed_kind: Short | None = None
    reason: Short | None = None


class PatientRun(Order):
    run_id: UUID | None
    at: Moment | None = None


class PatientOutcome(Order):
    outcome: Literal["treated_on_scene", "refused", "dead", "mistaken"]


class TaggedRow(BaseModel):
    id: str
    tag: str


class PatientsEntered(Done):
    incident_id: str
    patients: list[TaggedRow]
    in_all: int


class PatientsOfIncident(BaseModel):
    """`totals` by colour (`unsorted` without one), `states` by how far they are."""

    incident_id: str
    in_all: int
    totals: dict[str, int]
    states: dict[str, int]
    patients: list[PatientRow]


# --- spreading them ---------------------------------------------------------------------------------


class SentRow(BaseModel):
    patient_id: str
    tag: str
    category: str
    hospital_id: str
    bed_kind: str
    eta_s: float
    cost_s: float


class LoadRow(BaseModel):
    """One hospital in a spread: how many it would get, of how many it may."""

    hospital_id: str
    name: str
    eta_s: float
    proposed: int
    bound: int
    cap: int
    free: dict[str, int]


class SpreadProposed(BaseModel):
    incident_id: str
    sent: list[SentRow]
    unplaced: list[TaggedRow]
    staying: list[TaggedRow]
    hospitals: list[LoadRow]
    map_version: str
    traffic_version: str


class BoundBody(Order):
    patient_id: UUID
    hospital_id: Short
    bed_kind: Short


class AcceptedSpread(Order):
    id: UUID | None = None
    sent: list[BoundBody] = Field(min_length=1, max_length=400)


# --- asking hospitals -------------------------------------------------------------------------------


class AcceptanceBody(Order):
    """What the hospital says; `hospital_id` where the desk speaks for it, as on the telephone."""

    answer: Literal["accept", "redirect"]
    reason: Short | None = None
    hospital_id: Short | None = None


class VitalsBody(Order):
    """What was measured. NEWS2 follows where nothing is missing; some of it alone is told as it is."""

    rate: Felt | None = None
    spo2: Annotated[int, Field(strict=True, ge=0, le=100)] | None = None
    on_oxygen: bool | None = None
    systolic: Felt | None = None
    pulse: Felt | None = None
    consciousness: Literal["A", "C", "V", "P", "U"] | None = None
    temperature_c: Annotated[float, Field(strict=True, ge=20, le=45)] | None = None
    hypercapnic: bool = False


class NewPreAlert(Order):
    """What the crew tells of its patient. All of it may be left out, none of it holds up the drive."""

    age_years: Annotated[int, Field(strict=True, ge=0, le=130)] | None = None
    sex: Sex | None = None
    avpu: Literal["A", "V", "P", "U"] | None = None
    vitals: VitalsBody | None = None
    category: Colour | None = None
    patients: Annotated[int, Field(strict=True, ge=1, le=99)] | None = None
    condition: Annotated[str, Field(max_length=500)] | None = None
    treatment: Annotated[str, Field(max_length=500)] | None = None
    at: Moment | None = None


class ExpectedRow(BaseModel):
    """One run that comes, or stands at the door.

    eta_at : when it arrives, by road from its newest position; null where nobody knows where it is
    by     : "road", "straight_line", or "via_scene" while the patient is not aboard yet
    """

    run_id: str
    callsign: str
    incident_number: int
    priority: str | None
    determinant: str | None
    title: Words | None
    status: str
    bed_kind: str | None
    hold_until: str | None
    arrived: bool
    arrived_at: str | None
    eta_at: str | None
    eta_s: float | None
    by: str | None
    position_at: str | None
    patients: int
    tagged: list[PatientRow]
    acceptance: str
    answer_by: str | None
    pre_alert: PreAlertTold | None


class InboundBoard(BaseModel):
    hospital_id: str
    now: str
    traffic_version: str
    expected: list[ExpectedRow]


class QueueRow(BaseModel):
    run_id: str
    callsign: str
    arrived_at: str


class Handovers(BaseModel):
    """Whole seconds from arriving to handing over; percentiles by nearest rank, null without any.

    late, delay_s : how many took longer than `late_s`, and by how much in all
    queue         : who stands at the door now
    """

    model_config = ConfigDict(populate_by_name=True)

    hospital_id: str
    from_: str = Field(alias="from")
    to: str
    count: int
    p50_s: int | None
    p90_s: int | None
    longest_s: int | None
    late_s: int
    late: int
    delay_s: int
    queue: list[QueueRow]


class Destinations(BaseModel):
    """Where a run could go instead, from where it is now."""

    run_id: str
    hospitals: list[RankedHospitalRow]
    hospitals_rejected: list[RejectedHospitalRow]
    map_version: str
    traffic_version: str
