"""Coverage by cells, policies, standby posts and batches: what is said and answered."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from api.schema.orders import Moment, Order
from api.schema.rows import Point

PolicyName = Literal["closest", "closest_kept_back", "coverage_cost", "dmexclp", "preparedness"]
Reason = Field(min_length=1, max_length=500)


class Spoken(BaseModel):
    en: str
    vi: str


class CoverCell(Point):
    """weight : its share of the expected demand; units : how many free units reach it in time; soonest_s :
    how soon the first of them all would be there, null where none has a way"""

    id: int
    weight: float
    units: int
    soonest_s: int | None


class CellCoverage(BaseModel):
    """The share of the expected demand that free units reach in so many minutes of driving.

    expected : the same, each unit being busy by chance when it is called (MEXCLP)
    without  : the share without each unit that counts, as far as the asker may see them
    demand   : what stands for the demand: "streets" that people live on, or "calls" of the past beside them
    stale    : whether traffic has changed since the road times were worked out
    """

    minutes: float
    share: float
    expected: float
    units_counted: int
    without: dict[str, float]
    cells: list[CoverCell]
    demand: str
    calls: int
    at: str
    map_version: str
    traffic_version: str
    stale: bool


class PolicyOf(BaseModel):
    """said_by : who chose it, null where the city's rules do"""

    policy: str
    said_by: Literal["supervisor", "rules"]


class PolicyAnswer(BaseModel):
    """By which policy units are ordered, a priority; owner : who answers for the rules."""

    policies: dict[str, PolicyOf]
    known: list[str]
    owner: str | None
    by: str | None = None
    reason: str | None = None
    since: str | None = None
    busy_fraction: float
    minutes: float


class NewPolicy(Order):
    """P1 to P4; what is not named stays."""

    P1: PolicyName | None = None
    P2: PolicyName | None = None
    P3: PolicyName | None = None
    P4: PolicyName | None = None
    reason: str = Reason
    at: Moment | None = None


class PolicyChosen(BaseModel):
    policies: dict[str, str]
    seq: int
    repeated: bool


class MoveUpRow(BaseModel):
    """A proposal: who should wait where. gain : of the expected coverage, 0 to 1; moves : of this crew in
    this shift so far"""

    id: UUID
    callsign: str
    post_id: str
    post_name: str
    position: Point
    gain: float
    covered_before: float
    covered_after: float
    duration_s: float
    distance_m: float
    moves: int
    reason: Spoken


class NewAcceptance(Order):
    at: Moment | None = None


class NewDeclination(Order):
    reason: str = Reason
    at: Moment | None = None


class CrewOfPost(Order):
    """reason : wanted where the crew cannot go"""

    going: bool
    reason: str | None = Field(default=None, max_length=500)
    at: Moment | None = None


class MoveUpAnswer(BaseModel):
    id: UUID
    answer: Literal["accepted", "declined"]
    callsign: str
    post_id: str
    seq: int
    repeated: bool


class AnsweredMoveUp(BaseModel):
    id: UUID
    callsign: str
    post_id: str
    post_name: str
    gain: float
    covered_before: float
    covered_after: float
    duration_s: float
    distance_m: float
    answer: Literal["accepted", "declined"]
    reason: str | None
    by: str
    at: str


class MoveUpReport(BaseModel):
    """Of the proposals answered in a stretch of time; accepted_share is null where there was none."""

    accepted: int
    declined: int
    accepted_share: float | None
    gain_accepted: float
    distance_m: float
    duration_s: float
    reasons: dict[str, int]
    rows: list[AnsweredMoveUp]


class NewBatch(Order):
    """incident_ids : whom to share units out to; all that wait where none is named"""

    incident_ids: list[UUID] | None = Field(default=None, max_length=500)


class BatchPair(BaseModel):
    """arrival_s : turnout and travel from now"""

    incident_id: str
    number: int
    priority: str
    unit_id: str
    callsign: str
    arrival_s: float
    eta_s: float
    distance_m: float
    method: str


class BatchLeft(BaseModel):
    incident_id: str
    number: int
    priority: str
    code: Literal["nobody_can", "more_urgent", "spread"]
    reason: Spoken


class BatchAnswer(BaseModel):
    """A proposal and no order: each pair is sent as a run of its own."""

    pairs: list[BatchPair]
    unserved: list[BatchLeft]
    incidents: int
    units: int
    at: str
    map_version: str
    traffic_version: str
