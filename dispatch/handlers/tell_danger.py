"""The scene threatens those who go there, or does no more."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.values import Act


@dataclass(frozen=True, slots=True)
class TellDanger:
    """danger : what threatens, None where it is over"""

    act: Act
    incident_id: UUID
    danger: str | None


def tell_danger(command: TellDanger, desk: Desk) -> Outcome:
    incident = desk.log.incident(command.incident_id)
    incident.tell_danger(checks.optional_words("danger", command.danger, 200), command.act)
    return Outcome((incident,), {"incident_id": str(incident.id), "danger": incident.danger})
