"""What can happen to an incident, as the log keeps it."""

from typing import Any
from uuid import UUID

from domain.base import Beginning, Fact
from domain.values import Needs, Position


class Opened(Beginning):
    TOPIC = "Incident.Opened"
    incident_id: UUID
    number: int
    call_id: UUID
    position: Position
    address: str | None
    complaint: str
    determinant: str | None
    priority: str
    patients: int
    needs: Needs


class CallJoined(Fact):
    TOPIC = "Incident.CallJoined"
    call_id: UUID


class Quoted(Fact):
    """What a caller said of it, where `Opened` does not tell: the crew hears it as it was said."""

    TOPIC = "Incident.Quoted"
    call_id: UUID
    address: str | None
    complaint: str


class CallSeparated(Fact):
    """One of its calls is about something else."""

    TOPIC = "Incident.CallSeparated"
    call_id: UUID


class PlaceSaid(Fact):
    """How we know where it is. Nobody is sent to one that is not `certain` before it is confirmed."""

    TOPIC = "Incident.PlaceSaid"
    source: str
    confidence: float | None
    ambiguous: bool
    certain: bool


class PlaceConfirmed(Fact):
    """Somebody read the place to the caller, or has other reason to be sure."""

    TOPIC = "Incident.PlaceConfirmed"


class Triaged(Fact):
    """What the answers of a call say it is. Priority and needs change by `Reprioritised` alone."""

    TOPIC = "Incident.Triaged"
    call_id: UUID
    protocol: str | None  # None where a person named the determinant
    protocol_version: int | None
    determinant: str
    title: dict[str, str]
    plan: str
    priority: str | None


class SafetyCalled(Fact):
    """Whoever waits was rung back."""

    TOPIC = "Incident.SafetyCalled"
    safety_call_id: UUID
    finding: str  # one of domain/safety_call.py
    note: str | None


class Reprioritised(Fact):
    TOPIC = "Incident.Reprioritised"
    priority: str
    was: str
    needs: Needs
    reason: str | None


class Relocated(Fact):
    TOPIC = "Incident.Relocated"
    position: Position
    address: str | None


class Noted(Fact):
    TOPIC = "Incident.Noted"
    note_id: UUID
    text: str


class Remembered(Fact):
    """Something was noted on it, or its scene told dangerous: who comes to this place again, hears it."""

    TOPIC = "Incident.Remembered"
    position: Position
    dangerous: bool


class RunOpened(Fact):
    TOPIC = "Incident.RunOpened"
    run_id: UUID
    callsign: str


class RunEnded(Fact):
    TOPIC = "Incident.RunEnded"
    run_id: UUID
    callsign: str
    outcome: str


class DangerTold(Fact):
    """Whether the scene threatens those who go there; `danger` says how, None that it is over."""

    TOPIC = "Incident.DangerTold"
    danger: str | None
    run_ids: list[UUID]  # those that serve it at that moment: their crews must hear of it
    class_version = 2

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        state["run_ids"] = []


class Closed(Fact):
    TOPIC = "Incident.Closed"
    reason: str


class AlarmLevelSet(Fact):
    """More is needed than was thought, or less: the response plan grows and shrinks with it."""

    TOPIC = "Incident.AlarmLevelSet"
    level: int
    was: int
    reason: str


class PatientsTagged(Fact):
    """Some of its patients got tags. It stands here, too, so that of tagging and closing one is first."""

    TOPIC = "Incident.PatientsTagged"
    count: int


class BedKept(Fact):
    """A hospital said yes before anybody was sent, as for a transfer: the bed is promised to the incident
    until a run for that hospital has it."""

    TOPIC = "Incident.BedKept"
    hospital_id: str
    bed_kind: str


class Concluded(Fact):
    TOPIC = "Incident.Concluded"
    outcome: str  # one of domain/outcome.py
