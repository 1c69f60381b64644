"""Many futures of the next hour, each drawn from generators of its own, so that rivals meet the same ones."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.chance import generator
from simulations.fork.desk_plan import local
from simulations.fork.rests import Evens, Rests, rests
from simulations.fork.standing import Standing, standing
from simulations.fork.start import Start
from simulations.fork.usual import Coming, coming
from simulations.lean.columns import Incidents
from simulations.lean.of_day import PRIORITIES
from simulations.lean.plan import Plan

DECIDE_S = 30.0, 120.0
"""From the ring to the first look for a unit: assumed."""


@dataclass(frozen=True, slots=True)
class Futures:
    """incidents : of each future, those who wait first; waiting : how many these are
    rests, own : of the units that serve; and the even numbers of the run that is being decided
    there     : the state that all of them begin at
    plan      : of the desk, with the stays of patients in their beds: nobody is discharged within the hours
    """

    begin: Start
    hours: float
    incidents: tuple[Incidents, ...]
    rests: Rests
    own: Evens
    there: Standing
    plan: Plan

    @property
    def count(self) -> int:
        return len(self.incidents)


def draw(begin: Start, count: int, hours: float, seed: int) -> Futures:
    units = len(begin.units)
    names = "scene", "carried", "handover", "clear"
    # One column a unit that serves, and a last one for whoever is sent now.
    drawn = {
        name: np.stack([_even(generator(seed, each, f"rest {name}"), units + 1) for each in range(count)])
        for name in names
    }
    law = coming(begin.now.lately, begin.now.usual, local(begin.now.at, begin.city), hours)
    incidents = tuple(_incidents(begin, law, seed, each) for each in range(count))
    stays = np.full(max((len(each.rang_s) for each in incidents), default=0), np.inf)
    return Futures(
        begin,
        hours,
        incidents,
        rests(begin, Evens(*(drawn[name][:, :units] for name in names))),
        Evens(*(drawn[name][:, units] for name in names)),
        standing(begin),
        begin.plan._replace(beds=begin.plan.beds._replace(stay_s=stays)),
    )


def _incidents(begin: Start, law: Coming, seed: int, number: int) -> Incidents:
    """Those who wait, and those who will ring within the hours."""

    def chance(source: str) -> np.random.Generator:
        return generator(seed, number, source)

    stages, waiting = begin.now.stages, begin.waiting
    level = float(chance("rate").gamma(law.shape, 1 / law.rate))
    rang = law.rang_s(chance("count"), chance("arrivals"), level)
    new = len(rang)
    opened = rang + _even(chance("decide"), new) * (DECIDE_S[1] - DECIDE_S[0]) + DECIDE_S[0]
    order = np.argsort(opened, kind="stable")
    priority = np.searchsorted(np.cumsum(law.mix)[:-1], chance("priorities").random(new), side="right")
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


def _joined(first: "list[int] | Int32s", second: np.ndarray) -> Int32s:
    return np.concatenate([np.asarray(first, np.int32), second.astype(np.int32)])


def _even(chance: np.random.Generator, count: int) -> Float64s:
    """Between 0 and 1, neither of them: a stage has no end at 0."""
    return np.maximum(chance.random(count), 1e-12)
