"""One replication of one rival: its calls drawn, played, and written down."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.city_model.draw import Night, draw
from simulations.experiment.alike import alike
from simulations.experiment.inputs import Inputs, RivalColumns, begins_of
from simulations.experiment.keep import keep
from simulations.lean.columns import Fleet, Ground, Incidents, Served
from simulations.lean.of_day import incidents_of
from simulations.lean.plan import Plan
from simulations.lean.run import Outcome, simulate
from simulations.lean.takers import answer
from simulations.scenario.incidents import Opened

REPLICATIONS = "replications"
Play = Callable[[Incidents, Fleet, Ground, Int32s, Plan], Outcome]


class Ringing(NamedTuple):
    """All that rang, whether anybody answered or not; empty where call takers are not simulated.

    priority : -1 for calls that need nobody
    fate     : as `simulations.lean.takers` has it; at_s: when they were answered, or gave up
    """

    rang_s: Float64s
    priority: Int32s
    at_s: Float64s
    fate: Int32s


class Replication(NamedTuple):
    """What a file of a replication holds. Seconds are since the simulation began, its warm-up included.

    homeward_m : float64[units], driven by each on ways home and to posts
    stay_s     : float64[incidents], how long each keeps its bed; empty where beds are not taken
    """

    incidents: Incidents
    served: Served
    homeward_m: Float64s
    stay_s: Float64s
    ringing: Ringing


NO_CALLS = Ringing(np.zeros(0), np.zeros(0, np.int32), np.zeros(0), np.zeros(0, np.int32))


def file_of(folder: Path, rival: int, replication: int) -> Path:
    return folder / REPLICATIONS / f"{rival:02d}" / f"{replication:05d}.npz"


def drawn(inputs: Inputs, replication: int) -> Incidents | Night:
    """The same for every rival: they meet the same calls."""
    asked = inputs.experiment
    if inputs.model is not None:
        hours = asked.ends_s / 3600.0
        return draw(inputs.model, begins_of(asked, inputs.model), hours, asked.seed, replication)
    assert inputs.day is not None
    day = inputs.day if asked.days == "recorded" else alike(inputs.day, asked.ends_s, asked.seed, replication)
    return incidents_of(day, inputs.ground)[0]


class Met(NamedTuple):
    """What the units of a rival meet, once its call takers have answered. plan : with the stays of these"""

    incidents: Incidents
    plan: Plan
    stay_s: Float64s
    ringing: Ringing


def met(rival: RivalColumns, calls: Incidents | Night | Opened) -> Met:
    if isinstance(calls, Incidents):
        return Met(calls, rival.plan, np.zeros(0), NO_CALLS)
    plan = rival.plan
    if isinstance(calls, Opened):
        plan = plan._replace(roads=calls.roads)
        rang, answered, incidents, stay_s = calls.calls, calls.answers, calls.incidents, calls.stay_s
    else:
        rang = calls.calls
        answered = answer(rang.rang_s, rang.talk_s, rang.patience_s, rival.takers)
        incidents, numbers = calls.incidents(answered)
        stay_s = rang.stay_s[numbers]
    ringing = Ringing(rang.rang_s, rang.priority, answered.at_s, answered.fate)
    if not plan.beds.held:
        return Met(incidents, plan, np.zeros(0), ringing)
    return Met(incidents, plan._replace(beds=plan.beds._replace(stay_s=stay_s)), stay_s, ringing)


def replicate(
    inputs: Inputs, rival: RivalColumns, calls: Incidents | Night | Opened, play: Play = simulate
) -> Replication:
    """play : the lean path, or the same asking somebody outside (`simulations/own`)"""
    its = met(rival, calls)
    outcome = play(its.incidents, rival.fleet, inputs.ground.columns, rival.hospital_of, its.plan)
    stay_s, longer, taken_to = its.stay_s, its.plan.beds.stays, outcome.served.hospital
    if len(stay_s) and len(longer):
        stay_s = np.where(taken_to >= 0, stay_s * longer[np.maximum(taken_to, 0)], stay_s)
    incidents = its.incidents._replace(place=outcome.place)
    return Replication(incidents, outcome.served, outcome.home_m, stay_s, its.ringing)


def write_replication(path: Path, done: Replication) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    keep(path, done)
