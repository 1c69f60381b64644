"""The caller says where it is; the incident it belongs to moves with it."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.said_place import checked, tell_incident
from domain.base import Aggregate
from domain.places_said import SaidPlace
from domain.values import Act, Position


@dataclass(frozen=True, slots=True)
class LocateCall:
    act: Act
    call_id: UUID
    position: Position
    address: str | None
    place: SaidPlace | None = None
    words: str | None = None  # the caller's own, where `address` is somebody else's wording


def locate_call(command: LocateCall, desk: Desk) -> Outcome:
    call = desk.log.call(command.call_id)
    position = checks.on_the_map(command.position, desk)
    address = checks.optional_words("address", command.address)
    place, words = checked(command.place), checks.optional_words("words", command.words)
    call.locate(position, address, command.act)
    if place is not None:
        call.say_place(place, words, command.act)
    changed: list[Aggregate] = [call]
    if call.incident_id is not None:
        incident = desk.log.incident(call.incident_id)
        if incident.call_ids[0] == call.id:  # later callers may stand across the street
            incident.relocate(position, address, command.act)
            tell_incident(incident, place, command.act, desk)
            changed.append(incident)
    return Outcome(tuple(changed), {"id": str(call.id)})
