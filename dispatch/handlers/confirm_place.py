"""Somebody is sure of the place of an incident: as it stands, or corrected."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.values import Act, Position


@dataclass(frozen=True, slots=True)
class ConfirmPlace:
    act: Act
    incident_id: UUID
    position: Position | None = None
    address: str | None = None


def confirm_place(command: ConfirmPlace, desk: Desk) -> Outcome:
    """The caller's own words stay beside it, whatever the address is corrected to."""
    incident = desk.log.incident(command.incident_id)
    address = checks.optional_words("address", command.address)
    if command.position is not None or address is not None:
        position = checks.on_the_map(command.position, desk) if command.position else incident.position
        incident.relocate(position, address, command.act)
    incident.confirm_place(command.act)
    return Outcome((incident,), {"id": str(incident.id)})
