"""The caller says where it is; the incident it belongs to moves with it."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.base import Aggregate
from domain.values import Act, Position


@dataclass(frozen=True, slots=True)
class LocateCall:
    act: Act
    call_id: UUID
    position: Position
    address: str | None


def locate_call(command: LocateCall, desk: Desk) -> Outcome:
    call = desk.log.call(command.call_id)
    position = checks.on_the_map(command.position, desk)
    address = checks.optional_words("address", command.address)
    call.locate(position, address, command.act)
    changed: list[Aggregate] = [call]
    if call.incident_id is not None:
        incident = desk.log.incident(call.incident_id)
        if incident.call_ids[0] == call.id:  # later callers may stand across the street
            incident.relocate(position, address, command.act)
            changed.append(incident)
    return Outcome(tuple(changed), {"id": str(call.id)})
