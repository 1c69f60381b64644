"""What an OpenStreetMap object becomes on the base map, judged by its tags alone."""

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

Tags = Mapping[str, str]
Properties = tuple[tuple[str, str | int], ...]


class Kind(NamedTuple):
    """How one object is drawn: its layer, the zoom it first shows at, and what its tile carries."""

    layer: str
    min_zoom: int
    properties: Properties


STREETS: dict[str, tuple[str, int]] = {
    "motorway": ("motorway", 8),
    "trunk": ("trunk", 8),
    "primary": ("primary", 9),
    "secondary": ("secondary", 10),
    "tertiary": ("tertiary", 11),
    "residential": ("street", 12),
    "unclassified": ("street", 12),
    "road": ("street", 12),
    "busway": ("street", 13),
    "living_street": ("alley", 13),
    "service": ("alley", 14),
    "track": ("alley", 14),
    "pedestrian": ("path", 13),
    "footway": ("path", 14),
    "cycleway": ("path", 14),
    "path": ("path", 14),
    "steps": ("path", 14),
    "bridleway": ("path", 14),
}
RAILS = {"rail", "light_rail", "subway", "tram", "narrow_gauge", "monorail"}
# A lane off a Vietnamese street is often mapped as an ordinary street, but only its name tells.
ALLEY_NAMES = ("hẻm", "ngõ", "ngách", "kiệt")
WATERWAYS = {"river": ("river", 8), "canal": ("canal", 11), "stream": ("stream", 13), "drain": ("stream", 14)}
LAND: dict[tuple[str, str], tuple[str, int]] = {
    ("leisure", "park"): ("park", 10),
    ("leisure", "garden"): ("park", 12),
    ("leisure", "golf_course"): ("park", 11),
    ("leisure", "nature_reserve"): ("park", 10),
    ("landuse", "recreation_ground"): ("park", 12),
    ("landuse", "village_green"): ("park", 12),
    ("landuse", "grass"): ("park", 13),
    ("landuse", "forest"): ("wood", 9),
    ("natural", "wood"): ("wood", 9),
    ("landuse", "cemetery"): ("cemetery", 12),
    ("landuse", "industrial"): ("industrial", 11),
    ("landuse", "military"): ("military", 11),
    ("aeroway", "aerodrome"): ("airport", 9),
    ("amenity", "hospital"): ("hospital", 12),
}
PLACES = {
    "city": 8, "town": 9, "borough": 10, "suburb": 10, "island": 11, "village": 11,
    "quarter": 12, "neighbourhood": 13, "hamlet": 13, "islet": 13,
}  # fmt: skip
BOUNDARIES = {"2": ("country", 8), "4": ("province", 8), "6": ("district", 10), "8": ("ward", 12)}
NO = {"", "no", "0", "false"}
YES = {"yes", "1", "true", "-1", "reverse"}


def name_of(tags: Tags) -> str:
    """The local name, composed (NFC), so that Vietnamese letters are one glyph each."""
    return unicodedata.normalize("NFC", " ".join(tags.get("name", "").split()))


def street(tags: Tags) -> Kind | None:
    """A street, an alley, a path or a railway line; None for what is not drawn or not yet built."""
    if tags.get("area") == "yes":
        return None
    highway = tags.get("highway", "")
    base = highway.removesuffix("_link")
    if base in STREETS and tags.get("service") != "parking_aisle":
        name = name_of(tags)
        street_class, min_zoom = STREETS[base]
        if street_class == "street" and name.lower().startswith(ALLEY_NAMES):
            street_class, min_zoom = "alley", 13
        found: dict[str, str | int] = {"class": street_class}
        if base != highway:
            found["link"], min_zoom = 1, max(min_zoom, 12)
        if name:
            found["name"] = name
        if one_way(tags) and street_class != "path":
            found["oneway"] = 1
        return Kind("streets", min_zoom, _with_levels(found, tags))
    if tags.get("railway") in RAILS:
        min_zoom = 9 if tags["railway"] == "rail" and "service" not in tags else 13
        return Kind("streets", min_zoom, _with_levels({"class": "rail"}, tags))
    if tags.get("aeroway") in ("runway", "taxiway"):
        runway = tags["aeroway"] == "runway"
        return Kind("streets", 10 if runway else 13, (("class", tags["aeroway"]),))
    return None


def one_way(tags: Tags) -> bool:
    told = tags.get("oneway", "")
    implied = tags.get("junction") == "roundabout" or tags.get("highway") == "motorway"
    return told in YES or (implied and told not in ("no", "0", "false"))


def runs_backwards(tags: Tags) -> bool:
    """Whether traffic flows against the order in which the nodes are listed."""
    return tags.get("oneway") in ("-1", "reverse")


def _with_levels(found: dict[str, str | int], tags: Tags) -> Properties:
    for level in ("bridge", "tunnel"):
        if tags.get(level, "no") not in NO:
            found[level] = 1
    return tuple(sorted(found.items()))


def waterway(tags: Tags) -> Kind | None:
    """A river, canal or stream as a line; culverts are not drawn."""
    if tags.get("waterway") not in WATERWAYS or tags.get("tunnel", "no") not in NO:
        return None
    water_class, min_zoom = WATERWAYS[tags["waterway"]]
    name = name_of(tags)
    named: Properties = (("name", name),) if name else ()
    return Kind("waterways", min_zoom, (("class", water_class), *named))


def boundary(tags: Tags) -> Kind | None:
    if tags.get("boundary") != "administrative" or tags.get("maritime") == "yes":
        return None
    if tags.get("admin_level") not in BOUNDARIES:
        return None
    boundary_class, min_zoom = BOUNDARIES[tags["admin_level"]]
    return Kind("boundaries", min_zoom, (("class", boundary_class),))


def water_surface(tags: Tags) -> Kind | None:
    """Standing or flowing water with a width; a swimming pool is nobody's landmark."""
    if tags.get("water") in ("pool", "swimming_pool", "fountain", "reflecting_pool"):
        return None
    flowing = tags.get("waterway") == "riverbank" or tags.get("water") in ("river", "canal", "stream")
    if flowing:
        return Kind("water", 8, (("class", "river"),))
    standing = tags.get("natural") == "water" or tags.get("landuse") in ("reservoir", "basin")
    if standing or tags.get("waterway") == "dock":
        return Kind("water", 8, (("class", "lake"),))
    return None


def land_surface(tags: Tags) -> Kind | None:
    for key in ("amenity", "leisure", "landuse", "natural", "aeroway"):
        if (found := LAND.get((key, tags.get(key, "")))) is not None:
            return Kind("landuse", found[1], (("class", found[0]),))
    return None


def building(tags: Tags) -> Kind | None:
    if tags.get("building", "no") in NO:
        return None
    return Kind("buildings", 14, ())


def place(tags: Tags) -> Kind | None:
    """A named settlement or part of one. Imported house numbers also live in `place`; they are not drawn."""
    name = name_of(tags)
    if not name or tags.get("place") not in PLACES:
        return None
    return Kind("places", PLACES[tags["place"]], (("class", tags["place"]), ("name", name)))
