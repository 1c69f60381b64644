"""What a crew is told of the place it drives to, and of who rang."""

from pydantic import BaseModel

from api.schema.calls import AddressNote


class CallerOfRun(BaseModel):
    """One call of the incident, to ring back from the street: which door, which floor."""

    call_id: str
    phone: str
    caller_name: str | None
    received_at: str


class DangerBefore(BaseModel):
    """A danger that was told of an earlier scene at this place."""

    at: str
    incident_number: int
    danger: str


class BriefOfRun(BaseModel):
    """callers : the newest last; empty once the run is over

    notes  : what was noted on this incident
    before : what was noted at this place on earlier ones
    """

    run_id: str
    callers: list[CallerOfRun]
    notes: list[AddressNote]
    before: list[AddressNote]
    dangers: list[DangerBefore]
