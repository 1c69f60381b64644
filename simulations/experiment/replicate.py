"""One replication of one rival: its calls drawn, played, and written down."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.city_model.draw import Night, draw
from simulations.experiment.alike import alike
from simulations.experiment.inputs import Inputs, RivalColumns, begins_of
from simulations.experiment.keep import keep
from simulations.lean.columns import Incidents, Served
from simulations.lean.of_day import incidents_of
from simulations.lean.run import simulate
from simulations.lean.takers import answer
from simulations.scenario.incidents import Opened

REPLICATIONS = "replications"


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


def replicate(inputs: Inputs, rival: RivalColumns, calls: Incidents | Night | Opened) -> Replication:
    ringing, stay_s, plan = NO_CALLS, np.zeros(0), rival.plan
    if isinstance(calls, Opened):
        rang, answers = calls.calls, calls.answers
        ringing = Ringing(rang.rang_s, rang.priority, answers.at_s, answers.fate)
        if plan.beds.held:
            stay_s = calls.stay_s
            plan = plan._replace(beds=plan.beds._replace(stay_s=stay_s))
        calls = calls.incidents
    if isinstance(calls, Night):
        its = calls.calls
        answered = answer(its.rang_s, its.talk_s, its.patience_s, rival.takers)
        ringing = Ringing(its.rang_s, its.priority, answered.at_s, answered.fate)
        calls, numbers = calls.incidents(answered)
        if plan.beds.held:
            stay_s = its.stay_s[numbers]
            plan = plan._replace(beds=plan.beds._replace(stay_s=stay_s))
    outcome = simulate(calls, rival.fleet, inputs.ground.columns, rival.hospital_of, plan)
    return Replication(calls, outcome.served, outcome.home_m, stay_s, ringing)


def write_replication(path: Path, done: Replication) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    keep(path, done)
