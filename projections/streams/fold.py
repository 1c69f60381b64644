"""The shape of a fold, and the limits that some of them know."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from domain.city import Limit, Targets
from projections.streams.effects import Effect

Effects = tuple[Effect, ...]
NOTHING: Effects = ()


class Fold(Protocol):
    """Pure. A message that changes nothing gives back the very same state, and no effects."""

    @property
    def name(self) -> str: ...

    @property
    def state(self) -> type[Struct]:
        """What it remembers of one key."""
        ...

    def apply(self, state: Any, message: Any) -> tuple[Any, Effects]:
        """The state after the message, None where it may be forgotten, and what should happen."""
        ...

    def due(self, state: Any) -> datetime | None:
        """From when on a `Tick` would change this state; None while only news can."""
        ...


class Limits(Struct, frozen=True):
    """When a wait turns amber and red, in seconds; the same as the centre's own screens use."""

    acknowledge: Limit = Limit(60, 90)
    on_scene: Limit = Limit(1200, 1800)
    handover: Limit = Limit(1800, 2700)
    unit_position: Limit = Limit(30, 120)
    queue: Mapping[str, Limit] = {}
    arrival_stay_s: float = 10.0  # surely inside, or outside, for so long: then it came, or went

    def waiting(self, priority: str | None) -> Limit:
        """How long an incident of this priority may wait for its first unit."""
        return self.queue.get(priority or "", Limit(120, 300))


def limits_of(targets: Targets, arrival_stay_s: float = 10.0) -> Limits:
    return Limits(
        acknowledge=targets.acknowledge,
        on_scene=targets.on_scene,
        handover=targets.handover,
        unit_position=targets.unit_position,
        queue={str(priority): limit for priority, limit in targets.queue.items()},
        arrival_stay_s=arrival_stay_s,
    )


def earliest(*moments: datetime | None) -> datetime | None:
    return min((each for each in moments if each is not None), default=None)
