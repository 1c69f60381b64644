"""Which vehicles there are, and when: the model's, without those away, and those that come to help."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s
from simulations.city_model.model import CityModel, Unit
from simulations.city_model.on_duty import spells_of
from simulations.lean.plan import Shifts
from simulations.scenario.moments import Spell
from simulations.scenario.scenario import Change, UnitsAdded, UnitsAway
from simulations.scenario.twice import callsigns

LATE_H = 48.0
"""Runs that began before the end are played to their own end."""


class Crews(NamedTuple):
    """model     : with the units that help, each at its station
    there     : callsign -> from when to when it is on duty, seconds since the warm-up began
    turnout_s : callsign -> of those that help
    """

    model: CityModel
    there: dict[str, list[Spell]]
    turnout_s: dict[str, float]


def crews_of(
    model: CityModel, changes: Sequence[Change], begins: datetime, warm_up_s: float, hours: float
) -> Crews:
    units = list(model.units)
    there = {unit.callsign: spells_of(model, unit.shift, begins, hours + LATE_H) for unit in units}
    turnout_s: dict[str, float] = {}
    for change in changes:
        if isinstance(change, UnitsAdded):
            stations = change.stations or tuple(station.id for station in model.stations)
            for number, callsign in enumerate(callsigns(change)):
                station = stations[number % len(stations)]
                units.append(Unit(callsign, change.kind, change.capabilities, station, model.shifts[0].id))
                there[callsign] = [(begin + warm_up_s, end + warm_up_s) for begin, end in change.spells]
                turnout_s[callsign] = change.turnout_s
        elif isinstance(change, UnitsAway):
            for callsign in change.callsigns or _share(model, change.share):
                for begin, end in change.spells:
                    away = begin + warm_up_s, end + warm_up_s
                    there[callsign] = [rest for spell in there[callsign] for rest in _without(spell, away)]
    return Crews(replace(model, units=tuple(units)), there, turnout_s)


def _share(model: CityModel, share: float) -> list[str]:
    """Every so many-th of the fleet, in the order of the model, so that no part of the city loses all."""
    count = len(model.units)
    wanted = round(count * share)
    return [model.units[number * count // wanted].callsign for number in range(wanted)]


def _without(spell: Spell, away: Spell) -> list[Spell]:
    begin, end = spell
    parts = [(begin, min(end, away[0])), (max(begin, away[1]), end)]
    return [part for part in parts if part[0] < part[1]]


def shifts_of(there: dict[str, list[Spell]], callsigns: Sequence[str]) -> Shifts:
    """In the order of the fleet; none where everybody is always there."""
    spells = [there[callsign] for callsign in callsigns]
    if all(each == [(0.0, np.inf)] for each in spells):
        return Shifts(np.zeros((len(callsigns), 0)), np.zeros((len(callsigns), 0)), np.zeros(0))
    most = max(1, *(len(each) for each in spells))
    on_s, off_s = _columns(len(spells), most), _columns(len(spells), most)
    for row, its in enumerate(spells):
        for column, (begin, end) in enumerate(its):
            on_s[row, column], off_s[row, column] = begin, end
    turns = {moment for its in spells for spell in its for moment in spell if 0 < moment < np.inf}
    return Shifts(on_s, off_s, np.array(sorted(turns)))


def _columns(rows: int, columns: int) -> Float64s:
    return np.full((rows, columns), np.inf)
