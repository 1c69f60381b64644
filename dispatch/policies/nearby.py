"""Which open incidents a new call may belong to: five people ring for one crash."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import cos, hypot, radians

from domain.values import Position

WITHIN_M = 300.0
WITHIN_S = 900.0
M_PER_DEGREE = 111_195.0  # of latitude, on the mean sphere


@dataclass(frozen=True, slots=True)
class OpenIncident:
    incident_id: str
    number: int
    position: Position
    opened_at: datetime
    complaint: str


@dataclass(frozen=True, slots=True)
class Proposal:
    incident_id: str
    number: int
    complaint: str
    distance_m: float
    age_s: float


def proposals(
    position: Position, at: datetime, incidents: Iterable[OpenIncident], most: int = 5
) -> list[Proposal]:
    """Open incidents within 300 m and 15 minutes, nearest first.

    Flat-earth metres are exact enough over such a distance: this compares places, it drives nowhere.
    """
    found = []
    for incident in incidents:
        age_s = (at - incident.opened_at).total_seconds()
        distance_m = flat_metres(position, incident.position)
        if distance_m <= WITHIN_M and -60 <= age_s <= WITHIN_S:
            found.append(
                Proposal(
                    incident.incident_id, incident.number, incident.complaint, round(distance_m, 1), age_s
                )
            )
    found.sort(key=lambda proposal: (proposal.distance_m, proposal.number))
    return found[:most]


def flat_metres(a: Position, b: Position) -> float:
    east = (a.lon - b.lon) * cos(radians((a.lat + b.lat) / 2))
    return hypot(a.lat - b.lat, east) * M_PER_DEGREE
