"""What comes back from an order or a question."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from api.schema.call_rows import CallWordsPart
from api.schema.choosing_rows import PlanRow, SwapRow
from api.schema.rows import NeedsRow, Point, Words
from domain.city import PointKind


class Done(BaseModel):
    """`seq` is the place in the log where the order stands; `repeated` where it was carried out before."""

    model_config = ConfigDict(extra="allow")

    seq: int
    repeated: bool = False


class Nearby(BaseModel):
    incident_id: str
    number: int
    complaint: str
    distance_m: float | None
    age_s: float
    score: float
    reasons: list[Words]


class CallTaken(Done):
    id: str
    nearby: list[Nearby]


class IncidentOpened(Done):
    id: str
    number: int
    priority: str
    determinant: str | None


class AlarmLevelSet(Done):
    incident_id: str
    alarm_level: int


class RunOpened(Done):
    run_id: str
    incident_id: str
    unit_id: str
    callsign: str
    hospital_id: str | None
    bed_kind: str | None
    taken_from: str | None = None


class RunSent(BaseModel):
    run_id: str
    incident_id: str
    unit_id: str
    callsign: str
    hospital_id: str | None
    bed_kind: str | None


class ResponseOpened(Done):
    """The runs in the order in which they were named."""

    response_id: str
    incident_id: str
    runs: list[RunSent]


class MilestoneReported(Done):
    run_id: str
    milestone: str
    next: list[str]


class BedsReported(Done):
    hospital_id: str
    free: dict[str, int]


class CoverageChangeRow(BaseModel):
    """Shares of the expected demand that the free units reach, 0 to 1: all of them, without this one, and the
    difference."""

    before: float
    after: float
    lost: float


class RankedUnitRow(BaseModel):
    unit_id: str
    callsign: str
    kind: str
    eta_s: float
    distance_m: float
    method: str
    score: float
    parts: dict[str, float]
    reasons: list[Words]
    tier: int
    flags: list[str]
    free_in_s: float | None
    coverage: CoverageChangeRow | None


class RejectedUnitRow(BaseModel):
    unit_id: str
    callsign: str
    reason: str
    reason_vi: str
    code: str


class RankedHospitalRow(BaseModel):
    hospital_id: str
    name: str
    eta_s: float
    distance_m: float
    method: str
    bed_kind: str | None
    free: int | None
    reported_at: str | None
    score: float
    parts: dict[str, float]
    reasons: list[Words]
    confidence: float | None = None
    stale: bool = False
    flags: list[str] = []


class RejectedHospitalRow(BaseModel):
    hospital_id: str
    name: str
    reason: str
    reason_vi: str
    code: str
    crow_m: float | None = None


class Recommendation(BaseModel):
    decision_id: str
    incident_id: str
    at: str
    priority: str
    needs: NeedsRow
    policy: str
    units: list[RankedUnitRow]
    rejected: list[RejectedUnitRow]
    plan: PlanRow
    swaps: list[SwapRow]
    hospitals: list[RankedHospitalRow]
    hospitals_rejected: list[RejectedHospitalRow]
    map_version: str
    traffic_version: str
    caller_words: list[CallWordsPart] = []
    place_confirmed: bool = True
    as_good: list[str] = []


class RouteStep(BaseModel):
    """`turn` is left, right, straight or uturn, as one gets into the street; empty at the start."""

    name: str
    distance_m: float
    duration_s: float
    turn: str = ""


class RouteAnswer(BaseModel):
    """`geometry` is a list of [lat, lon] pairs."""

    duration_s: float
    distance_m: float
    method: str
    geometry: list[tuple[float, float]]
    steps: list[RouteStep]
    map_version: str
    traffic_version: str


class TravelTable(BaseModel):
    """A row an origin, an entry a destination; null where there is no way."""

    durations_s: list[list[float | None]]
    distances_m: list[list[float | None]]
    methods: list[str]
    traffic: str
    map_version: str
    traffic_version: str


class PingsTaken(BaseModel):
    """How many pings met which fate, and the callsigns nobody knows."""

    accepted: int
    outcomes: dict[str, int]
    unknown: list[str]
    refused: list[str]


class EventRow(BaseModel):
    """`seq` may leave holes; between `prev` and `seq` there is no event."""

    prev: int
    seq: int
    topic: str
    at: str
    recorded_at: str
    actor: str
    data: dict[str, object]


class EventPage(BaseModel):
    """`next` is what to send as `after` for the following page."""

    events: list[EventRow]
    next: int
    position: int


class TargetsRow(BaseModel):
    model_config = ConfigDict(extra="allow")


class MapRow(BaseModel):
    name: str
    version: str
    kind: str
    bounds: tuple[float, float, float, float]
    attribution: str
    basemap_url: str


class BedKindRow(BaseModel):
    kind: str
    vi: str
    en: str


class HospitalFactsRow(BaseModel):
    id: str
    code: str
    name: str
    name_en: str
    position: Point
    aliases: list[str]
    specialities: list[str]


class StationRow(BaseModel):
    id: str
    name: str
    position: Point
    hospital_id: str | None
    ownership: str


class CityRow(BaseModel):
    id: str
    name: Words
    fictional: bool
    emergency_number: str
    timezone: str
    languages: list[str]
    centre: Point
    map: MapRow
    demo: bool
    drill: bool
    targets: dict[str, object]
    bed_kinds: list[BedKindRow]
    hospitals: list[HospitalFactsRow]
    stations: list[StationRow]


class CityPointRow(BaseModel):
    """Something to know of on the map. `source` says who put it there."""

    id: str
    kind: PointKind
    name: str
    position: Point
    source: str


class CityPoints(BaseModel):
    points: list[CityPointRow]
    attribution: str


class AnswerRow(BaseModel):
    value: str
    text: Words


class NumbersRow(BaseModel):
    least: float
    most: float
    unit: Words


class QuestionRow(BaseModel):
    """One of `answers`, or a number within `numbers`. Asked only where `ask_when` holds: question -> one of
    some answers, or {at_least, below}. danger: the order in which the answers grow worse."""

    id: str
    text: Words
    answers: list[AnswerRow]
    numbers: NumbersRow | None = None
    ask_when: dict[str, Any] = {}
    danger: Literal["rising", "falling"] | None = None
    for_crew: bool = False


class ProtocolRow(BaseModel):
    """kind: entry begins a call, complaint asks on, instructions tell the caller what to do."""

    id: str
    version: int
    kind: Literal["entry", "complaint", "instructions"] = "complaint"
    title: Words
    signed_off: bool
    questions: list[QuestionRow]
