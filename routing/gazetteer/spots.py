"""A place on a street, with how well it is known."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from domain.places import PlaceKind, Words

Float64s = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spot:
    """quality  : 0 to 1, how surely it is there, given that the street is the right one
    radius_m  : how far off it may be
    plausible : whether the number may exist there at all
    """

    xy: Float64s
    radius_m: float
    quality: float
    kind: PlaceKind
    parts: dict[str, str] = field(default_factory=dict)
    reasons: tuple[Words, ...] = ()
    plausible: bool = True
