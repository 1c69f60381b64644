"""Words for those who read along."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.one_incident import that_stands_for
from domain.values import Act


@dataclass(frozen=True, slots=True)
class NoteIncident:
    act: Act
    incident_id: UUID
    note_id: UUID
    text: str


def note_incident(command: NoteIncident, desk: Desk) -> Outcome:
    """What is written on one that was merged is read where the work goes on."""
    incident = that_stands_for(desk.log, command.incident_id)
    incident.note(command.note_id, checks.words("text", command.text), command.act)
    return Outcome((incident,), {"id": str(incident.id), "note_id": str(command.note_id)})
