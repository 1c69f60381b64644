"""What a fork reads of the live centre, and all it reads: values, no views, no log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dispatch.policies.fleet import UnitNow
from dispatch.policies.hospital_now import HospitalNow
from domain.values import Needs, Position
from simulations.fork.stages import Stages
from simulations.fork.usual import Lately as Lately
from simulations.fork.usual import Usual
from simulations.rival import everywhere


@dataclass(frozen=True, slots=True)
class Waits:
    """An incident to which nobody is on the way. rang_at : when its first call rang; number : as people know
    it, where that was told"""

    incident_id: str
    priority: str
    needs: Needs
    position: Position
    rang_at: datetime
    number: int | None = None


@dataclass(frozen=True, slots=True)
class MovedUp:
    """Where free units were told to wait, callsign -> id of the post; how often each was moved in its shift;
    and whether this desk makes the moves that it is shown."""

    post: Mapping[str, str] = field(default_factory=dict)
    moves: Mapping[str, int] = field(default_factory=dict)
    mends: bool = False


@dataclass(frozen=True, slots=True)
class Now:
    """policies : the name of the one that is in force, by priority
    off_map : of the places above and of the stations those that no street of the map is near
    usual   : None where nobody told of the hours of the week
    seq     : the place in the log up to which this is known
    """

    at: datetime
    units: Sequence[UnitNow]
    hospitals: Sequence[HospitalNow]
    waiting: Sequence[Waits]
    lately: Lately
    stages: Stages = field(default_factory=Stages)
    policies: Mapping[str, str] = field(default_factory=lambda: everywhere("closest"))
    moved_up: MovedUp = field(default_factory=MovedUp)
    off_map: frozenset[Position] = frozenset()
    usual: Usual | None = None
    seq: int = 0
