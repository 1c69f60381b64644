"""Plans, alarm levels and shifts, as they are ordered."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.schema.orders import Moment, Order, Short


class NewAlarmLevel(Order):
    level: Annotated[int, Field(strict=True)]
    reason: Short


class NewShift(Order):
    """on_since : where it is left out, nothing is known of how long the crew has been at work"""

    ends_at: Moment
    on_since: Moment | None = None
    meal_due_at: Moment | None = None


class PlannedRun(Order):
    run_id: UUID
    unit_id: Short
    hospital_id: Short | None = None
    bed_kind: Short | None = None
    override_code: Short | None = None
    override_reason: Short | None = None


class NewResponse(Order):
    response_id: UUID
    runs: list[PlannedRun] = Field(min_length=1, max_length=60)
    decision_id: UUID | None = None
    override_code: Short | None = None
    override_reason: Short | None = None
    confirm_place: bool = False
