"""What a fork reads of the live centre, and all it reads: values, no views, no log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dispatch.policies.fleet import UnitNow
from dispatch.policies.hospital_now import HospitalNow
from domain.values import Needs, Position
from simulations.fork.stages import Stages


@dataclass(frozen=True, slots=True)
class Waits:
    """An incident to which nobody is on the way. rang_at : when its first call rang"""

    incident_id: str
    priority: str
    needs: Needs
    position: Position
    rang_at: datetime


@dataclass(frozen=True, slots=True)
class Lately:
    """What came in before this moment: incidents by priority, in so many hours."""

    hours: float
    incidents: Mapping[str, int]

    @property
    def count(self) -> int:
        return sum(self.incidents.values())


@dataclass(frozen=True, slots=True)
class Now:
    """seq : the place in the log up to which this is known"""

    at: datetime
    units: Sequence[UnitNow]
    hospitals: Sequence[HospitalNow]
    waiting: Sequence[Waits]
    lately: Lately
    stages: Stages = field(default_factory=Stages)
    seq: int = 0
