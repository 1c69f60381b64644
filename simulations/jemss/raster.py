"""Where people are, out of a JEMSS demand raster: a GeoTIFF of density by squares of a degree."""

from pathlib import Path
from zipfile import ZipFile

import numpy as np
import tifffile

from domain.values import Position
from routing.arrays import Float64s
from simulations.city_model.model import Place
from simulations.demand.cells import halve
from simulations.jemss.files import BadJemss
from simulations.jemss.network import Network, Plane

_WGS84 = 4326
_SCALE, _TIE, _KEYS = "ModelPixelScaleTag", "ModelTiepointTag", "GeoKeyDirectoryTag"


def read_raster(path: Path) -> tuple[Float64s, Float64s, Float64s]:
    """Of every square with people in it: degrees north and east of its middle, and how many there are. From
    the file, or from the zip file of the same name beside it. Raises BadJemss."""
    packed = path.with_suffix(".zip")
    try:
        if path.is_file():
            return _squares(tifffile.TiffFile(path))
        with ZipFile(packed) as files, files.open(path.name) as file:
            return _squares(tifffile.TiffFile(file))
    except FileNotFoundError:
        raise BadJemss(f"There is no raster {path.name} in {path.parent}, nor {packed.name}.") from None
    except (tifffile.TiffFileError, KeyError) as fault:
        raise BadJemss(f"The raster {path.name} cannot be read: {fault}.") from None


def _squares(file: tifffile.TiffFile) -> tuple[Float64s, Float64s, Float64s]:
    page = file.pages[0]
    tags = {tag.name: tag.value for tag in page.aspage().tags.values()}
    if _WGS84 not in tags[_KEYS]:
        raise BadJemss("The raster is not in degrees of WGS84.")
    wide, high = tags[_SCALE][:2]
    _, _, _, west, north, _ = tags[_TIE][:6]
    density = np.nan_to_num(np.asarray(page.asarray(), np.float64))
    rows, columns = np.nonzero(density > 0)
    return north - (rows + 0.5) * high, west + (columns + 0.5) * wide, density[rows, columns]


def places_of(
    squares: tuple[Float64s, Float64s, Float64s], network: Network, plane: Plane, most: int
) -> tuple[Place, ...]:
    """At most so many parts of about equal weight, each at the node nearest to its middle. Two parts at one
    node are one place."""
    lat, lon, weight = squares
    part = halve(lat, lon, weight, most)
    whole = np.bincount(part, weight)
    middle = [np.bincount(part, weight * axis) / whole for axis in (lat, lon)]
    nodes, _ = plane.nearest(*middle)
    found: dict[Position, float] = {}
    for node, its in zip(nodes.tolist(), whole.tolist(), strict=True):
        place = Position(round(float(network.lat[node]), 6), round(float(network.lon[node]), 6))
        found[place] = found.get(place, 0.0) + its
    total = sum(found.values())
    return tuple(
        Place(f"p{number}", place, (round(1000.0 * its / total, 6),))
        for number, (place, its) in enumerate(found.items(), 1)
    )
