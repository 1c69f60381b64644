"""Wards, districts and quarters of the map, with their shapes in metres."""

from typing import Final

import numpy as np
import shapely

from routing.gazetteer import tables as kept
from routing.gazetteer.drafts import DraftArea
from routing.gazetteer.fold import fold
from routing.gazetteer.frame import Frame
from routing.gazetteer.read_names import Boundary, RawNames

_WARDS: Final = ("phuong ", "xa ", "thi tran ", "dac khu ")
_DISTRICTS: Final = ("quan ", "huyen ", "thi xa ", "thanh pho ")
QUARTERS: Final = {
    "city": 8_000.0, "town": 3_000.0, "suburb": 2_000.0, "village": 1_500.0, "quarter": 800.0,
    "neighbourhood": 500.0, "hamlet": 500.0, "locality": 300.0, "island": 1_000.0,
}  # fmt: skip
"""About how far such a place reaches where the map draws no border, in metres."""
SIMPLER_M: Final = 5.0


def measured(raw: RawNames, frame: Frame) -> list[DraftArea]:
    """The areas of a map: those with a border, then those that are a name at a point and no border's."""
    areas = [_drawn(each, frame) for each in raw.boundaries]
    known = {(key, area.level) for area in areas for key in area.keys}
    for thing in raw.things:
        key, _, value = thing.what.partition("=")
        if key != "place" or value not in QUARTERS:
            continue
        level = level_of(thing.names[0], 9)
        keys = tuple(dict.fromkeys(each for name in thing.names for each in keys_of(name)))
        xy = frame.xy(thing.lat, thing.lon)
        drawn = any(
            set(keys) & set(area.keys) and np.hypot(*(area.xy - xy)) < area.radius_m
            for area in areas
            if area.shape
        )
        if keys and not drawn and (keys[0], level) not in known:
            areas.append(DraftArea(thing.names[0], keys, level, xy, QUARTERS[value], b""))
    return areas


def level_of(name: str, admin_level: int) -> int:
    """Ward, district or quarter: by the word before the name, else by the level the map gives."""
    folded = f"{fold(name)} "
    if folded.startswith(_WARDS):
        return kept.WARD
    if folded.startswith(_DISTRICTS) or admin_level <= 7:
        return kept.DISTRICT
    return kept.QUARTER


def keys_of(name: str) -> tuple[str, ...]:
    """How an area is called: `quan 5`, and `binh thanh` for `quan binh thanh`, but never a bare number."""
    folded = fold(name)
    bare = folded
    for lead in (*_WARDS, *_DISTRICTS):
        if folded.startswith(lead):
            bare = folded.removeprefix(lead)
            break
    return (folded,) if bare.isdigit() or bare == folded else (folded, bare)


def _drawn(boundary: Boundary, frame: Frame) -> DraftArea:
    degrees = shapely.from_wkb(boundary.wkb)
    shape = shapely.transform(degrees, lambda lonlat: frame.xy(lonlat[:, 1], lonlat[:, 0])).simplify(
        SIMPLER_M
    )
    middle = shape.representative_point()
    radius = float(np.sqrt(shape.area / np.pi))
    keys = tuple(dict.fromkeys(each for name in boundary.names for each in keys_of(name)))
    level = level_of(boundary.names[0], boundary.level)
    xy = np.array([middle.x, middle.y])
    return DraftArea(boundary.names[0], keys, level, xy, radius, shapely.to_wkb(shape))
