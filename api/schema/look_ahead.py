"""A look ahead as it is answered: what sending one unit or another means for the calls of the next hour."""

from pydantic import AwareDatetime, BaseModel, Field


class Between(BaseModel):
    """A mean over the futures, and between which two it lies with 95 % confidence."""

    mean: float
    low: float
    high: float


class AgainstFirst(Between):
    """How many more late calls than if the first unit goes, in the same futures. Where `sure` is false no
    difference was shown."""

    sure: bool


class UnitOutlook(BaseModel):
    """If this unit is sent.

    arrival_s   : from now until it is there, turnout included
    late        : whether it is later than the target of this incident
    others_late : expected late calls among those who wait and those who will ring
    against     : null for the first unit
    """

    unit_id: str
    callsign: str
    arrival_s: float
    late: bool
    others_late: Between
    against: AgainstFirst | None


class StageSaid(BaseModel):
    """own_runs : how many runs of this centre it was learned from; 0 where it is an assumption"""

    median_s: float
    own_runs: int


class LookAheadAnswer(BaseModel):
    """Advice and nothing more: nobody is sent by it, and nothing is stored."""

    incident_id: str
    at: AwareDatetime
    seq: int = Field(description="place in the log up to which the live state was read")
    hours: float
    futures: int = Field(description="that were played")
    calls_expected: float = Field(description="that will ring within the hours, or wait now")
    lately_hours: float = Field(description="how far back incidents were counted for the rate of calls")
    lately_incidents: int
    scene: StageSaid
    handover: StageSaid
    clear: StageSaid
    policies: dict[str, str] = Field(description="by priority, the dispatch policies that were in force")
    moves_made: bool = Field(description="whether free units are moved to posts in the futures, as of late")
    hours_of_week: bool = Field(description="whether the city told how busy each hour of the week is")
    units: list[UnitOutlook]
