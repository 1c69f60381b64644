"""What sending one unit or another means for the calls to come: the same futures for each, and how surely."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np

from simulations.fork.cores import cores, in_order
from simulations.fork.futures import Futures
from simulations.fork.rests import Rest, after_scene
from simulations.fork.standing import state_of
from simulations.fork.wards_of import sent_too, wards_of
from simulations.lean.columns import NOBODY, Incidents, Served, nothing_yet
from simulations.lean.of_day import PRIORITIES
from simulations.lean.run import carry_on
from simulations.results.compare import SURELY
from simulations.statistics.holm import holm
from simulations.statistics.intervals import Difference, Interval, difference, mean_of

LEAST = 20
"""So many futures are played however long they take: fewer say nothing."""


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
    sure       : that it makes a difference to the others, beside the other units' comparisons (Holm)
    """

    callsign: str
    arrival_s: float
    own_late: bool
    others: Interval
    against: Difference | None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class LookAhead:
    """futures : played; calls : expected, beside this one"""

    futures: int
    hours: float
    calls: float
    outlooks: tuple[Outlook, ...]


def look_ahead(
    futures: Futures, incident_id: str, going: Sequence[Going], enough: Callable[[], bool] = lambda: False
) -> LookAhead:
    """Raises KeyError where the incident does not wait, or a unit is not there.

    enough : asked after each future; from its yes on no more are played than `LEAST`
    """
    begin = futures.begin
    asked = next((i for i, each in enumerate(begin.waiting) if each.incident_id == incident_id), None)
    if asked is None:
        raise KeyError(incident_id)
    if_sent = [_if_sent(futures, asked, each) for each in going]

    def late_if(number: int) -> list[float]:
        others = _without(futures.incidents[number], asked)
        return [_late(futures, number, others, each) for each in if_sent]

    late: list[list[float]] = [[] for _ in going]
    with closing(in_order(late_if, futures.count, cores())) as played_ones:
        for number, counts in enumerate(played_ones):
            for found, count in zip(late, counts, strict=True):
                found.append(count)
            if enough() and number + 1 >= LEAST:
                break
    played = len(late[0]) if late else futures.count
    outlooks = tuple(
        _outlook(futures, asked, each, counts, late[0] if counts is not late[0] else None)
        for each, counts in zip(going, late, strict=True)
    )
    outlooks = _surely(outlooks)
    calls = float(np.mean([len(each.rang_s) - 1 for each in futures.incidents[:played]]))
    return LookAhead(played, futures.hours, calls, outlooks)


def _outlook(
    futures: Futures, asked: int, going: Going, late: list[float], first: list[float] | None
) -> Outlook:
    begin = futures.begin
    incident = begin.waiting[asked]
    waited_s = (begin.now.at - incident.rang_at).total_seconds()
    target_s = begin.target_s[PRIORITIES.index(incident.priority)]
    arrival_s = going.eta_s + float(begin.fleet.turnout_s[begin.number(going.callsign)])
    return Outlook(
        going.callsign,
        arrival_s,
        bool(waited_s + arrival_s > target_s),
        mean_of(late).from_none_on(),
        None if first is None else difference(first, late),
    )


def _surely(outlooks: Sequence[Outlook]) -> tuple[Outlook, ...]:
    """All comparisons count: of two units one would seem to differ by chance nearly twice as often."""
    p_values = iter(holm([each.against.p for each in outlooks if each.against is not None]))
    return tuple(
        each if each.against is None else replace(each, sure=next(p_values) < SURELY) for each in outlooks
    )


def late_calls(futures: Futures) -> list[float]:
    """How many are late in each future if the desk goes on as it does: by its own policies, in the order of
    the queue."""
    return list(
        in_order(lambda number: _late(futures, number, futures.incidents[number]), futures.count, cores())
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Sent:
    """unit : who is sent; rest : when it is free again, and where; hospital, need : of its patient"""

    unit: int
    rest: Rest
    hospital: int
    need: int


def _if_sent(futures: Futures, asked: int, going: Going) -> _Sent:
    begin = futures.begin
    unit = begin.number(going.callsign)
    scene = int(begin.ground.cells_of([begin.waiting[asked].position])[0])
    need = begin.needs.index(begin.waiting[asked].needs)
    left_s = (
        going.eta_s
        + float(begin.fleet.turnout_s[unit])
        + begin.now.stages.scene.rest_s(0.0, futures.own.scene)
    )
    carries = bool(begin.fleet.carries[unit])
    rest = after_scene(begin, scene, need, carries, NOBODY, left_s, futures.own)
    return _Sent(unit, rest, int(begin.hospital_of[scene, need]), need)


def _without(incidents: Incidents, number: int) -> Incidents:
    kept = np.arange(len(incidents.rang_s)) != number
    return Incidents._make(column[kept] for column in incidents)


def _late(futures: Futures, number: int, incidents: Incidents, sent: _Sent | None = None) -> float:
    """How many of these come late, or never, in one future."""
    served = play(futures, number, incidents, sent)
    return float((served.on_scene_s - incidents.rang_s > futures.begin.target_s[incidents.priority]).sum())


def play(futures: Futures, number: int, incidents: Incidents, sent: _Sent | None = None) -> Served:
    """What becomes of these in one future."""
    begin, rests = futures.begin, futures.rests
    served = nothing_yet(len(incidents.rang_s))
    wards = wards_of(begin, rests, number, len(incidents.rang_s))
    free_s, cell, unit = rests.seconds[number], rests.cell[number], NOBODY
    if sent is not None:
        unit, free_s, cell = sent.unit, free_s.copy(), cell.copy()
        free_s[unit], cell[unit] = sent.rest.seconds[number], sent.rest.cell[number]
        wards = sent_too(begin, wards, sent.rest, number, sent.hospital, sent.need)
    state = state_of(futures.there, incidents, free_s, cell, wards, unit)
    columns = begin.ground.columns
    carry_on(incidents, begin.fleet, columns, begin.hospital_of, futures.plan, served, state)
    return served
