"""It is worse than we thought, or better."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.policies.triage import needs_of
from domain.values import Act, Needs


@dataclass(frozen=True, slots=True)
class ReprioritiseIncident:
    act: Act
    incident_id: UUID
    priority: str
    reason: str | None


def reprioritise_incident(command: ReprioritiseIncident, desk: Desk) -> Outcome:
    """The crew asked for follows the new priority; bed and speciality stay what the patient needs."""
    priority = checks.priority(command.priority)
    incident = desk.log.incident(command.incident_id)
    wanted = needs_of(priority)
    needs = Needs(wanted.capabilities, incident.needs.bed_kind, incident.needs.speciality)
    if priority == incident.priority:
        needs = incident.needs
    incident.reprioritise(priority, needs, checks.optional_words("reason", command.reason), command.act)
    return Outcome((incident,), {"id": str(incident.id), "priority": priority})
