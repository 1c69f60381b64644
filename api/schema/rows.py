"""The rows of the live views, as `projections` folds them."""

from typing import Literal

from pydantic import BaseModel

from api.schema.assignment_parts import (
    AutoDispatchPart,
    CorrectionRow,
    CrewAlarmRow,
    OfferRow,
    PromptRow,
    TimerRow,
    UndoneRow,
    UndoRow,
    WithdrawnPart,
)
from api.schema.call_rows import (
    CallbackRow,
    CallWordsPart,
    MergedPart,
    PlacePart,
    SuspicionPart,
    WordsPart,
)
from api.schema.care_rows import PatientRow, ReferralRow, TransferRow
from api.schema.choosing_rows import ShiftPart
from api.schema.desk_alarms import DeskAlarmRow
from api.schema.messages import MessageRow
from api.schema.triage_rows import ReferralPart, SafetyCallPart, TitlePart

UnitStatus = Literal["AV", "DP", "EN", "SC", "TR", "HP", "NS"]


class Point(BaseModel):
    lat: float
    lon: float


class PostPart(BaseModel):
    """Where a free unit waits, or is on its way to, and since when it was sent there.

    going_since : when its crew said that it goes; null until it did
    """

    id: str
    name: str
    position: Point
    since: str
    move_up_id: str | None = None
    going_since: str | None = None


class PostRefused(BaseModel):
    """Where the crew said that it cannot wait, and why; until it is given something else."""

    name: str
    reason: str | None
    at: str


class ByNow(Point):
    """Where a unit is thought to be, `ahead_m` metres on along its street. A guess: to be drawn as one."""

    ahead_m: float


class LivePosition(Point):
    """The last fix. street : the name of the street it is on

    by_now : null where it seems to stand, is stale, or was silent for half a minute
    """

    heading_deg: float | None
    speed_mps: float | None
    at: str
    age_s: float
    stale: bool
    street: str | None = None
    by_now: ByNow | None = None


class NeedsRow(BaseModel):
    capabilities: list[str]
    bed_kind: str | None
    speciality: str | None


class UnitRow(BaseModel):
    id: str
    unit_id: str
    callsign: str
    kind: str
    capabilities: list[str]
    station_id: str
    duty: Literal["on_duty", "off_duty", "out_of_service"]
    status: UnitStatus
    since: str
    run_id: str | None
    incident_id: str | None
    incident_number: int | None
    hospital_id: str | None
    reason: str | None
    shift: ShiftPart | None = None
    withdrawn: WithdrawnPart | None = None
    post: PostPart | None = None
    post_refused: PostRefused | None = None
    moves: int = 0
    seq: int
    position: LivePosition | None = None


class CallRow(BaseModel):
    id: str
    phone: str
    caller_name: str | None
    address: str | None
    complaint: str
    position: Point | None
    status: Literal["open", "triaged", "in_incident", "closed"]
    priority: str | None
    determinant: str | None
    determinant_title: TitlePart | None = None
    plan: str | None = None
    protocol: str | None = None
    protocol_version: int | None = None
    referral: ReferralPart | None = None
    incident_id: str | None
    received_at: str
    closed_reason: str | None
    outcome: str | None = None
    place: PlacePart | None = None
    caller_words: WordsPart | None = None
    suspicion: SuspicionPart | None = None
    claimed_by: str | None = None
    claimed_until: str | None = None
    actor: str
    seq: int


class IncidentRun(BaseModel):
    run_id: str
    callsign: str
    status: str
    hospital_id: str | None
    assigned_at: str
    eta_at: str | None


class IncidentRow(BaseModel):
    id: str
    number: int
    priority: str
    determinant: str | None
    determinant_title: TitlePart | None = None
    plan: str | None = None
    safety_call: SafetyCallPart | None = None
    position: Point
    address: str | None
    complaint: str
    patients: int
    needs: NeedsRow
    status: Literal[
        "waiting",
        "assigned",
        "en_route",
        "on_scene",
        "transporting",
        "at_hospital",
        "done",
        "closed",
        "merged",
    ]
    opened_at: str
    waiting_since: str | None
    call_ids: list[str]
    caller_words: list[CallWordsPart] = []
    place: PlacePart | None = None
    place_confirmed: bool = True
    merged_into: MergedPart | None = None
    merged: list[MergedPart] = []
    runs: list[IncidentRun]
    closed_at: str | None
    closed_reason: str | None
    outcome: str | None = None
    alarm_level: int = 1
    danger: str | None = None
    auto_dispatch: AutoDispatchPart | None = None
    timers: list[TimerRow] = []
    seq: int


class DiversionRow(BaseModel):
    reason: str
    services: list[str]
    until: str
    since: str


class BedRow(BaseModel):
    """`physical`: all that stand there, with staff or without, where the hospital said so."""

    physical: int | None = None
    staffed: int
    occupied: int
    blocked: int
    held: int
    free: int
    reported_at: str | None
    reported_by: str | None
    assumed: bool


class SaidOfServiceRow(BaseModel):
    """`services` of a hospital row: what it said of one for now; from `until` on its hours count again."""

    open: bool
    until: str
    reason: str | None


class HandoverRow(BaseModel):
    run_id: str
    arrived_at: str
    handed_over_at: str


class InboundRow(BaseModel):
    run_id: str
    callsign: str
    incident_id: str
    incident_number: int
    bed_kind: str | None
    hold_until: str | None
    arrived: bool
    arrived_at: str | None = None


class HospitalRow(BaseModel):
    id: str
    code: str
    name: str
    name_en: str
    position: Point
    specialities: list[str]
    diversion: DiversionRow | None
    hours: dict[str, list[str]] = {}
    services: dict[str, SaidOfServiceRow] = {}
    beds: dict[str, BedRow]
    inbound: list[InboundRow]
    handovers: list[HandoverRow] = []
    seq: int


class LacksRow(BaseModel):
    """What the hospital a run is bound for lacks by what is known now."""

    code: Literal["lacks_speciality", "service_closed", "lacks_bed_kind"]
    vi: str
    en: str


class RunRow(BaseModel):
    id: str
    incident_id: str
    incident_number: int
    callsign: str
    unit_id: str
    hospital_id: str | None
    bed_kind: str | None
    decision_id: str | None
    override_reason: str | None
    assigned_by: str
    milestones: dict[str, str]
    caller_words: WordsPart | None = None
    status: str
    next: list[str] = []
    timers: list[TimerRow] = []
    reason: str | None = None
    outcome: str | None = None
    offer: OfferRow | None = None
    prompt: PromptRow | None = None
    checked_at: str | None = None
    undo: UndoRow | None = None
    destination_lacks: LacksRow | None = None
    undone: list[UndoneRow] = []
    corrections: list[CorrectionRow] = []
    seq: int


class Words(BaseModel):
    vi: str
    en: str


class TimelineEntry(BaseModel):
    seq: int
    at: str
    recorded_at: str
    topic: str
    actor: str
    text: Words
    data: dict[str, object]


class StretchRow(BaseModel):
    """`points` are [lat, lon]."""

    kind: Literal["point", "line", "area"]
    points: list[tuple[float, float]]
    width_m: float


class TrafficRow(BaseModel):
    """A closure (nobody drives there) or a slowing (at `share` of the usual speed)."""

    id: str
    kind: Literal["closure", "slowing"]
    stretch: StretchRow
    reason: str
    profiles: list[str]
    share: float | None
    until: str | None
    status: Literal["open", "ended"]
    since: str
    by: str
    ended_at: str | None
    ended_by: str | None
    ended_cause: str | None
    ended_reason: str | None
    seq: int


class Snapshot(BaseModel):
    seq: int
    epoch: str
    now: str
    units: list[UnitRow]
    incidents: list[IncidentRow]
    hospitals: list[HospitalRow]
    calls: list[CallRow]
    runs: list[RunRow]
    traffic: list[TrafficRow]
    callbacks: list[CallbackRow]
    crew_alarms: list[CrewAlarmRow] = []
    desk_alarms: list[DeskAlarmRow] = []
    messages: list[MessageRow] = []
    patients: list[PatientRow] = []
    referrals: list[ReferralRow] = []
    transfers: list[TransferRow] = []
