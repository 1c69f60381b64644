"""Play a course of a scenario once, without a folder to keep it in."""

from typing import NamedTuple

from simulations.lean.columns import Served
from simulations.lean.run import simulate
from simulations.scenario.incidents import Opened, opened
from simulations.scenario.stage import Ready, Stage


class Played(NamedTuple):
    opened: Opened
    served: Served
    home_m: float


def play(stage: Stage, ready: Ready, replication: int) -> Played:
    its = opened(stage, ready, replication)
    plan = ready.plan._replace(beds=ready.plan.beds._replace(stay_s=its.stay_s), roads=its.roads)
    outcome = simulate(its.incidents, ready.fleet, stage.columns, stage.hospital_of, plan)
    return Played(its, outcome.served, float(outcome.home_m.sum()))
