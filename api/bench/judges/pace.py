"""How long the judges take for what a dispatcher asks, and how long we do, in the same minutes.

The judges are timed inside their own process, from a question made to an answer not yet read: no pipe and no
JSON of ours. Two of our rows answer each question: one as Vigil really asks, of units whose labels are kept
as they move, and one that is told every position anew, as the judges are.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import cycle

import numpy as np

from api.bench.judges.panel import Panel
from api.bench.judges.places import along_streets
from api.bench.rounds import no_collecting
from api.bench.rows import Figure, figure, timed
from domain.values import Position
from routing.hierarchy.engine import HierarchyEngine
from routing.hierarchy.units import Units
from routing.metric import metric
from routing.profiles import profile_index
from routing.road_map import RoadMap
from routing.snapper import Snapper
from routing.snapping import snap_destinations, snap_origins
from routing.times import RoadTimes

PROFILE = "van_normal"
UNITS = 1_000
TABLES = {"osrm_ch": 20, "valhalla": 2}  # Valhalla takes some ten seconds for each
ROUTES = {"osrm_ch": 200, "valhalla": 60}
OURS = 20  # our calls to each of theirs: ours are over before the machine's pace can change


def pace(
    road_map: RoadMap, panel: Panel, chance: np.random.Generator, say: Callable[[str], None]
) -> Iterator[Figure]:
    """Rows of ours, each with what one judge takes as its reference."""
    units, scenes = along_streets(road_map, UNITS, chance), along_streets(road_map, 200, chance)
    ours = _Ours(road_map, units)
    for judge in panel.judges:
        say(f"Timing {judge}: tables of {UNITS} x 1, and routes ...")
        tables = _alternating(
            TABLES[judge],
            partial(_table_of, panel, judge, units, scenes),
            ours.tables(scenes),
        )
        routes = _alternating(
            ROUTES[judge],
            partial(_route_of, panel, judge, units, scenes),
            ours.routes(units, scenes),
        )
        for function, (theirs, mine) in (("table", tables), ("route", routes)):
            for name, samples in mine.items():
                row = figure(f"routing.{name}", samples, (f"{judge}.{function}", theirs))
                yield replace(row, units=UNITS if function == "table" else None)


def _table_of(panel: Panel, judge: str, units: list[Position], scenes: list[Position], turn: int) -> float:
    return panel.table(judge, units, [scenes[turn]])[1]


def _route_of(panel: Panel, judge: str, units: list[Position], scenes: list[Position], turn: int) -> float:
    return panel.route(judge, units[turn], scenes[turn])[1]


def _alternating(
    times: int, theirs: Callable[[int], float], ours: dict[str, Callable[[], object]]
) -> tuple[list[float], dict[str, list[float]]]:
    """One call of the judge, some of each of ours, and so on."""
    taken: list[float] = []
    mine: dict[str, list[float]] = {name: [] for name in ours}
    with no_collecting():
        for i in range(-1, times):
            took = theirs(max(i, 0))
            for name, work in ours.items():
                samples = timed(work, OURS)
                if i >= 0:  # the first of each only warms up
                    mine[name] += samples
            if i >= 0:
                taken.append(took)
    return taken, mine


class _Ours:
    """Our answers to the judges' questions, snapping of the scene included in all of them."""

    def __init__(self, road_map: RoadMap, units: list[Position]) -> None:
        self.road_map, self.positions = road_map, units
        self.times, self.weights = RoadTimes(road_map), metric(road_map, PROFILE)
        self.engine = HierarchyEngine(road_map)
        self.units = Units(road_map, self.engine.epoch_of(self.weights), len(units))
        self.units.place(range(len(units)), snap_origins(road_map, units, profile_index(PROFILE)))

    def tables(self, scenes: list[Position]) -> dict[str, Callable[[], object]]:
        snapper = Snapper(self.road_map, profile_index(PROFILE), origins=False)
        turn = cycle(scenes)

        def nearest() -> object:
            scene = next(turn)
            edge, along_m, _ = snapper(scene.lat, scene.lon)
            return self.units.nearest(edge, along_m, 5)

        def every() -> object:
            scene = next(turn)
            edge, along_m, _ = snapper(scene.lat, scene.lon)
            return self.units.times(edge, along_m)

        return {
            f"knearest_5_of_{UNITS}": nearest,
            f"all_{UNITS}": every,
            f"all_{UNITS}_told_anew": lambda: self.times.to_scene(self.positions, next(turn), PROFILE),
        }

    def routes(self, units: list[Position], scenes: list[Position]) -> dict[str, Callable[[], object]]:
        profile = profile_index(PROFILE)
        starts, ends = (
            snap_origins(self.road_map, units, profile),
            snap_destinations(self.road_map, scenes, profile),
        )
        pairs = cycle([(starts.only(i), ends.only(i)) for i in range(len(scenes))])
        anew = cycle(list(zip(units, scenes, strict=False)))
        return {
            "path": lambda: self.engine.path(self.weights, *next(pairs)),
            "route_told_anew": lambda: self.times.route(*next(anew), PROFILE),
        }
