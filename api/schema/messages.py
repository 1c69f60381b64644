"""Messages to crews."""

from uuid import UUID

from pydantic import BaseModel

from api.schema.orders import Moment, Order, Text


class MessageRow(BaseModel):
    """incident_id, run_id : what the unit was on when it was sent"""

    id: str
    callsign: str
    words: str
    incident_id: str | None
    run_id: str | None
    sent_at: str
    sent_by: str
    read_at: str | None
    read_by: str | None
    seq: int


class NewMessage(Order):
    id: UUID | None = None
    text: Text


class MessageRead(Order):
    at: Moment | None = None
