"""What sending one unit or another means for the calls to come: the same futures for each, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.fork.futures import Futures
from simulations.fork.rests import after_scene
from simulations.fork.start import Start
from simulations.lean.columns import NOBODY, Incidents, nothing_yet
from simulations.lean.heap import push
from simulations.lean.run import carry_on
from simulations.lean.state import BUSY, FREE, State
from simulations.lean.state import begin as at_home
from simulations.lean.whereabouts import drive
from simulations.statistics.intervals import Difference, Interval, difference, mean_of


@dataclass(frozen=True, slots=True)
class Going:
    """A unit that might be sent now. eta_s : on the road, by the live roads"""

    callsign: str
    eta_s: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """If this one goes.

    arrival_s  : from now until it is there
    own_late   : whether this incident is late then
    others     : expected late calls among those who wait and those who ring within the hours
    against    : how many more than if the first one goes; None for the first one itself
    """

    callsign: str
    arrival_s: float
    own_late: bool
    others: Interval
    against: Difference | None


@dataclass(frozen=True, slots=True)
class LookAhead:
    """calls : expected, beside this one"""

    futures: int
    hours: float
    calls: float
    outlooks: tuple[Outlook, ...]


def look_ahead(futures: Futures, incident_id: str, going: Sequence[Going]) -> LookAhead:
    """Raises KeyError where the incident does not wait, or a unit is not there."""
    begin = futures.begin
    asked = next((i for i, each in enumerate(begin.waiting) if each.incident_id == incident_id), None)
    if asked is None:
        raise KeyError(incident_id)
    late = [_late_of_others(futures, asked, each) for each in going]
    incident = begin.waiting[asked]
    waited_s = (begin.now.at - incident.rang_at).total_seconds()
    target_s = begin.target_s[futures.incidents[0].priority[asked]] if futures.count else np.inf
    outlooks = []
    for each, counts in zip(going, late, strict=True):
        arrival_s = each.eta_s + float(begin.fleet.turnout_s[begin.number(each.callsign)])
        outlooks.append(
            Outlook(
                each.callsign,
                arrival_s,
                bool(waited_s + arrival_s > target_s),
                mean_of(counts),
                None if counts is late[0] else difference(late[0], counts),
            )
        )
    calls = float(np.mean([len(each.rang_s) - 1 for each in futures.incidents]))
    return LookAhead(futures.count, futures.hours, calls, tuple(outlooks))


def late_calls(futures: Futures) -> list[float]:
    """How many are late in each future if the desk goes on as it does: the closest unit, in the order of the
    queue."""
    return [
        _late(futures, number, each, futures.rests.seconds[number], futures.rests.cell[number])
        for number, each in enumerate(futures.incidents)
    ]


def _late_of_others(futures: Futures, asked: int, going: Going) -> list[float]:
    begin = futures.begin
    unit = begin.number(going.callsign)
    scene = int(futures.incidents[0].place[asked])
    left_s = (
        going.eta_s
        + float(begin.fleet.turnout_s[unit])
        + begin.now.stages.scene.rest_s(0.0, futures.own.scene)
    )
    need = int(futures.incidents[0].need[asked])
    free_s, cell = after_scene(
        begin, scene, need, bool(begin.fleet.carries[unit]), NOBODY, left_s, futures.own
    )
    found = []
    for number, incidents in enumerate(futures.incidents):
        seconds, cells = futures.rests.seconds[number].copy(), futures.rests.cell[number].copy()
        seconds[unit], cells[unit] = free_s[number], cell[number]
        others = _without(incidents, asked)
        found.append(_late(futures, number, others, seconds, cells, unit))
    return found


def _without(incidents: Incidents, number: int) -> Incidents:
    kept = np.arange(len(incidents.rang_s)) != number
    return Incidents._make(column[kept] for column in incidents)


def _late(
    futures: Futures,
    number: int,
    incidents: Incidents,
    rest_s: Float64s,
    cell: Int32s,
    sent: int = NOBODY,
) -> float:
    """How many of these come late, or never, in one future."""
    begin = futures.begin
    served = nothing_yet(len(incidents.rang_s))
    state = state_of(begin, incidents, rest_s, cell, sent)
    carry_on(incidents, begin.fleet, begin.ground.columns, begin.hospital_of, begin.plan, served, state)
    return float((served.on_scene_s - incidents.rang_s > begin.target_s[incidents.priority]).sum())


def state_of(begin: Start, incidents: Incidents, rest_s: Float64s, cell: Int32s, sent: int = NOBODY) -> State:
    """Where everybody is at the moment of the fork. Who is free and away from home drives there.

    sent : who is being sent at this moment
    """
    fleet, ground = begin.fleet, begin.ground.columns
    state = at_home(incidents, fleet, ground, begin.plan)
    state.where.spot[:] = begin.cell
    for unit in range(len(begin.units)):
        if begin.busy[unit] or unit == sent:
            state.free[unit] = False
            state.sizes[FREE] -= 1
            state.next_spot[unit] = cell[unit]
            size = push(state.back_s, state.back, state.sizes[BUSY], rest_s[unit], unit)
            state.sizes[BUSY] = size
        elif begin.cell[unit] != ground.base_spot[fleet.base[unit]]:
            drive(unit, int(fleet.kind[unit]), int(fleet.base[unit]), 0.0, 1.0, state.where, ground)
    return state
