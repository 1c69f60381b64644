"""Incidents that are one: what was merged stays what it was, and another stands for it."""

from uuid import UUID

from dispatch.application import DispatchLog
from domain.incident import Incident
from domain.roll import Roll


def that_are_one(log: DispatchLog, incident_id: UUID) -> list[UUID]:
    """The incident itself, and whatever was merged into it, or into one of those."""
    found = [incident_id]
    for each in found:  # which grows on the way
        found += [other for other in log.incident(each).absorbed if other not in found]
    return found


def that_stands_for(log: DispatchLog, incident_id: UUID) -> Incident:
    """Where an incident came to by merging; itself where it was not merged."""
    incident = log.incident(incident_id)
    while incident.merged_into is not None:
        incident = log.incident(incident.merged_into[0])
    return incident


def roll_of(log: DispatchLog, incident_id: UUID) -> Roll | None:
    """None until the first patient of an incident was tagged."""
    return log.find(Roll, Roll.create_id(incident_id))


def rolls_of(log: DispatchLog, incident_id: UUID) -> list[Roll]:
    """Its own, and those of all that were merged into it: tags stay as they were given."""
    return [roll for each in that_are_one(log, incident_id) if (roll := roll_of(log, each)) is not None]
