"""Where a city ends: a map often holds more, and nobody plans for the neighbours by mistake."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely

from domain.values import Position
from simulations.city_model.model import CityModel
from simulations.experiment.inputs import WardShape

TO_DEGREES = 0.0004
"""A border is drawn to within some 40 metres: enough for a picture of a city."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """whole : all areas together; parts, names : the areas of the file that have a name, such as its wards"""

    whole: shapely.Geometry
    parts: tuple[shapely.Geometry, ...] = ()
    names: tuple[str, ...] = ()

    def wards(self, places: Sequence[Position]) -> tuple[list[WardShape], list[int]]:
        """Their shapes, and of each place the number of its own, -1 for none."""
        shapes = [WardShape(name, _rings(part)) for name, part in zip(self.names, self.parts, strict=True)]
        found = shapely.STRtree(self.parts).query(
            shapely.points([(place.lon, place.lat) for place in places]), predicate="within"
        )
        ward_of = np.full(len(places), -1)
        ward_of[found[0]] = found[1]
        return shapes, ward_of.tolist()


def read_outline(path: Path) -> Outline:
    """The areas of a GeoJSON file. Raises ValueError with a sentence, OSError."""
    text = path.read_text(encoding="utf-8")
    try:
        areas = shapely.make_valid(shapely.get_parts(shapely.from_geojson(text)))
        told = json.loads(text)
    except (shapely.errors.GEOSException, json.JSONDecodeError) as fault:
        raise ValueError(f"{path.name} is no GeoJSON: {fault}") from None
    whole = shapely.union_all(areas)
    if whole.area == 0:
        raise ValueError(f"{path.name} holds no area.")
    shapely.prepare(whole)
    names = [(each.get("properties") or {}).get("name") for each in told.get("features", ())]
    named = [(area, name) for area, name in zip(areas, names, strict=False) if name and area.area > 0]
    return Outline(whole, tuple(area for area, _ in named), tuple(str(name) for _, name in named))


def inside(model: CityModel, outline: Outline) -> CityModel:
    """Without the places outside, and without their calls. Raises ValueError where none is inside."""
    kept = tuple(
        place
        for place in model.places
        if shapely.contains_xy(outline.whole, place.position.lon, place.position.lat)
    )
    if not kept:
        raise ValueError("No place of the model lies within the outline.")
    weights = [sum(place.weights) for place in model.places]
    share = sum(sum(place.weights) for place in kept) / sum(weights)
    kinds = tuple(replace(kind, rates=tuple(share * rate for rate in kind.rates)) for kind in model.kinds)
    return replace(model, places=kept, kinds=kinds)


def _rings(area: shapely.Geometry) -> tuple[tuple[tuple[float, float], ...], ...]:
    polygons = [part for part in shapely.get_parts(shapely.simplify(area, TO_DEGREES)) if part.area > 0]
    rings = (shapely.get_coordinates(shapely.get_exterior_ring(part)).tolist() for part in polygons)
    return tuple(tuple((round(lat, 5), round(lon, 5)) for lon, lat in ring) for ring in rings)
