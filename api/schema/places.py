"""Places found by what was said of them."""

from pydantic import BaseModel

from api.schema.rows import Point, Words
from domain.places import FoundPlace, PlaceKind


class PlaceFound(BaseModel):
    """One place that answers to the words.

    label      : its address as the map writes it
    confidence : 0 to 1, how well it fits
    ambiguous  : it must be asked which of several places is meant, or where along a street
    radius_m   : how far off the position may be
    parts      : house, alley, street, name, ward (of today), old_ward, district, quarter, near, unit
    """

    label: str
    kind: PlaceKind
    position: Point
    confidence: float
    ambiguous: bool
    radius_m: float
    parts: dict[str, str]
    reasons: list[Words]


class PlacesFound(BaseModel):
    """The likeliest first; empty where nothing answers."""

    places: list[PlaceFound]
    map_version: str


class PlaceHere(BaseModel):
    """place : null where the map has neither street nor ward"""

    place: PlaceFound | None
    map_version: str


def told(found: FoundPlace) -> PlaceFound:
    return PlaceFound(
        label=found.label,
        kind=found.kind,
        position=Point(lat=found.position.lat, lon=found.position.lon),
        confidence=found.confidence,
        ambiguous=found.ambiguous,
        radius_m=found.radius_m,
        parts=dict(found.parts),
        reasons=[Words(**each) for each in found.reasons],
    )
