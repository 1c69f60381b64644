"""Where the calls and the stations of a comparison are: by chance from a seed, the same for every engine."""

import tomllib
from pathlib import Path

import numpy as np

from domain.values import Position
from routing.arrays import Float64s
from routing.geodesy import metres_per_degree
from routing.profiles import VAN_NORMAL
from routing.road_map import RoadMap
from routing.snapping import covers
from routing.speeds import CLASSES

# where people live and fall ill: not on a motorway, not in a yard
INHABITED = ("primary", "secondary", "tertiary", "unclassified", "residential", "living_street")
OFF_STREET_M = 12.0
APART_M = 150.0


def along_streets(road_map: RoadMap, count: int, chance: np.random.Generator) -> list[Position]:
    """Positions some metres off inhabited streets that a car can use: as many to each block, so that dense
    quarters have more."""
    streets, indexes = road_map.streets, road_map.indexes
    inhabited = np.isin(streets.way_class[streets.edge_way], [CLASSES.index(name) for name in INHABITED])
    usable = (indexes.origin_mask & indexes.destination_mask & (1 << VAN_NORMAL)) > 0
    found = []
    for edge in chance.choice(np.flatnonzero(inhabited & usable), count):
        points = slice(streets.shape_first[edge], streets.shape_first[edge + 1])
        at = chance.random() * streets.edge_m[edge]
        lat = float(np.interp(at, streets.shape_m[points], streets.shape_lat[points]))
        lon = float(np.interp(at, streets.shape_m[points], streets.shape_lon[points]))
        north, east = (float(scale[0]) for scale in metres_per_degree(np.array([lat])))
        off = chance.normal(0.0, OFF_STREET_M, 2)
        found.append(Position(lat + off[0] / north, lon + off[1] / east))
    return found


def of_city(road_map: RoadMap, folder: Path) -> list[Position]:
    """The stations and hospitals of a city that lie on the map; of those next to each other, the first."""
    wanted = []
    for file, table in (("stations.toml", "station"), ("hospitals.toml", "hospital")):
        with (folder / file).open("rb") as text:
            wanted += [Position(row["lat"], row["lon"]) for row in tomllib.load(text)[table]]
    kept: list[Position] = []
    for position in wanted:
        if covers(road_map, position) and all(straight_m([position], [other]) > APART_M for other in kept):
            kept.append(position)
    return kept


def straight_m(origins: list[Position], destinations: list[Position]) -> Float64s:
    """Metres in a straight line, float64[origins, destinations]."""
    here = np.array([(position.lat, position.lon) for position in origins])
    there = np.array([(position.lat, position.lon) for position in destinations])
    north, east = metres_per_degree(np.array([here[:, 0].mean()]))
    away = here[:, None, :] - there[None, :, :]
    metres: Float64s = np.hypot(away[..., 0] * north, away[..., 1] * east)
    return metres
