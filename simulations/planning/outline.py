"""Where a city ends: a map often holds more, and nobody plans for the neighbours by mistake."""

import json
from dataclasses import replace
from pathlib import Path

import shapely

from simulations.city_model.model import CityModel


def read_outline(path: Path) -> shapely.Geometry:
    """The areas of a GeoJSON file together. Raises ValueError with a sentence, OSError."""
    try:
        told = shapely.from_geojson(path.read_text(encoding="utf-8"))
        json_parts = shapely.get_parts(told)
    except (shapely.errors.GEOSException, json.JSONDecodeError) as fault:
        raise ValueError(f"{path.name} is no GeoJSON: {fault}") from None
    whole = shapely.union_all(shapely.make_valid(json_parts))
    if whole.area == 0:
        raise ValueError(f"{path.name} holds no area.")
    shapely.prepare(whole)
    return whole


def inside(model: CityModel, outline: shapely.Geometry) -> CityModel:
    """Without the places outside, and without their calls. Raises ValueError where none is inside."""
    kept = tuple(
        place
        for place in model.places
        if shapely.contains_xy(outline, place.position.lon, place.position.lat)
    )
    if not kept:
        raise ValueError("No place of the model lies within the outline.")
    weights = [sum(place.weights) for place in model.places]
    share = sum(sum(place.weights) for place in kept) / sum(weights)
    kinds = tuple(replace(kind, rates=tuple(share * rate for rate in kind.rates)) for kind in model.kinds)
    return replace(model, places=kept, kinds=kinds)
