"""Bodies and answers of triage, question cards, instructions, and the clinicians' desk."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from api.schema.answers import Done, QuestionRow
from api.schema.orders import Moment, Number, Order, Short, Text
from api.schema.rows import Point, Words

Said = str | Number
"""An answer of a card, or a number where the card asks for one."""
Given = Annotated[dict[str, Said], Field(max_length=200)]


def as_said(answers: dict[str, Said]) -> dict[str, str]:
    """As they are kept: 7, 7.0 and "7" are one answer."""
    return {question: said if isinstance(said, str) else f"{said:.10g}" for question, said in answers.items()}


class Answers(Order):
    """`at`: when the caller gave the last of them; left out, it is when they arrive."""

    protocol: Short
    answers: Given
    at: Moment | None = None


class NewInstruction(Order):
    """Which step of which card is read out. `id` again, with `ended_at`, tells when it was over."""

    id: UUID
    protocol: Short
    determinant: Short
    step: Short
    began_at: Moment
    ended_at: Moment | None = None


class NewReferral(Order):
    reason: Text | None = None


class NewSafetyCall(Order):
    """`triage` where the questions were asked again; `call_id` says of which call of the incident."""

    id: UUID | None = None
    finding: Short
    note: Text | None = None
    call_id: UUID | None = None
    triage: Answers | None = None


class NewVersion(Order):
    """The whole card, in TOML."""

    text: Annotated[str, Field(max_length=120_000)]


class UrgencyRow(Words):
    code: Literal["critical", "urgent", "transport", "no_emergency"]


class StepRow(Words):
    """`metronome_bpm`: beats a minute to click meanwhile; `every_s`: to be said or looked at again."""

    id: str
    metronome_bpm: int | None = None
    every_s: int | None = None


class ProposedPriority(Words):
    """What the answers ask for and nobody did yet; `vi`, `en`: why not by itself."""

    priority: str | None
    why: Literal["set_by_hand", "unfinished", "other_call", "other_picture", "other_card", "no_emergency"]


class SurplusRun(BaseModel):
    run_id: str
    callsign: str
    unit_id: str


class MissingPart(Words):
    role: str


class TriagedIncident(BaseModel):
    """What the answers did to the incident. move: applied at once, proposed to a person, or as it was."""

    id: str
    number: int
    move: Literal["apply", "propose", "keep"]
    was: str
    priority: str
    proposed: ProposedPriority | None
    surplus: list[SurplusRun]
    missing: list[MissingPart]


class Outcome(BaseModel):
    """send_now: a threat to life is certain, whatever the rest; settled: nothing asked can change it."""

    determinant: str
    title: Words
    priority: str | None
    urgency: UrgencyRow
    plan: str
    send_now: bool
    settled: bool
    next_questions: list[str]
    instructions: list[StepRow]
    leads_to: str | None
    protocol: str
    protocol_version: int
    signed_off: bool
    incident: TriagedIncident | None = None


class Triaged(Done, Outcome):
    id: str


class Joined(Done):
    """incident: what the answers given before did to it; None where nothing was asked yet."""

    id: str
    incident_id: str
    incident: TriagedIncident | None = None


class Instructed(Done):
    id: str
    instruction_id: str
    metronome_bpm: int | None


class Retriaged(Outcome):
    call_id: str


class SafetyCalled(Done):
    id: str
    finding: str
    triage: Retriaged | None


class AskedRow(QuestionRow):
    """A question as it was asked; `given` is None where nobody answered it."""

    given: str | None


class CardUsed(BaseModel):
    """One card of a conversation, in the version it began with."""

    protocol: str
    version: int
    title: Words
    signed_off: bool
    at: datetime
    questions: list[AskedRow]
    determinant: str
    determinant_title: Words
    priority: str | None
    urgency: UrgencyRow
    send_now: bool
    settled: bool
    next_questions: list[str]
    instructions: list[StepRow]
    leads_to: str | None


class ToldStep(BaseModel):
    instruction_id: str
    protocol: str
    protocol_version: int
    determinant: str
    step: str
    text: Words
    metronome_bpm: int | None
    began_at: datetime
    ended_at: datetime | None


class TriageOfCall(BaseModel):
    """The cards in the order they were last answered, and what the caller was told."""

    call_id: str
    cards: list[CardUsed]
    instructions: list[ToldStep]


class EditionRow(BaseModel):
    """origin: vigil, or the account that published it."""

    version: int
    digest: str
    origin: str
    published_at: datetime


class DeterminantRow(BaseModel):
    code: str
    title: Words
    priority: str | None
    urgency: UrgencyRow
    plan: str
    leads_to: str | None
    instructions: list[StepRow]


class CardRow(BaseModel):
    """text: the card as it is written, to be edited and published again."""

    id: str
    version: int
    kind: str
    title: Words
    signed_off: bool
    questions: list[QuestionRow]
    determinants: list[DeterminantRow]
    text: str | None
    versions: list[EditionRow]


class Published(Done):
    protocol: str
    version: int
    digest: str
    signed_off: bool


class WaitingRow(BaseModel):
    """Somebody for a clinician to ring. why: referred by a taker, waiting long, or no emergency found.

    claimed_by : who speaks with the caller of a call that has no incident, while `claimed_until` is ahead
    """

    kind: Literal["call", "incident"]
    id: str
    number: int | None
    call_id: str
    phone: str | None
    priority: str | None
    determinant: str | None
    determinant_title: Words | None
    complaint: str
    address: str | None
    position: Point | None
    why: Literal["referred", "waiting", "no_emergency"]
    reason: str | None
    since: datetime
    due_at: datetime
    waited_s: float
    last_finding: str | None
    claimed_by: str | None
    claimed_until: datetime | None


class Measurements(Order):
    """For NEWS2. hypercapnic: a doctor set 88-92 % as the aim (scale 2)."""

    age_years: Annotated[float, Field(ge=0, le=130)] | None = None
    pregnant: bool = False
    rate: Annotated[int, Field(ge=0, le=150)]
    spo2: Annotated[int, Field(ge=0, le=100)]
    on_oxygen: bool
    systolic: Annotated[int, Field(ge=0, le=350)]
    pulse: Annotated[int, Field(ge=0, le=350)]
    consciousness: Literal["A", "C", "V", "P", "U"]
    temperature_c: Annotated[float, Field(ge=20, le=45)]
    hypercapnic: bool = False


class ScoreRow(BaseModel):
    """Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017."""

    score: int
    risk: Literal["low", "low_medium", "medium", "high"]
    parts: dict[str, int]
