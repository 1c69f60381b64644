"""Compile every kernel ahead of the first call, by building and asking a town of two streets.

The compiled code is cached on disk (beside the sources, or in NUMBA_CACHE_DIR), so that only the first
run on a machine takes seconds. No kernel may meet a new type of array later: compiling in the middle
of an incident would cost seconds; a test watches over that.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from domain.values import Position
from routing import map_file
from routing.times import RoadTimes

_TOWN = """<?xml version="1.0" encoding="utf-8"?>
<osm version="0.6">
 <node id="1" lat="10.001" lon="106.001"/>
 <node id="2" lat="10.002" lon="106.001"/>
 <node id="3" lat="10.002" lon="106.002"/>
 <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>
 <way id="2"><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way>
</osm>
"""


def warm_up() -> float:
    """Compile, or load from the cache, everything that answers questions. Returns the seconds it took."""
    begin = perf_counter()
    with TemporaryDirectory() as folder:
        source = Path(folder) / "town.osm"
        source.write_text(_TOWN, encoding="utf-8")
        ask_everything(RoadTimes(map_file.load(map_file.build(source, Path(folder)))))
    return perf_counter() - begin


def ask_everything(times: RoadTimes) -> None:
    """Put every kind of question once, with one place and with several."""
    here, there = Position(10.001, 106.001), Position(10.002, 106.002)
    times.covers(here)
    for places in ([here], [here, there]):
        times.to_scene(places, there, "van")
        times.from_scene(there, places, "motorbike")
        times.table(places, [there], "van_normal", "free_flow")
    times.route(here, there, "van")
