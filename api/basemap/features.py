"""Read what the base map draws out of an OpenStreetMap file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import dist
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import shapely
from numpy.typing import NDArray

from api.basemap import vocabulary
from api.basemap.mercator import Bounds
from api.basemap.vocabulary import Kind, Tags
from routing.errors import MapError, unreadable_vi

Geometries = NDArray[np.object_]
AREA_KEYS = ("waterway", "natural", "landuse", "leisure", "water", "aeroway", "amenity", "building")
DRAWN_KEYS = (*AREA_KEYS, "highway", "railway", "place", "boundary")
LONGEST_STEP_DEG = 1.0
# Markets, schools, malls help to find one's way; a million houses would only make the file large.
LEAST_BUILDING_DEG = 0.0002  # about 22 m


class MapUnreadable(MapError):
    """The file cannot be drawn; the message is a sentence for the operator."""


@dataclass
class MapFeatures:
    """Everything to be drawn, in degrees: `kinds[i]` says how `shapes[i]` is drawn."""

    kinds: list[Kind] = field(default_factory=list)
    shapes: Geometries = field(default_factory=lambda: np.empty(0, dtype=object))
    coastlines: list[shapely.LineString] = field(default_factory=list)
    bounds: Bounds = (0.0, 0.0, 0.0, 0.0)
    broken: int = 0  # objects drawn in part or left out, because nodes or ways of theirs are missing


class Reader:
    """Collects drawn objects from one pass over a file; `kinds` and `encoded` grow together."""

    def __init__(self) -> None:
        self.kinds: list[Kind] = []
        self.encoded: list[str] = []
        self.coast: list[str] = []
        self.broken = 0
        self._well_known = osmium.geom.WKBFactory()

    def read(self, thing: Any) -> None:
        if thing.is_node():
            kind = vocabulary.place(thing.tags)
            if kind is not None and thing.location.valid():
                self._add(kind, self._well_known.create_point(thing))
        elif thing.is_way():
            self._read_way(thing)
        elif thing.is_area():
            self._read_area(thing)

    def _read_way(self, way: Any) -> None:
        tags: Tags = way.tags
        kind = vocabulary.street(tags) or vocabulary.waterway(tags) or vocabulary.boundary(tags)
        is_coast = tags.get("natural") == "coastline"
        if kind is None and not is_coast:
            return
        for line in self._whole_stretches(way):
            if kind is not None:
                self._add(kind, line)
            if is_coast:
                self.coast.append(line)

    def _whole_stretches(self, way: Any) -> Iterator[str]:
        """The way as lines, cut wherever a node is missing or lies absurdly far from the one before."""
        stretch: list[tuple[float, float]] = []
        stretches = [stretch]
        for node in way.nodes:
            if not node.location.valid():
                stretches.append(stretch := [])
                continue
            here = (node.location.lon, node.location.lat)
            if stretch and dist(here, stretch[-1]) > LONGEST_STEP_DEG:
                stretches.append(stretch := [])
            stretch.append(here)
        self.broken += len(stretches) > 1
        for points in stretches:
            if len(set(points)) >= 2:
                if vocabulary.runs_backwards(way.tags):
                    points.reverse()
                yield shapely.to_wkb(shapely.LineString(points), hex=True)

    def _read_area(self, area: Any) -> None:
        kind = vocabulary.water_surface(area.tags) or vocabulary.land_surface(area.tags)
        house = None if kind is not None else vocabulary.building(area.tags)
        kind = kind or house
        if kind is None or (house is not None and _across_deg(area) < LEAST_BUILDING_DEG):
            return
        if area.num_rings()[0] == 0:
            self.broken += 1
            return
        surface = self._well_known.create_multipolygon(area)
        self._add(kind, surface)
        name = vocabulary.name_of(area.tags)
        # Rivers are named along their line; only standing water needs a name in its middle.
        if name and ("class", "lake") in kind.properties:
            self._add(Kind("water_names", kind.min_zoom, (("name", name),)), surface)

    def _add(self, kind: Kind, encoded: str) -> None:
        self.kinds.append(kind)
        self.encoded.append(encoded)


def _across_deg(area: Any) -> float:
    """The longer side of its box, degrees; 0 where no node of it is known."""
    nodes = [node for ring in area.outer_rings() for node in ring if node.location.valid()]
    lons, lats = [node.lon for node in nodes], [node.lat for node in nodes]
    return max(max(lons) - min(lons), max(lats) - min(lats)) if nodes else 0.0


def read_features(source: Path) -> MapFeatures:
    """Read `.osm`, `.osm.gz` or `.osm.pbf`. Raises MapUnreadable where there is nothing to draw."""
    if not source.is_file():
        raise MapUnreadable(f"There is no map file {source}.", f"Không có tệp bản đồ {source}.")
    reader = Reader()
    try:
        header = osmium.io.Reader(str(source), osmium.osm.NOTHING).header().box()
        objects = osmium.FileProcessor(str(source)).with_areas(osmium.filter.KeyFilter(*AREA_KEYS))
        for thing in objects.with_filter(osmium.filter.KeyFilter(*DRAWN_KEYS)):
            reader.read(thing)
    except (RuntimeError, osmium.InvalidLocationError) as fault:
        raise MapUnreadable(
            f"{source.name} could not be read as OpenStreetMap data: {fault}.", unreadable_vi(source)
        ) from fault
    if not reader.kinds:
        raise MapUnreadable(
            f"{source.name} holds nothing to draw: no streets, water or places.",
            f"Trong {source.name} không có gì để vẽ: không có đường, sông hồ hay địa danh.",
        )
    features = MapFeatures(reader.kinds, shapely.from_wkb(reader.encoded), broken=reader.broken)
    features.coastlines = list(shapely.from_wkb(reader.coast))
    features.bounds = _bounds(header, features)
    return features


def _bounds(header: Any, features: MapFeatures) -> Bounds:
    """The box the file says it covers or, where it says none, the box of its streets."""
    if header.valid() and header.size() > 0:
        west, south = header.bottom_left.lon, header.bottom_left.lat
        return west, south, header.top_right.lon, header.top_right.lat
    of_streets = np.array([kind.layer == "streets" for kind in features.kinds])
    shown = features.shapes[of_streets] if of_streets.any() else features.shapes
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(shown))
    if west == east or south == north:  # a lone place or a straight street: give it some room
        return west - 0.01, south - 0.01, east + 0.01, north + 0.01
    return west, south, east, north
