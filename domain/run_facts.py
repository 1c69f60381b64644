"""What can happen to a run, as the log keeps it.

Each carries the incident, the unit and the hospital, so that every view finds its row by key.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.base import Beginning, Fact
from domain.values import Position


class Assigned(Beginning):
    TOPIC = "Run.Assigned"
    run_id: UUID
    incident_id: UUID
    incident_number: int
    unit_id: UUID
    callsign: str
    hospital_id: str | None
    bed_kind: str | None
    decision_id: UUID | None
    override_reason: str | None
    eta_s: float | None


class Progressed(Fact):
    """A milestone was reached."""

    TOPIC = "Run.Progressed"
    milestone: str
    incident_id: UUID
    incident_number: int
    callsign: str
    hospital_id: str | None
    position: Position | None
    reason: str | None


class Redirected(Fact):
    """The patient goes to another hospital than planned."""

    TOPIC = "Run.Redirected"
    incident_id: UUID
    incident_number: int
    callsign: str
    hospital_id: str | None
    bed_kind: str | None
    was_hospital_id: str | None
    reason: str | None


class Corrected(Fact):
    """A time was wrong. The original stays in the log, and here."""

    TOPIC = "Run.Corrected"
    incident_id: UUID
    incident_number: int
    callsign: str
    hospital_id: str | None
    milestone: str
    happened_at: datetime
    was: datetime
    reason: str
    class_version = 2

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """No hospital heard of it then."""
        state["hospital_id"] = None


class Undone(Fact):
    """A milestone was reported by mistake: the run stands again where it stood before.

    Of a mistaken assignment `back_to` is None, and the run is stood down in the same save.
    """

    TOPIC = "Run.Undone"
    unit_id: UUID
    incident_id: UUID
    incident_number: int
    callsign: str
    hospital_id: str | None
    bed_kind: str | None
    assigned_at: datetime
    milestone: str
    was: datetime
    back_to: str | None
    back_at: datetime | None
    reason: str | None


class OutcomeTold(Fact):
    """How it ended where nobody was taken to a hospital; one of `run_course.OUTCOMES`."""

    TOPIC = "Run.OutcomeTold"
    incident_id: UUID
    incident_number: int
    callsign: str
    outcome: str


class Briefed(Fact):
    """What the crew was told in the caller's own words, whatever became of the address since."""

    TOPIC = "Run.Briefed"
    callsign: str
    address: str | None
    complaint: str


class Moved(Fact):
    """Its incident was merged into another, or came back: the run serves that one now.

    Tells how the run stands, for whoever has not seen it before.
    """

    TOPIC = "Run.Moved"
    incident_id: UUID
    incident_number: int
    was_incident_id: UUID
    callsign: str
    hospital_id: str | None
    milestone: str
    assigned_at: datetime
    eta_s: float | None
    ended_at: datetime | None
    back: bool
