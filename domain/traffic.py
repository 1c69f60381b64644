"""What hinders the roads just now: closed streets, slow streets, and speeds that somebody measured.

A *stretch* says where: around a point, along a line, or within an area. A flood is an area.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

StretchKind = Literal["point", "line", "area"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the town, in degrees.

    points  : (lat, lon): one for a point, two or more along a line, three or more around an area (the ring
              closes itself)
    width_m : how far from a point or a line a street still counts; of no meaning for an area
    """

    kind: StretchKind
    points: tuple[tuple[float, float], ...]
    width_m: float = 15.0


@dataclass(frozen=True, slots=True)
class Closure:
    """Nobody of the profiles drives there until it is lifted, or until it ends by itself.

    profiles : "van", "motorbike" (blue light or not); empty for everyone
    """

    closure_id: UUID
    stretch: Stretch
    reason: str
    profiles: tuple[str, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Slowing:
    """Everyone there drives at this share of the usual speed, above 0 and at most 1."""

    slowing_id: UUID
    stretch: Stretch
    share: float
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SpeedReport:
    """A speed somebody measured along a stretch. It fades with age: `routing` says how.

    heading_deg : the direction that was driven, None for both
    """

    stretch: Stretch
    kmh: float
    measured_at: datetime
    heading_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Traffic:
    """Everything that hinders the roads after the change number `version`; 0 is an empty street."""

    version: int = 0
    closures: tuple[Closure, ...] = ()
    slowings: tuple[Slowing, ...] = ()
    reports: tuple[SpeedReport, ...] = ()

    def __deepcopy__(self, memo: object) -> "Traffic":
        """It never changes, so it is its own copy: thousands of points are not copied for each look."""
        return self
