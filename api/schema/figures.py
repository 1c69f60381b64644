"""Figures as they are answered: seconds are whole where they were measured, shares lie between 0 and 1."""

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class IntervalFigures(BaseModel):
    """Of one interval. Percentiles are by nearest rank over the `n` that were measured; what never ended is
    `censored`, by reason: waiting, never_sent, nobody_able, under_way, declined, stood_down, not_said,
    below_zero."""

    n: int
    p50_s: int | None
    p90_s: int | None
    mean_s: float | None
    longest_s: int | None
    censored: dict[str, int]


class NormFigures(BaseModel):
    """How a norm was kept: strictly below `within_s`, by `share` of the measured, or by their mean (null)."""

    name: str
    interval: str
    priorities: list[str]
    within_s: int
    share: float | None
    n: int
    late: int
    late_share: float | None
    mean_s: float | None
    kept: bool | None = Field(description="null where nothing was measured")
    source: str


class UnitHoursFigures(BaseModel):
    units: int
    staffed_s: int
    busy_s: int
    utilisation: float | None = Field(description="time on runs as a share of the staffed time")
    runs: int
    transports: int
    transports_per_hour: float | None = Field(description="patients carried by staffed unit hours")


class GroupFigures(BaseModel):
    incidents: int
    calls: int
    intervals: dict[str, IntervalFigures]
    norms: list[NormFigures]
    outcomes: dict[str, int]
    unit_hours: UnitHoursFigures


class KeyedFigures(GroupFigures):
    key: str


class PhoneFigures(BaseModel):
    answered: int
    abandoned: int
    answered_share: float | None
    joined_incident: int
    open: int
    closed: dict[str, int]


class TotalFigures(GroupFigures):
    phone: PhoneFigures


class Figures(BaseModel):
    """The figures of [`from`, `to`), counted up to place `seq` of the log.

    `complete` is false where the book of figures had not caught up with the log in time: ask again.
    """

    model_config = ConfigDict(populate_by_name=True)

    from_: AwareDatetime = Field(alias="from")
    to: AwareDatetime
    by: str
    times: str
    as_known_at: AwareDatetime | None
    seq: int
    complete: bool
    day_begins: str
    total: TotalFigures
    groups: list[KeyedFigures]


class UnitFigures(BaseModel):
    callsign: str
    station_id: str | None
    kind: str | None
    staffed_s: int
    busy_s: int
    utilisation: float | None
    runs: int
    transports: int


class UnitsCounted(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    from_: AwareDatetime = Field(alias="from")
    to: AwareDatetime
    seq: int
    complete: bool
    units: list[UnitFigures]
