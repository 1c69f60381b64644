"""Put tiles into one PMTiles file, whole or not at all."""

import os
import tempfile
from pathlib import Path

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, MagicNumberNotFound, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from api.basemap.mercator import MAX_ZOOM, MIN_ZOOM, Bounds
from api.basemap.slicing import Tile

EDITION = "2"
"""Of what is drawn and how: raised when a base map drawn before should be drawn again."""
ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0"
FIELDS = {
    "water": {"class": "String"},
    "water_names": {"name": "String"},
    "waterways": {"class": "String", "name": "String"},
    "landuse": {"class": "String"},
    "buildings": {},
    "streets": {
        "class": "String", "name": "String",
        "link": "Number", "oneway": "Number", "bridge": "Number", "tunnel": "Number",
    },
    "boundaries": {"class": "String"},
    "places": {"class": "String", "name": "String"},
}  # fmt: skip


def write_archive(tiles: dict[Tile, bytes], bounds: Bounds, out: Path) -> int:
    """Write `out` by way of a temporary neighbour and return its size in bytes; `bounds` in degrees."""
    west, south, east, north = bounds
    centre = (west + east) / 2, (south + north) / 2
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": round(west * 1e7),
        "min_lat_e7": round(south * 1e7),
        "max_lon_e7": round(east * 1e7),
        "max_lat_e7": round(north * 1e7),
        "center_zoom": 12,
        "center_lon_e7": round(centre[0] * 1e7),
        "center_lat_e7": round(centre[1] * 1e7),
    }
    metadata = {
        "name": "Vigil base map",
        "type": "baselayer",
        "format": "pbf",
        "version": EDITION,
        "attribution": ATTRIBUTION,
        "bounds": ",".join(f"{edge:.7f}" for edge in bounds),
        "center": f"{centre[0]:.7f},{centre[1]:.7f},12",
        "vector_layers": [
            {"id": layer, "fields": fields, "minzoom": MIN_ZOOM, "maxzoom": MAX_ZOOM}
            for layer, fields in FIELDS.items()
        ],
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            writer = Writer(file)
            for tile_id, data in sorted((zxy_to_tileid(*tile), data) for tile, data in tiles.items()):
                writer.write_tile(tile_id, data)
            writer.finalize(header, metadata)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # a temporary file is private; a map may be read
        os.replace(name, out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return out.stat().st_size


def is_current(path: Path) -> bool:
    """Whether there is a base map, drawn as this Vigil draws it. Raises OSError."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        try:
            return bool(Reader(MmapSource(file)).metadata().get("version") == EDITION)
        except (MagicNumberNotFound, ValueError, KeyError, EOFError):
            return False  # torn: draw it again
