"""Plans, swaps, shifts and overrides, as they are answered."""

from pydantic import BaseModel


class ShiftPart(BaseModel):
    on_since: str | None
    ends_at: str | None
    meal_due_at: str | None


class SlotUnitRow(BaseModel):
    """eta_s : until it is on scene, turnout included; on_foot_m : from the end of its way to the scene"""

    unit_id: str
    callsign: str
    kind: str
    eta_s: float
    on_foot_m: float


class PlanSlotRow(BaseModel):
    role: str
    en: str
    vi: str
    capabilities: list[str]
    kinds: list[str]
    unit: SlotUnitRow | None
    filled_by_run: str | None
    filled_by: str | None
    order: list[str]


class ShortfallRow(BaseModel):
    role: str
    en: str
    vi: str


class PlanRow(BaseModel):
    name: str
    alarm_level: int
    alley: bool
    slots: list[PlanSlotRow]
    complete: bool
    shortfalls: list[ShortfallRow]


class SwapCostRow(BaseModel):
    """What the other incident pays: who would serve it instead, and how much later."""

    priority: str
    instead: str | None
    delay_s: float | None


class SwapRow(BaseModel):
    unit_id: str
    callsign: str
    kind: str
    run_id: str
    incident_id: str
    incident_number: int
    eta_s: float
    gain_s: float | None
    cost: SwapCostRow


class Why(BaseModel):
    """Of one unit in one stored decision. rank : its place in the ranking, null where it was passed over."""

    decision_id: str
    callsign: str
    rank: int | None
    score: float | None
    parts: dict[str, float]
    behind_s: float | None
    first: str | None
    vi: list[str]
    en: list[str]


class OverrideCode(BaseModel):
    code: str
    en: str
    vi: str


class OverrideCodes(BaseModel):
    """owner : who answers for the list; null where the city has none of its own"""

    owner: str | None
    codes: list[OverrideCode]


class OverrideRow(BaseModel):
    at: str
    actor: str
    decision_id: str
    incident_id: str
    incident_number: int
    priority: str
    run_id: str
    callsign: str
    instead: str
    code: str
    reason: str
    given_up_s: float | None


class OverrideCount(BaseModel):
    """given_up_s : the sum of what is known; of those sent sooner it counts below zero"""

    name: str
    count: int
    given_up_s: float


class OverrideReport(BaseModel):
    since: str
    until: str
    count: int
    given_up_s: float
    by_reason: list[OverrideCount]
    by_dispatcher: list[OverrideCount]
    overrides: list[OverrideRow]
