"""The port `CoverageGrid` on the places of a city model, for roads that the live engine does not hold.

Each place is a cell, weighed by its calls of the whole week. Who stands elsewhere is in the cell of the place
next to it in a straight line.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.spatial import cKDTree

from domain.coverage import NO_WAY_S, CellTimes, DemandCells
from domain.ports import TravelTimes
from domain.values import Position
from routing.arrays import Float64s
from simulations.city_model.model import NO_INCIDENT, CityModel
from simulations.city_model.week import hours_of


class PlacesGrid:
    """Worked out once: its roads stay as they are."""

    stale = False

    def __init__(self, model: CityModel, roads: TravelTimes) -> None:
        places = [place.position for place in model.places]
        cells = DemandCells(roads.map_version, places, weights_of_week(model), "calls", 0)
        self.times: Mapping[str, CellTimes] = {
            kind: CellTimes(cells, kind, _seconds(roads, places, kind), roads.traffic_version)
            for kind in dict.fromkeys(unit.kind for unit in model.units)
        }
        self._east = float(np.cos(np.radians(np.mean([place.lat for place in places]))))
        self._tree = cKDTree(self._plane(places))

    def cells_of(self, positions: Sequence[Position]) -> list[int]:
        if not positions:
            return []
        _, found = self._tree.query(self._plane(positions))
        return [int(cell) for cell in found]

    def _plane(self, positions: Sequence[Position]) -> Float64s:
        return np.array([(each.lat, each.lon * self._east) for each in positions])


def weights_of_week(model: CityModel) -> list[float]:
    """The share of each place in the incidents of a week."""
    week = np.sum([kind.rates for kind in model.kinds if kind.priority != NO_INCIDENT], axis=0)
    whole = np.zeros(len(model.places))
    for number, period in enumerate(model.periods):
        its = np.array([place.weights[number] for place in model.places])
        whole += its / its.sum() * float(week[hours_of(period.spells)].sum())
    return [float(weight) for weight in whole / whole.sum()]


def _seconds(roads: TravelTimes, places: Sequence[Position], kind: str) -> bytes:
    table = roads.table(places, places, kind)
    seconds = [
        [NO_WAY_S if way is None else min(np.ceil(way.duration_s), NO_WAY_S - 1) for way in row]
        for row in table
    ]
    return np.array(seconds, np.uint16).tobytes()
