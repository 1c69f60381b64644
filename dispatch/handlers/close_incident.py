"""Nothing is left to do here."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.values import Act


@dataclass(frozen=True, slots=True)
class CloseIncident:
    act: Act
    incident_id: UUID
    reason: str


def close_incident(command: CloseIncident, desk: Desk) -> Outcome:
    incident = desk.log.incident(command.incident_id)
    incident.close(checks.words("reason", command.reason, 200), command.act)
    return Outcome((incident,), {"id": str(incident.id)})
