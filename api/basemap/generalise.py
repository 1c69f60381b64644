"""Make each zoom's own, simpler drawing: fewer names, longer lines, no specks."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from api.basemap.mercator import MAX_ZOOM, step
from api.basemap.vocabulary import Kind, Properties

Geometries = NDArray[np.object_]
# Zoom from which lines carry a property. Fewer of them let more stretches join into one line.
CARRIED_FROM = {"name": 11, "oneway": 14, "bridge": 12, "tunnel": 13}
LINES = ("streets", "waterways")
# What is shorter or narrower is not worth drawing: tile units, of which 8 make a pixel.
SHORTEST_LINE = 4.0
NARROWEST_AREA = 24.0


@dataclass
class Group:
    """Shapes of one layer that look alike: one feature of the tile."""

    layer: str
    properties: Properties
    shapes: Geometries


def drawing(kinds: list[Kind], shapes: Geometries, zoom: int) -> list[Group]:
    """What this zoom shows, in world units, grouped by look and ordered by layer and properties."""
    alike: dict[tuple[str, Properties], list[int]] = defaultdict(list)
    for number, kind in enumerate(kinds):
        if kind.min_zoom <= zoom:
            carried = kind.properties
            if kind.layer in LINES:
                carried = tuple(pair for pair in carried if CARRIED_FROM.get(pair[0], 0) <= zoom)
            alike[kind.layer, carried].append(number)
    groups = []
    for (layer, properties), numbers in sorted(alike.items(), key=lambda item: str(item[0])):
        simpler = _simplified(shapes[np.array(numbers)], zoom, one_way=("oneway", 1) in properties)
        if len(simpler):
            groups.append(Group(layer, properties, simpler))
    return groups


def _simplified(shapes: Geometries, zoom: int, one_way: bool) -> Geometries:
    shapes = shapes[~shapely.is_empty(shapes)]
    dimension = shapely.get_dimensions(shapes).max(initial=0)
    if dimension == 0:
        return shapes
    unit = float(step(zoom))
    tolerance = unit * (1.0 if zoom == MAX_ZOOM else 4.0)
    if dimension == 1:
        joined = shapely.line_merge(shapely.multilinestrings(shapes), directed=one_way)
        lines = shapely.simplify(shapely.get_parts(joined), tolerance, preserve_topology=False)
        least = 0.0 if zoom == MAX_ZOOM else SHORTEST_LINE * unit
        return np.asarray(lines[shapely.length(lines) > least])
    parts = shapely.get_parts(shapes)
    least = (4.0 if zoom == MAX_ZOOM else NARROWEST_AREA) * unit
    parts = shapely.simplify(parts[shapely.area(parts) > least**2], tolerance)
    return np.asarray(parts[~shapely.is_empty(parts)])
