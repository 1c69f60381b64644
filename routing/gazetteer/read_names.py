"""Read the names of an OpenStreetMap file: streets, houses, things people know, wards and districts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import osmium
from numpy.typing import NDArray

from routing.errors import MapError

NAME_KEYS: Final = (
    "name", "name:vi", "name:en", "alt_name", "old_name", "loc_name", "short_name", "official_name",
    "int_name", "bridge_name", "reg_name",
)  # fmt: skip
THINGS: Final = (
    "amenity", "healthcare", "shop", "tourism", "leisure", "office", "historic", "railway",
    "public_transport", "aeroway", "man_made", "junction", "place", "landuse", "building", "bridge",
    "natural", "waterway", "emergency", "military",
)  # fmt: skip
"""What a thing with a name is, the telling keys first."""
NO_PLACE: Final = {
    "waterway": {"river", "stream", "canal", "drain", "ditch"},
    "natural": {"water", "coastline"},
}
MINOR: Final = {"service", "footway", "path", "residential", "living_street", "pedestrian", "track", "steps"}
NO_STREET: Final = {"platform", "proposed", "construction", "raceway", "rest_area", "services", "corridor"}
LONGEST_NAME: Final = 90

Float64s = NDArray[np.float64]
Int64s = NDArray[np.int64]


@dataclass(slots=True)
class Line:
    """A way with its nodes. names: the first is shown, all are found; empty where it has none."""

    names: tuple[str, ...]
    minor: bool
    bridge: bool
    nodes: Int64s
    lat: Float64s
    lon: Float64s


@dataclass(slots=True)
class Thing:
    """Something with a name at one place. what: `amenity=hospital`."""

    names: tuple[str, ...]
    what: str
    lat: float
    lon: float


@dataclass(slots=True)
class House:
    number: str
    street: str
    lat: float
    lon: float


@dataclass(slots=True)
class Boundary:
    """A ward, a district or a quarter. wkb: its shape in degrees."""

    names: tuple[str, ...]
    level: int
    wkb: bytes


@dataclass(slots=True)
class RawNames:
    lines: list[Line] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    houses: list[House] = field(default_factory=list)
    boundaries: list[Boundary] = field(default_factory=list)


def read_names(source: Path) -> RawNames:
    """All that has a name or a number. Raises MapError where the file cannot be read."""
    raw = RawNames()
    try:
        for thing in osmium.FileProcessor(str(source), osmium.osm.NODE | osmium.osm.WAY).with_locations():
            if isinstance(thing, osmium.osm.Way):
                _read_way(thing, raw)
            elif isinstance(thing, osmium.osm.Node) and thing.location.valid():
                _take(raw, dict(_tags(thing)), thing.lat, thing.lon)
        _read_shapes(source, raw)
    except (RuntimeError, ValueError, OSError, osmium.InvalidLocationError) as fault:
        raise MapError(
            f"{source.name}: its names cannot be read: {fault}.",
            f"Không đọc được tên đường trong {source.name}.",
        ) from fault
    return raw


def _tags(thing: osmium.osm.Node | osmium.osm.Way | osmium.osm.Area) -> Iterator[tuple[str, str]]:
    return ((tag.k, tag.v) for tag in thing.tags)


def names_of(tags: dict[str, str]) -> tuple[str, ...]:
    """Every name, each once, the one to show first; `a;b` is two."""
    found: dict[str, None] = {}
    for key in NAME_KEYS:
        for name in tags.get(key, "").split(";"):
            name = " ".join(name.split())
            if name and len(name) <= LONGEST_NAME:
                found.setdefault(name)
    return tuple(found)


def _read_way(way: osmium.osm.Way, raw: RawNames) -> None:
    tags = dict(_tags(way))
    known = [(node.ref, node.location.lat, node.location.lon) for node in way.nodes if node.location.valid()]
    if not known:
        return
    refs, lat, lon = (np.array(column) for column in zip(*known, strict=True))
    highway = tags.get("highway")
    if highway and highway not in NO_STREET and tags.get("area") != "yes":
        if len(known) > 1 and not highway.endswith("_link"):
            names = names_of(tags) or tuple(filter(None, (tags.get("ref", ""),)))
            bridge = tags.get("bridge", "no") != "no"
            raw.lines.append(Line(names, highway in MINOR, bridge, refs.astype(np.int64), lat, lon))
        return
    middle = float((lat.min() + lat.max()) / 2), float((lon.min() + lon.max()) / 2)
    _take(raw, tags, *middle)


def _take(raw: RawNames, tags: dict[str, str], lat: float, lon: float) -> None:
    """A house, a thing, both or neither."""
    number = tags.get("addr:housenumber", "").strip()
    if number:
        raw.houses.append(House(number, tags.get("addr:street", "").strip(), lat, lon))
    names = names_of(tags)
    what = what_of(tags)
    if names and what:
        raw.things.append(Thing(names, what, lat, lon))
    elif tags.get("highway") == "milestone" and (distance := tags.get("distance") or tags.get("pk")):
        road = tags.get("ref") or tags.get("name") or ""
        raw.things.append(Thing((f"Km {distance} {road}".strip(),), "highway=milestone", lat, lon))


def what_of(tags: dict[str, str]) -> str:
    """`amenity=hospital`; empty for what is no place to send anyone to, such as a river."""
    if tags.get("boundary") == "administrative":
        return ""
    if tags.get("highway") == "bus_stop":
        return "highway=bus_stop"
    for key in THINGS:
        value = tags.get(key)
        if value and value not in NO_PLACE.get(key, ()):
            return f"{key}={value}"
    return "highway=junction" if tags.get("highway") in ("mini_roundabout", "traffic_signals") else ""


def _read_shapes(source: Path, raw: RawNames) -> None:
    """What relations enclose: wards and districts, and large things."""
    factory = osmium.geom.WKBFactory()
    import shapely

    wanted = osmium.filter.KeyFilter("boundary", *THINGS)
    areas = (
        osmium.FileProcessor(str(source))
        .with_areas(wanted)
        .with_filter(osmium.filter.EntityFilter(osmium.osm.AREA))
    )
    for area in areas:
        assert isinstance(area, osmium.osm.Area)
        tags = dict(_tags(area))
        administrative = tags.get("boundary") == "administrative"
        names = names_of(tags)
        if not names or (area.from_way() and not administrative):
            continue
        try:
            wkb = bytes.fromhex(factory.create_multipolygon(area))
        except RuntimeError:
            continue  # a shape that is not closed in this file
        if administrative:
            level = tags.get("admin_level", "")
            if level.isdigit() and int(level) >= 6:
                raw.boundaries.append(Boundary(names, int(level), wkb))
            continue
        middle = shapely.from_wkb(wkb).representative_point()
        _take(raw, tags, middle.y, middle.x)
