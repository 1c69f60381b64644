"""One replication of one rival: its calls drawn, played, and written down."""

from pathlib import Path
from typing import NamedTuple

from routing.arrays import Float64s
from simulations.experiment.alike import alike
from simulations.experiment.inputs import Inputs, RivalColumns
from simulations.experiment.keep import keep
from simulations.lean.columns import Incidents, Served
from simulations.lean.of_day import incidents_of
from simulations.lean.run import simulate

REPLICATIONS = "replications"


class Replication(NamedTuple):
    """What a file of a replication holds. Seconds are since the simulation began, its warm-up included.

    homeward_m : float64[units], driven by each on ways home and to posts
    """

    incidents: Incidents
    served: Served
    homeward_m: Float64s


def file_of(folder: Path, rival: int, replication: int) -> Path:
    return folder / REPLICATIONS / f"{rival:02d}" / f"{replication:05d}.npz"


def incidents_in(inputs: Inputs, replication: int) -> Incidents:
    """The same for every rival: they meet the same calls."""
    experiment, day = inputs.experiment, inputs.day
    if experiment.days == "alike":
        day = alike(day, experiment.ends_s, experiment.seed, replication)
    return incidents_of(day, inputs.ground)[0]


def replicate(inputs: Inputs, rival: RivalColumns, incidents: Incidents) -> Replication:
    outcome = simulate(incidents, rival.fleet, inputs.ground.columns, rival.hospital_of, rival.plan)
    return Replication(incidents, outcome.served, outcome.home_m)


def write_replication(path: Path, done: Replication) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    keep(path, done)
