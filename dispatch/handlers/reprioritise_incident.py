"""It is worse than we thought, or better."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.policies.triage import needs_at
from domain.values import Act


@dataclass(frozen=True, slots=True)
class ReprioritiseIncident:
    act: Act
    incident_id: UUID
    priority: str
    reason: str | None


def reprioritise_incident(command: ReprioritiseIncident, desk: Desk) -> Outcome:
    """The skill asked for follows the new priority; all else stays what the patient needs."""
    priority = checks.priority(command.priority)
    incident = desk.log.incident(command.incident_id)
    needs = incident.needs if priority == incident.priority else needs_at(priority, incident.needs)
    incident.reprioritise(priority, needs, checks.optional_words("reason", command.reason), command.act)
    return Outcome((incident,), {"id": str(incident.id), "priority": priority})
