"""When each unit that serves somebody will be free, and where: what is left of its stage and of all later."""

from dataclasses import dataclass

import numpy as np

from dispatch.policies.fleet import Task, UnitNow
from domain.values import Milestone
from routing.arrays import Float64s, Int32s
from simulations.fork.start import Start
from simulations.lean.columns import NOBODY, Bools

TURNING_OUT = Milestone.ASSIGNED, Milestone.ACCEPTED
COMING = (*TURNING_OUT, Milestone.EN_ROUTE)
THERE = Milestone.ON_SCENE, Milestone.PATIENT_CONTACT


@dataclass(frozen=True, slots=True)
class Evens:
    """Even numbers between 0 and 1, float64[futures, units] each: one for every stage a run may have."""

    scene: Float64s
    carried: Float64s
    handover: Float64s
    clear: Float64s


@dataclass(frozen=True, slots=True)
class Rests:
    """Both [futures, units]. seconds : until it is free, 0 for the free; cell : where it will be then"""

    seconds: Float64s
    cell: Int32s


def rests(begin: Start, evens: Evens) -> Rests:
    futures = len(evens.scene)
    seconds = np.zeros((futures, len(begin.units)))
    cell = np.tile(begin.cell, (futures, 1))
    for number in np.flatnonzero(begin.busy).tolist():
        unit = begin.units[number]
        column = Evens(
            *(each[:, number] for each in (evens.scene, evens.carried, evens.handover, evens.clear))
        )
        if unit.task is None:  # nobody knows of what: as if it had just arrived
            seconds[:, number] = begin.now.stages.scene.rest_s(0.0, column.scene)
            continue
        seconds[:, number], cell[:, number] = _of_task(begin, number, unit, unit.task, column)
    return Rests(seconds, cell)


def after_scene(
    begin: Start, scene_cell: int, need: int, carries: bool, hospital: int, left_s: Float64s, evens: Evens
) -> tuple[Float64s, Int32s]:
    """Free when and where, for a crew that leaves a scene at left_s: [futures] each.

    hospital : it is bound for, NOBODY where nobody said yet
    """
    stages, columns = begin.now.stages, begin.ground.columns
    bound = hospital if hospital != NOBODY else int(begin.hospital_of[scene_cell, need])
    way_s = columns.to_hospital_s[scene_cell, bound] if bound != NOBODY else np.inf
    goes: Bools = np.full(len(left_s), carries and np.isfinite(way_s)) & (evens.carried < stages.transported)
    there = stages.handover.rest_s(0.0, evens.handover) + stages.clear.rest_s(0.0, evens.clear)
    seconds = np.where(goes, left_s + (way_s if np.isfinite(way_s) else 0.0) + there, left_s)
    door = int(columns.hospital_spot[bound]) if bound != NOBODY else scene_cell
    return seconds, np.where(goes, door, scene_cell).astype(np.int32)


def _of_task(begin: Start, number: int, unit: UnitNow, task: Task, evens: Evens) -> tuple[Float64s, Int32s]:
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
        need = begin.needs.index(task.needs) if task.needs in begin.needs else 0
        hospital = _hospital_at(begin, door[0]) if door else NOBODY
        return after_scene(begin, scene, need, unit.kind == "van", hospital, left, evens)
    end = door[0] if door else here
    clear = stages.clear.rest_s(elapsed_s if milestone == Milestone.HANDED_OVER else 0.0, evens.clear)
    if milestone == Milestone.HANDED_OVER:
        seconds = clear
    elif milestone == Milestone.AT_HOSPITAL:
        seconds = stages.handover.rest_s(elapsed_s, evens.handover) + clear
    else:
        drive_s = _drive_s(columns.to_scene_s[kind, here, end])
        seconds = drive_s + stages.handover.rest_s(0.0, evens.handover) + clear
    return seconds, np.full(len(seconds), end, np.int32)


def _drive_s(seconds: float) -> float:
    """Who is on the way gets there, even where the table knows no way."""
    return float(seconds) if np.isfinite(seconds) else 0.0


def _hospital_at(begin: Start, cell: int) -> int:
    found = np.flatnonzero(begin.ground.columns.hospital_spot == cell)
    return int(found[0]) if len(found) else NOBODY
