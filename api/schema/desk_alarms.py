"""Alarms of the desk, and what people do about them."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel

from api.schema.orders import Order, Short


class DeskAlarmRow(BaseModel):
    """subject        : an incident's, a run's or a message's id, or the code of a failing service
    since          : when the cause began; `raised_at` when that became too long
    sounding_since : the 60 s until it is told to the supervisor count from here
    """

    id: str
    kind: Literal["waiting", "untaken", "handover", "unread", "service"]
    subject: str
    level: Literal["red", "amber"]
    incident_id: str | None
    callsign: str | None
    since: str
    raised_at: str
    sounding_since: str
    status: Literal["sounding", "acknowledged", "shelved", "ended"]
    escalated_at: str | None
    acknowledged_at: str | None
    acknowledged_by: str | None
    shelved_until: str | None
    shelved_by: str | None
    shelf_reason: str | None
    ended_at: str | None
    seq: int


class Shelf(Order):
    until: AwareDatetime
    reason: Short
