"""Maps of real cities, built once for all the files that ask for them: `tests.heavy` keeps those together."""

import atexit
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from routing import map_file
from routing.road_map import RoadMap
from tests.shared_data import shared_file


def real_map(name: str) -> RoadMap:
    """Opened anew each time: no test meets what another one changed. Skips where there is no extract."""
    return map_file.load(_built(name))


@cache
def _built(name: str) -> Path:
    return map_file.build(shared_file(f"osm/{name}.osm.pbf"), maps_folder())


@cache
def maps_folder() -> Path:
    """A folder `maps` as in the data of a server, for as long as the tests run."""
    folder = Path(mkdtemp(prefix="vigil-real-maps-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    maps = folder / "data" / "maps"
    maps.mkdir(parents=True)
    return maps
