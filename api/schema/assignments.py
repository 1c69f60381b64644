"""Orders and rows about how assignments are watched over."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from api.schema.assignment_parts import AutoDispatchPart, PromptRow, WithdrawnPart
from api.schema.orders import Moment, Order, Place, Short
from api.schema.rows import Point, Words

# --- orders ---------------------------------------------------------------------------------------


class OfferAnswer(Order):
    answer: Literal["accepted", "declined"]
    reason: Short | None = None
    at: Moment | None = None


class NewPrompt(Order):
    """What a unit did by its positions. prompt_id : the same however often it is found."""

    prompt_id: UUID
    move: Short
    at: Moment
    position: Place


class PromptAnswer(Order):
    """prompt_id : the one that stands on the run's row where none is named"""

    prompt_id: UUID | None = None
    reason: Short | None = None


class Undoing(Order):
    """of : the seq of the step that is meant, as the run's row names it in `undo`, or "last" """

    of: Annotated[int, Field(strict=True, ge=1)] | Literal["last"] = "last"
    reason: Short | None = None


def none_of_a_broken_clock(said: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """The year 1970 stands in no call for help's way."""
    try:
        return read(said)
    except ValidationError:
        return None


class NewSos(Order):
    id: UUID | None = None
    at: Annotated[Moment | None, WrapValidator(none_of_a_broken_clock)] = None
    position: Place | None = None
    note: Short | None = None


class AlarmEnd(Order):
    outcome: Short
    note: Short | None = None


class WelfareAnswer(Order):
    ok: bool
    at: Moment | None = None
    note: Short | None = None


class Withdrawal(Order):
    reason: Short
    until: Moment | None = None


class NewDanger(Order):
    """danger : what threatens those who go there; null where it is over"""

    danger: Short | None


class MaybeReason(Order):
    reason: Short | None = None


# --- rows -----------------------------------------------------------------------------------------


class PromptOfRun(PromptRow):
    run_id: str
    incident_id: str
    callsign: str


class AutoDispatchRow(AutoDispatchPart):
    incident_id: str
    number: int
    priority: str


class StationUnit(BaseModel):
    callsign: str
    kind: str
    duty: str
    status: str
    withdrawn: WithdrawnPart | None


class StationCounts(BaseModel):
    """day : on which the shift began, at 06:30"""

    day: str
    offered: int
    accepted: int
    declined: int
    called_off: int
    lapsed: int


class StationBoardRow(BaseModel):
    id: str
    name: str
    position: Point
    hospital_id: str | None
    ownership: Literal["hospital", "shared", "centre"]
    commitment: Literal["full", "shared", "loose"]
    commitment_assumed: bool
    units: list[StationUnit]
    days: list[StationCounts]


class TrackPoint(BaseModel):
    """One position of a unit, by the time at which it was there."""

    at: str
    lat: float
    lon: float
    speed_mps: float | None
    heading_deg: float | None
    accuracy_m: float | None


class StateRow(BaseModel):
    """One state of a run, and what may follow."""

    milestone: str
    label: Words
    next: list[str]
    over: bool


class OutcomeRow(BaseModel):
    outcome: str
    label: Words


class RunCourse(BaseModel):
    states: list[StateRow]
    outcomes: list[OutcomeRow]
    alarm_outcomes: list[OutcomeRow]
