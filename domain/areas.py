"""What lies within reach of a place, or of many: as figures, and as a shape on the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from domain.values import Method

Direction = Literal["from", "to"]
Ring = Sequence[tuple[float, float]]
"""(lat, lon) corners; the first is repeated at the end."""
Polygon = Sequence[Ring]
"""An outer ring, and then its holes."""
Demand = Literal["streets", "calls", "unknown"]


@dataclass(frozen=True, slots=True)
class Area:
    """What is reached within a time.

    street_km    : None where no streets are known
    demand_share : of the demand expected on the whole map, 0 to 1; None where nothing is known of it
    polygons     : None where they were not asked for
    """

    limit_s: float
    area_km2: float
    street_km: float | None
    demand_share: float | None
    polygons: Sequence[Polygon] | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """An area for each limit asked for, in that order.

    demand  : what stands for the demand expected: the length of the streets that people live on, or nothing
    off_map : which of the places asked about (their numbers) no street is near to; they reach nothing
    """

    areas: Sequence[Area]
    demand: Demand
    off_map: Sequence[int] = ()
    method: Method = "road"
