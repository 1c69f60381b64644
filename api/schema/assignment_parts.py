"""The parts of rows that tell how an assignment is watched over."""

from typing import Literal

from pydantic import BaseModel


class Spot(BaseModel):
    lat: float
    lon: float


class TimerRow(BaseModel):
    """A wait that is running. What has no amber begins to warn at red."""

    name: Literal["waiting", "acknowledge", "answer", "on_scene", "handover", "welfare"]
    since: str
    amber_at: str | None
    red_at: str


class OfferRow(BaseModel):
    """by_moving : nobody pressed anything; it counts as accepted because the unit drives to the scene"""

    asked: Literal["crew", "station"]
    station_id: str
    hospital_id: str | None
    within_s: float
    until: str
    turn: int
    escalate: Literal["offer_next", "tell_dispatcher"]
    state: Literal["open", "accepted", "declined", "called_off", "lapsed"]
    answered_at: str | None
    by_moving: bool = False
    settled: bool
    next_run_id: str | None
    next_callsign: str | None


class PromptRow(BaseModel):
    """at : when the move happened; seen_at : when we knew"""

    id: str
    move: Literal["arrived_scene", "left_scene", "arrived_hospital", "left_hospital"]
    milestone: str
    at: str
    seen_at: str
    position: Spot


class UndoRow(BaseModel):
    """What can be taken back now. of : say so in the order; until : later its time is corrected"""

    of: int
    milestone: str
    until: str


class UndoneRow(BaseModel):
    milestone: str
    was: str
    reason: str | None
    actor: str
    recorded_at: str


class CorrectionRow(BaseModel):
    """A time that was mended, and what it had been."""

    milestone: str
    was: str
    at: str
    reason: str
    actor: str
    recorded_at: str


class AutoDispatchPart(BaseModel):
    """state : proposed while it counts down; why : of a veto, or by_hand, closed, not_free,
    place_in_doubt"""

    state: Literal["proposed", "vetoed", "sent", "dropped"]
    callsigns: list[str]
    hospital_id: str | None
    bed_kind: str | None
    decision_id: str
    proposed_at: str
    due_at: str
    veto_s: float
    by: str | None
    why: str | None


class CrewAlarmRow(BaseModel):
    id: str
    kind: Literal["sos", "welfare"]
    callsign: str
    run_id: str | None
    incident_id: str | None
    position: Spot | None
    note: str | None
    status: Literal["sounding", "acknowledged", "closed"]
    since: str
    presses: int
    escalated_at: str | None = None
    acknowledged_at: str | None
    acknowledged_by: str | None
    closed_at: str | None
    closed_by: str | None
    outcome: str | None
    closing_note: str | None
    seq: int


class WithdrawnPart(BaseModel):
    reason: str
    since: str
    until: str | None
    by: str
