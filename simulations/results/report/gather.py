"""What the pictures of the report show, gathered from all replications."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from routing.arrays import Float64s, Int64s
from simulations.experiment.inputs import Inputs
from simulations.lean.takers import ANSWERED
from simulations.results.counted import (
    bed_hours,
    counted,
    door_hours,
    duty_hours,
    lengths_s,
    unit_hours,
    waiting_hours,
)
from simulations.results.report.areas import Areas, areas_of
from simulations.results.write_rows import replications

BIN_S = 15.0
BINS = 240
"""An hour; what takes longer is in the last."""


@dataclass(slots=True)
class Seen:
    """Of one rival.

    responses  : int64[BINS + 1], calls by response, at last those to whom nobody came
    area_calls, area_late : int64[areas]
    late_each  : a row for each replication, int64[areas], how many were late
    busy, waiting : a row for each replication, float64[hours]: share of the units that are on runs, and how
                 many incidents wait for one, on the average of the hour
    beds       : the same, how many are taken by those who came by ambulance; empty where they are not taken
    rang, lost : the same, how many rang, and to how many of these nobody answered
    arrivals, door_s, taken_s : float64[hospitals, hours], of all replications
    """

    responses: Int64s
    area_calls: Int64s
    area_late: Int64s
    arrivals: Float64s
    door_s: Float64s
    taken_s: Float64s
    late_each: list[Int64s] = field(default_factory=list)
    busy: list[Float64s] = field(default_factory=list)
    waiting: list[Float64s] = field(default_factory=list)
    beds: list[Float64s] = field(default_factory=list)
    rang: list[Float64s] = field(default_factory=list)
    lost: list[Float64s] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gathered:
    areas: Areas
    seen: dict[str, Seen]


def gather(folder: Path, inputs: Inputs) -> Gathered:
    asked, words = inputs.experiment, inputs.words
    areas = areas_of(inputs)
    hours, hospitals, count = int(np.ceil(asked.hours)), len(words.hospitals), len(areas.shapes)
    of_place = np.array(areas.of_place)
    seen = {
        rival.name: Seen(
            np.zeros(BINS + 1, np.int64),
            np.zeros(count, np.int64),
            np.zeros(count, np.int64),
            np.zeros((hospitals, hours)),
            np.zeros((hospitals, hours)),
            np.zeros((hospitals, hours)),
        )
        for rival in asked.rivals
    }
    for number, _, done, rival in replications(folder, inputs):
        its = seen[asked.rivals[number].name]
        chosen, response_s, late = counted(done, asked, words)
        came = np.isfinite(response_s)
        bins = np.minimum(response_s[came] / BIN_S, BINS - 1).astype(np.int64)
        its.responses += np.bincount(np.append(bins, np.full((~came).sum(), BINS)), minlength=BINS + 1)
        area = of_place[done.incidents.place[chosen]]
        known = area >= 0
        its.area_calls += np.bincount(area[known], minlength=count)
        its.late_each.append(np.bincount(area[known & late], minlength=count))
        its.area_late += its.late_each[-1]
        busy = unit_hours(done, rival, asked).seconds.sum(axis=0)
        its.busy.append(busy / np.maximum(1.0, duty_hours(rival, asked).sum(axis=0)))
        its.waiting.append(waiting_hours(done, asked))
        rang_h = ((done.ringing.rang_s - asked.warm_up_s) // 3600.0).astype(np.int64)
        inside = (rang_h >= 0) & (rang_h < hours)
        lost = inside & (done.ringing.fate != ANSWERED)
        its.rang.append(np.bincount(rang_h[inside], minlength=hours).astype(np.float64))
        its.lost.append(np.bincount(rang_h[lost], minlength=hours).astype(np.float64))
        doors = door_hours(done, hospitals, asked)
        its.arrivals += doors.began
        its.door_s += doors.seconds
        if rival.plan.beds.held:
            taken_s = bed_hours(done, hospitals, asked)
            its.taken_s += taken_s
            its.beds.append(taken_s.sum(axis=0) / lengths_s(asked))
    return Gathered(areas, seen)
