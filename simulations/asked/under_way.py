"""What was under way when the live state was carried on: the runs of that moment, leg by leg to their end,
and whom they serve, by the numbers that the live desk knows them by.

When each run ends is drawn (`simulations/fork/rests.py`); the stages before that are read off the same draw.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from dispatch.policies.fleet import Task
from domain.values import Milestone
from simulations.asked.replay import Began, Carried, Leg
from simulations.fork.futures import Futures
from simulations.fork.rests import COMING, THERE, TURNING_OUT
from simulations.lean.columns import NOBODY


class Rest(NamedTuple):
    """Of one unit in one future, seconds from that moment on: at the hospital, free; and where it is free."""

    door_s: float
    free_s: float
    free_at: int


def carried_on(futures: Futures, replication: int) -> Carried:
    """Where everybody is at that moment and what they do until they are free, and whom they serve."""
    began = [_began(futures, replication, number) for number in range(len(futures.begin.units))]
    count = len(futures.incidents[replication].rang_s)
    return Carried(began, _numbers(futures, count), _served(futures, began))


def _began(futures: Futures, replication: int, number: int) -> Began:
    begin, rests = futures.begin, futures.rests
    unit, here = begin.units[number], int(begin.cell[number])
    rest = Rest(
        float(rests.door_s[replication, number]),
        float(rests.seconds[replication, number]),
        int(rests.cell[replication, number]),
    )
    if not begin.busy[number]:
        home_s = max(rest.free_s, float(begin.returns_s[number]))
        return Began((Leg(0.0, home_s, "homeward", here, rest.free_at),), home_s, rest.free_at)
    incident = NOBODY if unit.incident_number is None else unit.incident_number
    if unit.task is None:
        legs = [Leg(0.0, rest.free_s, "on_scene", here, rest.free_at)]
    else:
        legs = list(_of_task(futures, number, unit.task, rest))
    return Began(tuple(each._replace(incident=incident) for each in legs), rest.free_s, rest.free_at)


def _of_task(futures: Futures, number: int, task: Task, rest: Rest) -> Iterator[Leg]:
    begin, milestone = futures.begin, Milestone(task.milestone)
    here = int(begin.cell[number])
    at_s, left_s = 0.0, 0.0
    scene = int(begin.ground.cells_of([task.scene])[0])
    if milestone in COMING or milestone in THERE:
        left_s = _left_s(futures, number, scene, task, rest)
        if milestone in COMING:
            wheels_s = _wheels_s(futures, number, task) if milestone in TURNING_OUT else 0.0
            drive_s = float(begin.ground.columns.to_scene_s[begin.fleet.kind[number], here, scene])
            at_s = wheels_s + (drive_s if np.isfinite(drive_s) else 0.0)
            yield Leg(0.0, wheels_s, "turnout", here, here)
            yield Leg(wheels_s, at_s, "to_scene", here, scene)
        yield Leg(at_s, left_s, "on_scene", scene, scene)
        here = scene
    if np.isfinite(rest.door_s):
        yield Leg(left_s, rest.door_s, "to_hospital", here, rest.free_at)
        left_s = rest.door_s
    yield Leg(left_s, rest.free_s, "at_hospital", rest.free_at, rest.free_at)


def _wheels_s(futures: Futures, number: int, task: Task) -> float:
    begin = futures.begin
    elapsed_s = max(0.0, (begin.now.at - task.since).total_seconds())
    return max(0.0, float(begin.fleet.turnout_s[number]) - elapsed_s)


def _left_s(futures: Futures, number: int, scene: int, task: Task, rest: Rest) -> float:
    """When it leaves the scene: as long before the hospital's door as the way there is."""
    if not np.isfinite(rest.door_s):
        return rest.free_s
    begin = futures.begin
    bound = int(futures.rests.hospital[number])
    if bound == NOBODY:
        bound = int(begin.hospital_of[scene, begin.needs.index(task.needs)])
    return rest.door_s - float(begin.ground.columns.to_hospital_s[scene, bound])


def _numbers(futures: Futures, count: int) -> list[int]:
    """Those who wait keep theirs; who rings later goes on after the highest that is known."""
    begin = futures.begin
    known = [each.number or 0 for each in begin.waiting]
    highest = max([*known, *(unit.incident_number or 0 for unit in begin.units)], default=0)
    return [*known, *range(highest + 1, highest + 1 + count - len(known))]


def _served(futures: Futures, began: list[Began]) -> list[dict[str, Any]]:
    """By their numbers. left_s : when the last of its crews leaves the scene, 0 where all have"""
    begin = futures.begin
    crews: dict[int, list[int]] = defaultdict(list)
    for number, unit in enumerate(begin.units):
        if unit.task is not None and unit.incident_number is not None:
            crews[unit.incident_number].append(number)
    found = []
    for incident, units in sorted(crews.items()):
        task = begin.units[units[0]].task
        assert task is not None, "only those are gathered above"
        place = begin.ground.places[int(begin.ground.cells_of([task.scene])[0])]
        ends = [leg.to_s for unit in units for leg in began[unit].legs if leg.status == "on_scene"]
        found.append(
            {
                "number": incident,
                "priority": task.priority,
                "lat": round(place.lat, 6),
                "lon": round(place.lon, 6),
                "left_s": round(max(ends, default=0.0), 1),
                "units": [begin.units[unit].callsign for unit in units],
            }
        )
    return found
