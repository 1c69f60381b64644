"""`vigil bench routing`: the road engine alone, question by question, beside scipy on the same arrays."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from api.bench import rounds, start
from api.bench.quilt import quilt
from api.bench.road_questions import PROFILE, RoadQuestions
from api.bench.rows import Figure, figure, timed
from routing import map_file
from routing.hierarchy.engine import HierarchyEngine
from routing.metric import metric
from routing.warm import warm_up

UNITS = 1_000


def bench_routing(sources: Sequence[Path], tiles: int, say: Callable[[str], None]) -> list[Figure]:
    """Every question the engine answers, on every map; with `tiles`, also on a quilt of the first.

    Places are on their streets already unless snapping is meant. The first map's rows come first.
    """
    say("Compiling the kernels ...")
    warm_up()
    rows: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as scratch:
        asked = list(sources)
        if tiles > 1:
            say(f"Sewing {tiles} x {tiles} tiles of {sources[0].name} together ...")
            larger = Path(scratch) / f"{sources[0].name.split('.')[0]}-{tiles}x{tiles}.osm.pbf"
            quilt(sources[0], larger, tiles)
            asked.append(larger)
        for source in asked:
            say(f"Building {source.name} ...")
            rows += _on_one_map(map_file.build(source, Path(scratch)), say)
    return rows


def _on_one_map(folder: Path, say: Callable[[str], None]) -> list[Figure]:
    road_map = map_file.load(folder)
    name, nodes = road_map.name, road_map.streets.nodes
    say(f"Asking, on {nodes} nodes ...")
    questions = RoadQuestions(road_map, UNITS)
    turns = questions.about_units() | questions.about_roads() | questions.by_scipy()
    found = rounds.figures("routing.", turns)
    found += _after_other_work(questions)
    loads = figure("routing.map_load", timed(lambda: _open(folder), 5), None)
    found += [loads, *start.of_new_processes(folder)]
    return [
        replace(row, map=name, nodes=nodes, units=UNITS if str(UNITS) in row.name else None) for row in found
    ]


def _open(folder: Path) -> None:
    road_map = map_file.load(folder)
    HierarchyEngine(road_map).prepare(metric(road_map, PROFILE))


def _after_other_work(questions: RoadQuestions) -> list[Figure]:
    """The nearest units when something else has just emptied the caches: a dispatcher asks now and then."""
    turn, ballast = questions.nearest(), questions.other_work()
    samples = []
    with rounds.no_collecting():
        for _ in range(200):
            ballast()
            samples += timed(turn.work, 1)
    return [figure(f"routing.knearest_5_of_{UNITS}_cold", samples, None)]
