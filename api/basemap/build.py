"""Build the base map of a city from its OpenStreetMap file."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import shapely

from api.basemap.archive import write_archive
from api.basemap.coast import sea
from api.basemap.encoding import encode
from api.basemap.features import MapFeatures, MapUnreadable, read_features
from api.basemap.generalise import Geometries, drawing
from api.basemap.mercator import MAX_ZOOM, MIN_ZOOM, Bounds, to_world, world_bounds
from api.basemap.slicing import Tile, tiles
from api.basemap.vocabulary import Kind

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class BasemapReport:
    """What was drawn.

    bounds   : west, south, east, north in degrees
    features : how many by layer        broken : objects drawn in part or left out, their nodes missing
    coast    : in words, how much sea was told from land
    """

    path: Path
    byte_count: int
    tile_count: int
    bounds: Bounds
    features: dict[str, int]
    broken: int
    coast: str
    elapsed_s: float


def build_basemap(source: Path, out: Path, progress: Progress | None = None) -> BasemapReport:
    """Draw `source` (.osm, .osm.gz, .osm.pbf) into the PMTiles file `out`.

    progress : called with a word for the work in hand and the share done, 0 to 1
    Raises MapUnreadable, whose message is a sentence, and leaves `out` as it was.
    """
    began = perf_counter()
    tell = progress or (lambda doing, share: None)
    tell("reading", 0.0)
    features = read_features(source)
    tell("projecting", 0.2)
    frame = world_bounds(features.bounds)
    kinds, shapes, coast = _in_world_units(features, frame)
    drawn: dict[Tile, bytes] = {}
    zooms = range(MIN_ZOOM, MAX_ZOOM + 1)
    for zoom in zooms:
        # Each zoom costs about as much as all above it together.
        tell(f"zoom {zoom}", 0.25 + 0.7 * 2.0 ** (zoom - MAX_ZOOM - 1))
        for tile, groups in tiles(drawing(kinds, shapes, zoom), zoom, frame):
            if data := encode(tile, groups):
                drawn[tile] = data
    if not drawn:
        raise MapUnreadable(
            f"{source.name} shows nothing inside the bounds it gives: {features.bounds}.",
            f"Trong phạm vi mà {source.name} nêu không có gì cả: {features.bounds}.",
        )
    tell("writing", 0.97)
    byte_count = write_archive(drawn, features.bounds, out)
    tell("done", 1.0)
    return BasemapReport(
        path=out,
        byte_count=byte_count,
        tile_count=len(drawn),
        bounds=features.bounds,
        features=dict(sorted(Counter(kind.layer for kind in kinds).items())),
        broken=features.broken,
        coast=coast,
        elapsed_s=perf_counter() - began,
    )


def _in_world_units(features: MapFeatures, frame: Bounds) -> tuple[list[Kind], Geometries, str]:
    """Project, mend crossed rings, put names of lakes at a point, and fill in the sea."""
    kinds = list(features.kinds)
    shapes = shapely.transform(features.shapes, to_world)
    crossed = ~shapely.is_valid(shapes)
    shapes[crossed] = shapely.make_valid(shapes[crossed], method="structure", keep_collapsed=False)
    for number, kind in enumerate(kinds):
        if kind.layer == "water_names":
            kinds[number] = kind._replace(min_zoom=_zoom_of_name(shapes[number]))
            shapes[number] = shapely.point_on_surface(shapes[number])
    surfaces, unclear = sea([shapely.transform(line, to_world) for line in features.coastlines], frame)
    kinds += [Kind("water", MIN_ZOOM, (("class", "sea"),))] * len(surfaces)
    coast = "no coast" if not features.coastlines else f"{len(surfaces)} of sea, {unclear} unclear"
    return kinds, np.concatenate([shapes, np.array(surfaces, dtype=object)]), coast


def _zoom_of_name(lake: shapely.Geometry) -> int:
    """The zoom at which a lake is some 60 pixels across: room for its name."""
    across_px = lake.area**0.5 / 8
    zoom = MAX_ZOOM + np.ceil(np.log2(60 / max(across_px, 1e-6)))
    return int(np.clip(zoom, MIN_ZOOM + 2, MAX_ZOOM))
