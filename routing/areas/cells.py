"""A map in some hundreds of cells of about equal demand, so that coverage is a matter of small tables.

Streets are halved along the longer side of their box, so that both halves hold the same demand, until there
are enough parts: many small ones where people live close together, few wide ones in the fields. The street
nearest to the middle of a part's demand becomes the place of a cell; then every street of the map belongs to
the cell from whose place it is reached soonest (a river runs between cells, not through them).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.values import Position
from routing.areas.ground import DEMAND, Ground
from routing.arrays import Float64s, Int32s
from routing.engine import Engine
from routing.geodesy import metres_per_degree
from routing.kernels import UNREACHED
from routing.metric import Metric
from routing.road_map import RoadMap
from routing.snapping import Places

CELLS: Final = 512
NOWHERE: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """places  : where each cell is reached from, the middle of a street; [cells]
    lat, lon  : float64[cells] degrees
    edge_cell : int32[edges] whose cell each street is in, NOWHERE where no cell reaches it
    weights   : float64[cells] share of the demand of the whole map, also of what no cell reaches
    """

    places: Places
    lat: Float64s
    lon: Float64s
    edge_cell: Int32s
    weights: Float64s

    def __len__(self) -> int:
        return len(self.weights)

    def positions(self) -> list[Position]:
        return [Position(lat, lon) for lat, lon in zip(self.lat.tolist(), self.lon.tolist(), strict=True)]


def draw_cells(road_map: RoadMap, engine: Engine, metric: Metric, ground: Ground, most: int = CELLS) -> Cells:
    """Cells by the demand that `metric`'s profile can serve: half a second for a city, keep them."""
    indexes, edge_m = road_map.indexes, road_map.streets.edge_m
    both_ways = (indexes.origin_mask & indexes.destination_mask) >> metric.profile & 1 > 0
    demand = np.where(both_ways & (edge_m > 0), ground.weights[:, DEMAND], 0.0)
    lat, lon = middles(road_map)
    edges = _chosen(lat, lon, demand, most)
    along = edge_m[edges] / 2
    places = Places(edges.astype(np.int32), along, np.zeros(len(edges)))
    edge_cell = _soonest(engine, metric, places, road_map.streets.edges)
    inside = edge_cell >= 0
    weights = np.bincount(edge_cell[inside], ground.weights[inside, DEMAND], len(edges))
    whole = ground.demand if ground.demand > 0 else 1.0
    return Cells(places, lat[edges], lon[edges], edge_cell, weights / whole)


def middles(road_map: RoadMap) -> tuple[Float64s, Float64s]:
    """A point half-way along the shape of every edge: float64[edges] degrees north and east."""
    streets = road_map.streets
    first, last = streets.shape_first[:-1].astype(np.int64), streets.shape_first[1:].astype(np.int64) - 1
    # Along each edge shape_m grows from 0, so with a step for each edge all of them grow together.
    step = float(streets.edge_m.max(initial=0.0)) + 1.0
    begin = np.arange(streets.edges) * step
    place = np.repeat(begin, np.diff(streets.shape_first)) + streets.shape_m
    after = np.searchsorted(place, begin + streets.edge_m / 2, "right")
    after = np.clip(after, first + 1, last)
    before = after - 1
    length = streets.shape_m[after] - streets.shape_m[before]
    share = np.divide(
        streets.edge_m / 2 - streets.shape_m[before], length, out=np.zeros(streets.edges), where=length > 0
    )
    lat, lon = streets.shape_lat, streets.shape_lon
    return (
        lat[before] + share * (lat[after] - lat[before]),
        lon[before] + share * (lon[after] - lon[before]),
    )


def _chosen(lat: Float64s, lon: Float64s, demand: Float64s, most: int) -> NDArray[np.int64]:
    """The street for each cell, in ascending order."""
    lived_on = np.flatnonzero(demand > 0)
    if not len(lived_on):
        return np.zeros(0, np.int64)
    north, east = metres_per_degree(np.array([lat[lived_on].mean()]))
    y, x = lat * float(north[0]), lon * float(east[0])
    parts = [lived_on]
    while 2 * len(parts) <= most:
        halves = [half for part in parts for half in _halved(y, x, demand, part)]
        if len(halves) == len(parts):
            break
        parts = halves
    return np.unique([_middle(y, x, demand, part) for part in parts])


def _halved(y: Float64s, x: Float64s, demand: Float64s, part: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Two parts of the same demand, as near as whole streets allow; one where there is a single street."""
    if len(part) < 2:
        return [part]
    longer = y if np.ptp(y[part]) >= np.ptp(x[part]) else x
    ordered = part[np.lexsort((part, longer[part]))]
    held = np.cumsum(demand[ordered])
    cut = int(np.clip(np.searchsorted(held, held[-1] / 2), 1, len(part) - 1))
    return [ordered[:cut], ordered[cut:]]


def _middle(y: Float64s, x: Float64s, demand: Float64s, part: NDArray[np.int64]) -> int:
    """The street nearest to the middle of a part's demand; of two as near the one with the lower number."""
    weights = demand[part]
    far = np.hypot(
        y[part] - np.average(y[part], weights=weights), x[part] - np.average(x[part], weights=weights)
    )
    return int(part[np.lexsort((part, far))[0]])


def _soonest(engine: Engine, metric: Metric, places: Places, edges: int) -> Int32s:
    """The cell from whose place each street is reached soonest, int32[edges]."""
    best = np.full(edges, UNREACHED, np.int32)
    cell = np.full(edges, NOWHERE, np.int32)
    for number in range(len(places)):
        arc_at = engine.to_every_arc(metric, places.only(number))
        reached = arc_at.reshape(-1, 2).min(axis=1)
        reached[places.edge[number]] = 0  # its own street
        nearer = reached < best
        best[nearer], cell[nearer] = reached[nearer], number
    return cell
