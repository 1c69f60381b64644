"""Who is there when: the shifts of units and takers, and the pace of traffic, as columns of one night."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from routing.arrays import Float64s
from simulations.city_model.model import CityModel
from simulations.city_model.week import MINUTES, clock, in_week
from simulations.lean.takers import Takers

RUN_OUT_H = 24.0
"""Shifts are told for so long after the last call, until which the last run is surely over."""


class Duty(NamedTuple):
    """on_s, off_s : float64[units or takers, spells], from when until when each is there, in order; inf for
    no further spell. What began before the night begins at 0."""

    on_s: Float64s
    off_s: Float64s


class Pace(NamedTuple):
    """from_s : float64[hours], when each hour of the night begins
    factor : how many times as long drives take then
    """

    from_s: Float64s
    factor: Float64s


def units_on_duty(model: CityModel, begins: datetime, hours: float) -> Duty:
    """Of each unit, in the order of their callsigns."""
    units = sorted(model.units, key=lambda unit: unit.callsign)
    return _columns([spells_of(model, unit.shift, begins, hours) for unit in units])


def takers_on_duty(model: CityModel, begins: datetime, hours: float) -> Takers:
    spells = [
        spells_of(model, desks.shift, begins, hours)
        for desks in model.call_taking.desks
        for _ in range(desks.count)
    ]
    duty = _columns(spells)
    return Takers(duty.on_s, duty.off_s, model.call_taking.lines)


def spells_of(model: CityModel, shift_id: str, begins: datetime, hours: float) -> list[tuple[float, float]]:
    """When a shift is there, seconds since `begins`, until RUN_OUT_H after the night. Raises KeyError."""
    local = begins.astimezone(ZoneInfo(model.timezone))
    inside = in_week(model.shift(shift_id).spells)
    if inside.all():
        return [(0.0, np.inf)]
    # Walk along the clock on the wall, minute by minute where it changes, so that a shift ends by that clock.
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    turns = np.flatnonzero(inside != np.roll(inside, 1)).tolist()
    if not turns:
        return []
    days = int((hours + RUN_OUT_H) // 24) + 2
    moments = []
    for day in range(-7, days + 8):  # a spell may have begun a week ago, and may end a week later
        its = (midnight + timedelta(days=day)).replace(tzinfo=None)
        first = its.weekday() * 1440
        for turn in turns:
            if first <= turn < first + 1440:
                at = (its + timedelta(minutes=turn - first)).replace(tzinfo=local.tzinfo)
                moments.append(((at.astimezone(UTC) - local.astimezone(UTC)).total_seconds(), turn))
    moments.sort()
    ends_s = (hours + RUN_OUT_H) * 3600.0
    found = []
    for (on_s, turn), (off_s, _) in pairwise(moments):
        if inside[turn] and off_s > 0 and on_s < ends_s:
            found.append((max(0.0, on_s), off_s))
    return found


def pace_of(model: CityModel, begins: datetime, hours: float) -> Pace:
    """Until RUN_OUT_H after the night."""
    from_s, hour = clock(begins.astimezone(ZoneInfo(model.timezone)), hours + RUN_OUT_H)
    return Pace(from_s, np.array(model.pace)[hour])


def _columns(spells: Sequence[Sequence[tuple[float, float]]]) -> Duty:
    most = max((len(each) for each in spells), default=0) or 1
    on_s, off_s = np.full((len(spells), most), np.inf), np.full((len(spells), most), np.inf)
    for row, its in enumerate(spells):
        for column, (begin, end) in enumerate(its):
            on_s[row, column], off_s[row, column] = begin, end
    return Duty(on_s, off_s)


def share_on_duty(model: CityModel, shift_id: str) -> float:
    """Of the week. Raises KeyError."""
    return float(in_week(model.shift(shift_id).spells).sum()) / MINUTES
