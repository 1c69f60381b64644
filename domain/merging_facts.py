"""What happens between two incidents: they are one, or two again, or one takes a unit of the other."""

from typing import Any
from uuid import UUID

from domain.base import Fact
from domain.values import Needs


class SaysWhatItIs(Fact):
    """As the answers of a call told it: all None where nobody has asked yet."""

    determinant: str | None
    title: dict[str, str] | None
    plan: str | None
    triaged_by: UUID | None
    protocol: str | None
    protocol_version: int | None


class Merged(Fact):
    """It is the same as another incident. Its calls and runs go there and come back with `Unmerged`."""

    TOPIC = "Incident.Merged"
    into_id: UUID
    into_number: int


class Unmerged(Fact):
    """It is a need of its own after all."""

    TOPIC = "Incident.Unmerged"
    into_id: UUID
    into_number: int
    call_ids: list[UUID]


class Absorbed(SaysWhatItIs):
    """Another incident was the same as this one: what it brought, what was known of it, and how urgent
    this one was."""

    TOPIC = "Incident.Absorbed"
    incident_id: UUID
    number: int
    call_ids: list[UUID]
    run_ids: list[UUID]
    priority: str
    needs: Needs
    was_priority: str
    was_needs: Needs
    danger: str | None
    alarm_level: int
    patients: int
    class_version = 2

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """It took over nothing but urgency then."""
        unsaid = ("determinant", "title", "plan", "triaged_by", "protocol", "protocol_version", "danger")
        state.update(dict.fromkeys(unsaid), alarm_level=1, patients=0)


class Combined(SaysWhatItIs):
    """What it is and how many need help, now that another was merged into it or went out of it again."""

    TOPIC = "Incident.Combined"
    other_number: int
    patients: int
    was_patients: int


class GaveBack(Fact):
    """The other incident was another one; what is left of what it brought goes back to it."""

    TOPIC = "Incident.GaveBack"
    incident_id: UUID
    number: int
    call_ids: list[UUID]
    run_ids: list[UUID]


class UnitTaken(Fact):
    """A unit that was bound for it goes to something more urgent."""

    TOPIC = "Incident.UnitTaken"
    run_id: UUID
    callsign: str
    to_incident_id: UUID
    to_number: int
    to_priority: str
    reason: str


class UnitGained(Fact):
    """It is so urgent that a unit bound for something else comes."""

    TOPIC = "Incident.UnitGained"
    run_id: UUID
    callsign: str
    from_incident_id: UUID
    from_number: int
    from_priority: str
    reason: str
