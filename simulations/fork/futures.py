"""Many futures of the next hour, each drawn from generators of its own, so that rivals meet the same ones."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.chance import generator
from simulations.fork.rests import Evens, Rests, rests
from simulations.fork.start import Start
from simulations.lean.columns import Incidents
from simulations.lean.of_day import PRIORITIES
from simulations.policy_day.durations import PRIORITIES as ASSUMED

DECIDE_S = 30.0, 120.0
"""From the ring to the first look for a unit: assumed."""
ASSUMED_COUNT = 20
"""The assumed mix of priorities weighs as much as so many incidents."""


@dataclass(frozen=True, slots=True)
class Futures:
    """incidents : of each future, those who wait first; waiting : how many these are
    rests, own : of the units that serve; and the even numbers of the run that is being decided
    """

    begin: Start
    hours: float
    incidents: tuple[Incidents, ...]
    rests: Rests
    own: Evens

    @property
    def count(self) -> int:
        return len(self.incidents)


def draw(begin: Start, count: int, hours: float, seed: int) -> Futures:
    """How many calls come is uncertain twice: what the hour's rate is, of which only the last hours tell
    (Jeffreys: Gamma(n + 1/2, hours)), and how many then happen to ring."""
    units = len(begin.units)
    names = "scene", "carried", "handover", "clear"
    # One column a unit that serves, and a last one for whoever is sent now.
    drawn = {
        name: np.stack([_even(generator(seed, each, f"rest {name}"), units + 1) for each in range(count)])
        for name in names
    }
    return Futures(
        begin,
        hours,
        tuple(_incidents(begin, hours, seed, each) for each in range(count)),
        rests(begin, Evens(*(drawn[name][:, :units] for name in names))),
        Evens(*(drawn[name][:, units] for name in names)),
    )


def _incidents(begin: Start, hours: float, seed: int, number: int) -> Incidents:
    """Those who wait, and those who will ring within the hours."""

    def chance(source: str) -> np.random.Generator:
        return generator(seed, number, source)

    lately, stages, waiting = begin.now.lately, begin.now.stages, begin.waiting
    rate = chance("rate").gamma(lately.count + 0.5, 1 / lately.hours)
    new = int(chance("count").poisson(rate * hours))
    rang = np.sort(chance("arrivals").random(new)) * hours * 3600
    opened = rang + _even(chance("decide"), new) * (DECIDE_S[1] - DECIDE_S[0]) + DECIDE_S[0]
    order = np.argsort(opened, kind="stable")
    mix = _mix(begin)
    priority = np.searchsorted(np.cumsum(mix)[:-1], chance("priorities").random(new), side="right")
    place = np.searchsorted(np.cumsum(begin.weights)[:-1], chance("places").random(new), side="right")
    since = [(each.rang_at - begin.now.at).total_seconds() for each in waiting]
    waiting_priority = [PRIORITIES.index(each.priority) for each in waiting]
    every = len(waiting) + new
    return Incidents(
        rang_s=np.concatenate([np.array(since, np.float64), rang[order]]),
        opened_s=np.concatenate([np.zeros(len(waiting)), opened[order]]),
        place=_joined(begin.ground.cells_of([each.position for each in waiting]), place[order]),
        priority=_joined(waiting_priority, priority[order]),
        need=_joined([begin.needs.index(each.needs) for each in waiting], priority[order]),
        scene_s=stages.scene.rest_s(0.0, _even(chance("scene"), every)),
        transports=chance("transports").random(every) < stages.transported,
        handover_s=stages.handover.rest_s(0.0, _even(chance("handover"), every)),
        clear_s=stages.clear.rest_s(0.0, _even(chance("clear"), every)),
    )


def _mix(begin: Start) -> Float64s:
    """The share of each priority among the calls to come."""
    seen = begin.now.lately.incidents
    weighed = np.array([seen.get(each, 0) + ASSUMED_COUNT * ASSUMED[each] for each in PRIORITIES])
    return np.asarray(weighed / weighed.sum(), np.float64)


def _joined(first: "list[int] | Int32s", second: np.ndarray) -> Int32s:
    return np.concatenate([np.asarray(first, np.int32), second.astype(np.int32)])


def _even(chance: np.random.Generator, count: int) -> Float64s:
    """Between 0 and 1, neither of them: a stage has no end at 0."""
    return np.maximum(chance.random(count), 1e-12)
