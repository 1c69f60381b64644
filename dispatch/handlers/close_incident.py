"""Nothing is left to do here."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.beds import Beds
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.patients import end_with_incident, refuse_to_leave_aboard
from domain.values import Act


@dataclass(frozen=True, slots=True)
class CloseIncident:
    act: Act
    incident_id: UUID
    reason: str | None
    outcome: str | None = None


def close_incident(command: CloseIncident, desk: Desk) -> Outcome:
    incident = desk.log.incident(command.incident_id)
    reason, outcome = checks.ending(command.reason, command.outcome)
    incident.close(reason, command.act, outcome)
    refuse_to_leave_aboard(incident, desk.log)
    beds = Beds(desk, command.act)
    beds.keep_no_longer(incident)
    patients = end_with_incident(incident.id, beds, desk.log, command.act)
    return Outcome((incident, *patients, *beds.changed), {"id": str(incident.id)})
