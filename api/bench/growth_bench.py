"""`vigil bench growth`: how the cost of each question grows with the map, and with the units on it."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from api.bench import rounds
from api.bench.limits import machine, work_of
from api.bench.quilt import box_of, quilt
from api.bench.road_questions import RoadQuestions
from api.bench.rows import Figure, value
from routing import map_file
from routing.errors import MapError
from routing.road_map import RoadMap
from routing.warm import warm_up

SHARES = (1 / 64, 1 / 16, 1 / 4)  # of the area of the first map, cut out of its middle
UNITS = (50, 100, 500, 1_000, 5_000)
UNITS_ON_EVERY_MAP = 1_000
ASKED = 1_000


def bench_growth(sources: Sequence[Path], tiles: int, say: Callable[[str], None]) -> list[Figure]:
    """Cuttings of the first map, all maps, and quilts of the first up to `tiles` x `tiles`; on the first, and
    on the largest quilt, also with few and with many units."""
    warm_up()
    rows = machine()
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as scratch:
        for source, everything in _maps(sources, tiles, Path(scratch), say):
            say(f"Building {source.name} ...")
            try:
                road_map = map_file.load(map_file.build(source, Path(scratch) / "maps"))
            except MapError as empty:
                say(f"Left out {source.name}: {empty}")
                continue
            nodes = road_map.streets.nodes
            say(f"Asking, on {nodes} nodes ...")
            found = _on_one_map(road_map, UNITS if everything else (UNITS_ON_EVERY_MAP,))
            rows += [replace(row, map=road_map.name, nodes=nodes) for row in found]
    return rows


def _maps(
    sources: Sequence[Path], tiles: int, scratch: Path, say: Callable[[str], None]
) -> Iterator[tuple[Path, bool]]:
    """Each map, and whether it is asked with every number of units."""
    first, stem = sources[0], sources[0].name.split(".")[0]
    for share in SHARES:
        cutting = scratch / f"{stem}-1-of-{round(1 / share)}.osm.pbf"
        quilt(first, cutting, 1, box_of(first, share))
        yield cutting, False
    for source in sources:
        yield source, source == first
    for side in range(2, tiles + 1):
        say(f"Sewing {side} x {side} tiles together ...")
        larger = scratch / f"{stem}-{side}x{side}.osm.pbf"
        quilt(first, larger, side)
        yield larger, side == tiles


def _on_one_map(road_map: RoadMap, counts: Sequence[int]) -> Iterator[Figure]:
    for count in counts:
        questions = RoadQuestions(road_map, count, ASKED)
        turns = questions.about_units()
        if count == UNITS_ON_EVERY_MAP:
            turns |= questions.about_roads()
        turns |= questions.by_scipy()
        bytes_read = work_of(questions)
        if count == UNITS_ON_EVERY_MAP:
            yield value("work.held", 1, "bytes", bytes_read["held"])
        for row in rounds.figures("", turns):
            name = row.name.replace(f"_of_{count}", "").removesuffix(f"_{count}")
            units = count if name != row.name else None
            if units is None and count != UNITS_ON_EVERY_MAP:
                continue  # units do not bear on it: once is enough
            yield replace(row, name=f"growth.{name}", units=units)
            if row.name in bytes_read:
                yield replace(value(f"work.{name}", 1, "bytes", bytes_read[row.name]), units=units)
