"""The figures of a rival: one value a replication, so that they are independent of each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Final

import numpy as np

from routing.arrays import Float64s
from simulations.experiment.experiment import Experiment
from simulations.experiment.inputs import Inputs, RivalColumns, Words
from simulations.experiment.replicate import Replication
from simulations.lean.of_day import PRIORITIES
from simulations.results.counted import counted, unit_hours
from simulations.results.write_rows import replications

DAY_S: Final = 86_400.0
FIGURES: Final = (
    "calls", "late", *(f"late_{priority}" for priority in PRIORITIES), "mean_s", "median_s", "p90_s",
    "waited", "unserved", "busy", "km_to_scene", "km_to_hospital", "km_homeward", "km",
)  # fmt: skip
"""calls    : in a day
late     : share of the calls to which nobody came within the target of their priority
mean_s, median_s, p90_s : from the ring to the first crew on scene, of those to which somebody came
waited   : share of the calls for which no unit was free at first
unserved : share to which nobody ever came
busy     : share of their time that units are on runs
km ...   : driven in a day by all units, the warm-up included
"""

Values = Mapping[str, Sequence[float]]
"""By figure, one value a replication; nan where there was nothing to count."""


def figures_of(folder: Path, inputs: Inputs) -> dict[str, Values]:
    """By rival."""
    found: dict[str, dict[str, list[float]]] = {
        rival.name: defaultdict(list) for rival in inputs.experiment.rivals
    }
    for number, _, done, rival in replications(folder, inputs):
        values = found[inputs.experiment.rivals[number].name]
        for figure, value in figures(done, rival, inputs.experiment, inputs.words).items():
            values[figure].append(value)
    return dict(found)


def figures(done: Replication, rival: RivalColumns, asked: Experiment, words: Words) -> dict[str, float]:
    chosen, response_s, late = counted(done, asked, words)
    came_s = np.sort(response_s[np.isfinite(response_s)])
    waited = done.served.sent_s[chosen] > done.incidents.opened_s[chosen]
    busy_s = unit_hours(done, rival, asked).seconds.sum()
    priority = done.incidents.priority[chosen]
    days = asked.ends_s / DAY_S
    driven = {
        "km_to_scene": done.served.scene_m.sum(),
        "km_to_hospital": done.served.hospital_m.sum(),
        "km_homeward": done.homeward_m.sum(),
    }
    found = {
        "calls": len(chosen) * 24.0 / asked.hours,
        "late": _share(late),
        **{f"late_{name}": _share(late[priority == i]) for i, name in enumerate(PRIORITIES)},
        "mean_s": float(came_s.mean()) if len(came_s) else np.nan,
        "median_s": _rank(came_s, 0.5),
        "p90_s": _rank(came_s, 0.9),
        "waited": _share(waited),
        "unserved": _share(~np.isfinite(response_s)),
        "busy": float(busy_s / (len(rival.fleet.kind) * asked.hours * 3600.0)),
        **{name: float(metres) / 1000 / days for name, metres in driven.items()},
        "km": float(sum(driven.values())) / 1000 / days,
    }
    return {name: found[name] for name in FIGURES}


def _share(which: Sequence[bool] | np.ndarray) -> float:
    return float(np.mean(which)) if len(which) else np.nan


def _rank(ordered: Float64s, share: float) -> float:
    """Nearest rank."""
    return float(ordered[max(0, ceil(share * len(ordered)) - 1)]) if len(ordered) else np.nan
