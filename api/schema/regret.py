"""Regret as it is answered: seconds from sending to the scene, by what was told when the unit was sent."""

from datetime import date

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class CostlyChoice(BaseModel):
    run_id: str
    incident_id: str
    decision_id: str | None
    sent: str
    sent_s: float
    soonest: str
    soonest_s: float
    regret_s: float
    overridden: bool


class ChoicesTold(BaseModel):
    """Each assignment against the advice it was made upon: the soonest of the same kind that was offered."""

    n: int
    followed: int = Field(description="sent the one that was ranked first")
    overridden: int
    soonest_sent: int
    regret_s: float
    mean_regret_s: float | None
    p90_regret_s: int | None
    worst: list[CostlyChoice]


class HindsightDay(BaseModel):
    """One shift day against a plan that knew all its calls. `exact` is false where the best was not found in
    time: then it is a bound, and the regret is the most it can be."""

    day: date
    jobs: int
    mean_actual_s: float | None
    mean_as_sent_s: float | None
    mean_best_s: float | None
    mean_regret_s: float | None
    late_as_sent: int
    late_best: int
    exact: bool
    sent_otherwise: int


class PredictionQuality(BaseModel):
    n: int
    bias_s: float | None = Field(description="above zero: units came later than foretold")
    mean_error_s: float | None
    p80_error_s: int | None


class KeyedQuality(PredictionQuality):
    key: str


class PredictionsTold(BaseModel):
    total: PredictionQuality
    by_kind: list[KeyedQuality]
    by_hour: list[KeyedQuality]


class RegretReport(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    from_: AwareDatetime = Field(alias="from")
    to: AwareDatetime
    seq: int
    complete: bool
    choices: ChoicesTold
    days: list[HindsightDay]
    predictions: PredictionsTold
