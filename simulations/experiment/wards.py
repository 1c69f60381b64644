"""Which ward each place lies in, and the shapes of the wards, from the names of the map."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from dispatch.city_file import BadCityFile
from domain.city import City
from domain.values import Position
from routing.gazetteer import tables as kept
from routing.gazetteer.areas import Area, Areas
from routing.gazetteer.city_names import BadNames, names_of_city
from routing.gazetteer.frame import Frame
from simulations.experiment.inputs import WardShape

TO_M = 40.0
"""A border is drawn to within so many metres: enough for a picture of a city."""
SIDES = 24


def wards_of(
    places: Sequence[Position], city: City, folder: Path, map_folder: Path
) -> tuple[list[WardShape], list[int]]:
    """The wards that hold a place, and of each place the number of its ward, -1 for none. Nothing where the
    map was built without names. Raises BadCityFile."""
    tables = kept.load(map_folder)
    if tables is None:
        return [], [-1] * len(places)
    try:
        names = names_of_city(city, folder)
    except BadNames as fault:
        raise BadCityFile([str(fault)]) from None
    frame = Frame.around(*tables.frame.tolist())
    areas = Areas(tables, frame, names)
    found = [areas.around(frame.of(place)).get("ward") for place in places]
    there = sorted({name for name in found if name is not None})
    number = {name: i for i, name in enumerate(there)}
    by_name = {area.name: area for area in reversed(areas.all)}
    shapes = [WardShape(name, _rings(by_name[name], frame), by_name[name].shape is None) for name in there]
    return shapes, [-1 if name is None else number[name] for name in found]


def _rings(area: Area, frame: Frame) -> tuple[tuple[tuple[float, float], ...], ...]:
    shape: Any = area.shape
    if shape is None:
        shape = shapely.Point(area.xy).buffer(area.radius_m, quad_segs=SIDES // 4)
    shape = shapely.simplify(shape, TO_M)
    parts = getattr(shape, "geoms", [shape])
    rings = (np.asarray(part.exterior.coords) for part in parts if part.geom_type == "Polygon")
    return tuple(tuple(_told(frame, spot) for spot in ring) for ring in rings)


def _told(frame: Frame, spot: Any) -> tuple[float, float]:
    position = frame.position(spot)
    return round(position.lat, 5), round(position.lon, 5)
