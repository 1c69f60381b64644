"""Times that both engines must agree on, for tests that look at turns."""

from collections.abc import Sequence

from domain.values import Position
from routing.dijkstra import DijkstraEngine
from routing.hierarchy.engine import HierarchyEngine
from routing.kernels import UNREACHED
from routing.metric import metric
from routing.road_map import RoadMap
from routing.snapping import snap_destinations, snap_origins


def seconds(
    road_map: RoadMap,
    start: Position,
    ends: Sequence[Position],
    profile: str,
    *,
    blue_light: bool = True,
    minute: int | None = None,
) -> list[float | None]:
    """From a place to several, the same from both engines and from either end; None where there is no way."""
    weights = metric(road_map, profile, blue_light=blue_light, minute=minute)
    begin = snap_origins(road_map, [start], weights.profile)
    finish = snap_destinations(road_map, ends, weights.profile)
    plain, fast = DijkstraEngine(road_map), HierarchyEngine(road_map)
    answers = [engine.from_place(weights, begin, finish)[0].tolist() for engine in (plain, fast)]
    for engine in (plain, fast):
        answers.append(
            [int(engine.to_place(weights, begin, finish.only(i))[0][0]) for i in range(len(finish))]
        )
        answers.append(engine.table(weights, begin, finish)[0][0].tolist())
    assert all(one == answers[0] for one in answers)
    return [None if ms == UNREACHED else ms / 1000 for ms in answers[0]]
