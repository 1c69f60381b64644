"""Where help is expected to be needed, in cells of a map, and how long the roads take between them.

Numbers come as letters (`bytes`), because the domain knows no arrays: whoever calculates lays one over them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.areas import Demand
from domain.values import Position

NO_WAY_S = 65_535
"""Stands in `CellTimes.seconds` where there is no way."""


@dataclass(frozen=True, slots=True, eq=False)
class DemandCells:
    """The cells of a map. A cell is the streets that are reached soonest from its place.

    places  : of each cell, on a street; its number is the cell's name as long as the map is the same
    weights : the share of the expected demand in each cell; they add up to 1
    demand  : what stands for the demand: the streets that people live on, or the emergencies of the past
    calls   : how many emergencies of the past were counted
    """

    map_version: str
    places: Sequence[Position]
    weights: Sequence[float]
    demand: Demand
    calls: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class CellTimes:
    """The road times between the cells, for one profile under one traffic.

    seconds : uint16[cells, cells], from the row's cell to the column's, rounded up; NO_WAY_S where there is
              no way
    """

    cells: DemandCells
    profile: str
    seconds: bytes
    traffic_version: str
