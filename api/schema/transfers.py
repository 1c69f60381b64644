"""Bodies and rows of transfers between hospitals."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from api.schema.answers import Done
from api.schema.care import Sex
from api.schema.orders import Moment, Order, Short


class TransferPacket(Order):
    """Who the patient is, as far as the way needs it: no name."""

    age_years: Annotated[int, Field(strict=True, ge=0, le=130)] | None = None
    sex: Sex | None = None
    condition: Annotated[str, Field(max_length=500)] | None = None
    equipment: Annotated[str, Field(max_length=200)] | None = None


class NewTransfer(Order):
    """`phone`: of the ward that asks, for the crew."""

    id: UUID | None = None
    from_hospital_id: Short
    to_hospital_id: Short
    bed_kind: Short
    priority: Literal["P1", "P2", "P3", "P4"] = "P3"
    phone: Short
    packet: TransferPacket = Field(default_factory=TransferPacket)
    not_before: Moment | None = None


class TransferDecision(Order):
    approved: bool
    reason: Short | None = None


class TransferModeBody(Order):
    mode: Literal["peacetime", "wartime"]
    reason: Short


class TransferTold(Done):
    id: str
    state: str
    incident_id: str | None = None


class ModeChange(BaseModel):
    mode: str
    was: str
    reason: str
    at: str
    by: str


class TransferModeRow(BaseModel):
    mode: Literal["peacetime", "wartime"]
    history: list[ModeChange]
