"""When each unit that serves somebody will be free, and where: what is left of its stage and of all later."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dispatch.policies.fleet import Task, UnitNow
from domain.values import Milestone
from routing.arrays import Float64s, Int32s
from simulations.fork.start import Start
from simulations.lean.columns import NOBODY, Bools

TURNING_OUT = Milestone.ASSIGNED, Milestone.ACCEPTED
COMING = (*TURNING_OUT, Milestone.EN_ROUTE)
THERE = Milestone.ON_SCENE, Milestone.PATIENT_CONTACT
NEVER = np.inf


@dataclass(frozen=True, slots=True)
class Evens:
    """Even numbers between 0 and 1, float64[futures, units] each: one for every stage a run may have."""

    scene: Float64s
    carried: Float64s
    handover: Float64s
    clear: Float64s


class Rest(NamedTuple):
    """Of one unit, [futures] each. seconds : until it is free; cell : where it will be then

    door_s   : until it is at the hospital with a patient, handed_s: until handover; NEVER where it brings
               nobody, and where that is past already
    """

    seconds: Float64s
    cell: Int32s
    door_s: Float64s
    handed_s: Float64s


@dataclass(frozen=True, slots=True)
class Rests:
    """As `Rest`, [futures, units] each; 0 seconds for the free.

    hospital, need : int32[units], where the patient of each has a bed, and for what; NOBODY for none
    """

    seconds: Float64s
    cell: Int32s
    door_s: Float64s
    handed_s: Float64s
    hospital: Int32s
    need: Int32s


def rests(begin: Start, evens: Evens) -> Rests:
    futures, units = evens.scene.shape
    found = Rests(
        np.tile(begin.returns_s, (futures, 1)),
        np.tile(begin.cell, (futures, 1)),
        np.full((futures, units), NEVER),
        np.full((futures, units), NEVER),
        np.full(units, NOBODY, np.int32),
        np.zeros(units, np.int32),
    )
    home = begin.ground.columns.base_spot[begin.fleet.base]
    returning = begin.returns_s > 0
    found.cell[:, returning] = home[returning]
    for number in np.flatnonzero(begin.busy).tolist():
        unit = begin.units[number]
        column = Evens(
            *(each[:, number] for each in (evens.scene, evens.carried, evens.handover, evens.clear))
        )
        if unit.task is None:  # nobody knows of what: as if it had just arrived
            found.seconds[:, number] = begin.now.stages.scene.rest_s(0.0, column.scene)
            continue
        rest = _of_task(begin, number, unit, unit.task, column)
        found.seconds[:, number], found.cell[:, number] = rest.seconds, rest.cell
        found.door_s[:, number], found.handed_s[:, number] = rest.door_s, rest.handed_s
        found.hospital[number] = _hospital_of(begin, unit.task)
        found.need[number] = begin.needs.index(unit.task.needs)
    return found


def after_scene(
    begin: Start, scene_cell: int, need: int, carries: bool, hospital: int, left_s: Float64s, evens: Evens
) -> Rest:
    """Of a crew that leaves a scene at left_s.

    hospital : it is bound for, NOBODY where nobody said yet
    """
    stages, columns = begin.now.stages, begin.ground.columns
    bound = hospital if hospital != NOBODY else int(begin.hospital_of[scene_cell, need])
    way_s = float(columns.to_hospital_s[scene_cell, bound]) if bound != NOBODY else np.inf
    goes: Bools = np.full(len(left_s), carries and np.isfinite(way_s)) & (evens.carried < stages.transported)
    door_s = np.where(goes, left_s + way_s, NEVER)
    handed_s = door_s + stages.handover.rest_s(0.0, evens.handover)
    seconds = np.where(goes, handed_s + stages.clear.rest_s(0.0, evens.clear), left_s)
    door = int(columns.hospital_spot[bound]) if bound != NOBODY else scene_cell
    return Rest(seconds, np.where(goes, door, scene_cell).astype(np.int32), door_s, handed_s)


def _of_task(begin: Start, number: int, unit: UnitNow, task: Task, evens: Evens) -> Rest:
    stages, columns = begin.now.stages, begin.ground.columns
    elapsed_s = max(0.0, (begin.now.at - task.since).total_seconds())
    kind, here = int(begin.fleet.kind[number]), int(begin.cell[number])
    scene, *door = begin.ground.cells_of([task.scene, *([task.hospital] if task.hospital else [])]).tolist()
    milestone = Milestone(task.milestone)
    if milestone in COMING or milestone in THERE:
        left = stages.scene.rest_s(elapsed_s if milestone in THERE else 0.0, evens.scene)
        if milestone in COMING:
            left = left + _drive_s(columns.to_scene_s[kind, here, scene])
        if milestone in TURNING_OUT:
            left = left + max(0.0, float(begin.fleet.turnout_s[number]) - elapsed_s)
        need, hospital = begin.needs.index(task.needs), _hospital_of(begin, task)
        return after_scene(begin, scene, need, unit.kind == "van", hospital, left, evens)
    end = door[0] if door else here
    clear = stages.clear.rest_s(elapsed_s if milestone == Milestone.HANDED_OVER else 0.0, evens.clear)
    never = np.full(len(clear), NEVER)
    cell = np.full(len(clear), end, np.int32)
    if milestone == Milestone.HANDED_OVER:
        return Rest(clear, cell, never, never)
    if milestone == Milestone.AT_HOSPITAL:
        handed_s = stages.handover.rest_s(elapsed_s, evens.handover)
        return Rest(handed_s + clear, cell, never, handed_s)
    drive_s = _drive_s(columns.to_scene_s[kind, here, end])
    handed_s = drive_s + stages.handover.rest_s(0.0, evens.handover)
    return Rest(handed_s + clear, cell, np.full(len(clear), drive_s), handed_s)


def _drive_s(seconds: float) -> float:
    """Who is on the way gets there, even where the table knows no way."""
    return float(seconds) if np.isfinite(seconds) else 0.0


def _hospital_of(begin: Start, task: Task) -> int:
    """In the order of the city's; NOBODY where none was said, or one that is not the city's."""
    order = [each.id for each in begin.city.hospitals]
    return order.index(task.hospital_id) if task.hospital_id in order else NOBODY
