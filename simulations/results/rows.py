"""Rows of one replication of one rival, as tables."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from routing.arrays import Float64s
from simulations.experiment.inputs import Inputs, RivalColumns, Words
from simulations.experiment.replicate import Replication
from simulations.lean.of_day import PRIORITIES
from simulations.results.call_numbers import call_numbers, places_of
from simulations.results.counted import Hours, bed_hours, counted, door_hours, duty_hours, unit_hours
from simulations.results.schema import BED_HOURS, INCIDENTS, UNIT_HOURS, WORD


def rows_of(
    number: int, replication: int, done: Replication, rival: RivalColumns, inputs: Inputs
) -> dict[str, pa.Table]:
    """By the names of `schema.TABLES`. number: of the rival"""
    asked, words = inputs.experiment, inputs.words
    name = asked.rivals[number].name
    doors = door_hours(done, len(words.hospitals), asked)
    taken_s = bed_hours(done, len(words.hospitals), asked) if rival.plan.beds.held else None
    on_duty_s = duty_hours(rival, asked)
    return {
        "incidents": _incidents(name, replication, done, inputs),
        "unit_hours": _unit_hours(name, replication, unit_hours(done, rival, asked), on_duty_s, rival, words),
        "bed_hours": _bed_hours(name, replication, doors, taken_s, words),
    }


def _incidents(rival: str, replication: int, done: Replication, inputs: Inputs) -> pa.Table:
    words, asked = inputs.words, inputs.experiment
    chosen, response_s, late = counted(done, asked, words)
    incidents, served = done.incidents, done.served
    place = incidents.place[chosen]
    spots = inputs.ground.columns.place_spot[place]
    where = np.array([(inputs.ground.positions[spot]) for spot in spots.tolist()], dtype=object)
    wards = [ward.name for ward in words.wards]
    columns = [
        *_run(rival, replication, len(chosen)),
        pa.array(chosen, pa.int32()),
        pa.array(call_numbers(incidents, places_of(inputs))[chosen], pa.int64()),
        _named(incidents.priority[chosen], PRIORITIES),
        _named(np.array(words.place_ward, np.int32)[place], wards),
        pa.array([each.lat for each in where], pa.float64()),
        pa.array([each.lon for each in where], pa.float64()),
        pa.array(incidents.transports[chosen]),
        pa.array(incidents.rang_s[chosen]),
        pa.array(incidents.opened_s[chosen]),
        _moments(served.sent_s[chosen]),
        _moments(served.on_scene_s[chosen]),
        _moments(served.left_s[chosen]),
        _moments(served.at_hospital_s[chosen]),
        _moments(served.clear_s[chosen]),
        _moments(response_s),
        pa.array(late),
        _named(served.unit[chosen], words.units[rival]),
        _named(served.hospital[chosen], words.hospitals),
        pa.array(served.scene_m[chosen]),
        pa.array(served.hospital_m[chosen]),
    ]
    return pa.table(columns, schema=INCIDENTS)


def _unit_hours(
    name: str, replication: int, hours: Hours, on_duty_s: Float64s, rival: RivalColumns, words: Words
) -> pa.Table:
    units, count = hours.began.shape
    unit, hour = np.repeat(np.arange(units), count), np.tile(np.arange(count), units)
    columns = [
        *_run(name, replication, len(unit)),
        _named(unit, words.units[name]),
        _named(rival.fleet.base[unit], words.stations),
        pa.array(hour, pa.int32()),
        pa.array(on_duty_s.ravel()),
        pa.array(hours.began.ravel(), pa.int32()),
        pa.array(hours.seconds.ravel()),
    ]
    return pa.table(columns, schema=UNIT_HOURS)


def _bed_hours(name: str, replication: int, hours: Hours, taken_s: Float64s | None, words: Words) -> pa.Table:
    hospitals, count = hours.began.shape
    hospital, hour = np.repeat(np.arange(hospitals), count), np.tile(np.arange(count), hospitals)
    columns = [
        *_run(name, replication, len(hospital)),
        _named(hospital, words.hospitals),
        pa.array(hour, pa.int32()),
        pa.array(np.array(words.beds)[hospital], pa.int32()),
        pa.array(hours.began.ravel(), pa.int32()),
        pa.array(hours.seconds.ravel()),
        pa.nulls(len(hospital), pa.float64()) if taken_s is None else pa.array(taken_s.ravel()),
    ]
    return pa.table(columns, schema=BED_HOURS)


def _run(rival: str, replication: int, rows: int) -> list[pa.Array]:
    return [_named(np.zeros(rows, np.int32), [rival]), pa.array(np.full(rows, replication), pa.int32())]


def _named(numbers: NDArray[Any], names: Sequence[str]) -> pa.Array:
    """Names by number; nothing where the number is below zero."""
    numbers = np.asarray(numbers, np.int32)
    indices = pa.array(numbers, mask=numbers < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(names), pa.string())).cast(WORD)


def _moments(seconds: NDArray[Any]) -> pa.Array:
    """Nothing where it never happened."""
    return pa.array(seconds, mask=~np.isfinite(seconds))
