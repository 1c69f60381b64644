"""More help than the plan foresaw, or less: the alarm level of an incident."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.values import Act


@dataclass(frozen=True, slots=True)
class SetAlarmLevel:
    act: Act
    incident_id: UUID
    level: int
    reason: str


def set_alarm_level(command: SetAlarmLevel, desk: Desk) -> Outcome:
    incident = desk.log.incident(command.incident_id)
    incident.set_alarm_level(command.level, checks.words("reason", command.reason, 500), command.act)
    return Outcome((incident,), {"incident_id": str(incident.id), "alarm_level": incident.alarm_level})
