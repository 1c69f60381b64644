"""A hospital as it stands at the moment of a choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.service_hours import Hours, SaidOfService
from domain.values import Position


@dataclass(frozen=True, slots=True)
class BedsNow:
    free: int
    reported_at: datetime | None
    staffed: int = 0


@dataclass(frozen=True, slots=True)
class HospitalNow:
    """One hospital as it stands.

    hours, services : when a speciality is open, and what the hospital said of one for now
    inbound, waiting : patients on the way there; arrived and not handed over yet
    handover_s       : the middle one of the last handovers there, None where there was none
    """

    hospital_id: str
    name: str
    position: Position
    specialities: tuple[str, ...]
    beds: Mapping[str, BedsNow]
    diverting_until: datetime | None
    diverted_services: tuple[str, ...]
    hours: Mapping[str, Hours] = field(default_factory=dict)
    services: Mapping[str, SaidOfService] = field(default_factory=dict)
    inbound: int = 0
    waiting: int = 0
    handover_s: float | None = None
