"""The figures of a rival: one value a replication, so that they are independent of each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Final

import numpy as np

from routing.arrays import Float64s
from simulations.experiment.experiment import Experiment
from simulations.experiment.inputs import Inputs, RivalColumns, Words, read_rival
from simulations.experiment.replicate import Replication
from simulations.lean.columns import Bools
from simulations.lean.of_day import PRIORITIES
from simulations.lean.takers import ANSWERED
from simulations.results.counted import counted, duty_hours, unit_hours
from simulations.results.write_rows import replications
from simulations.scenario.as_experiment import stage_of
from simulations.scenario.values import values_of

DAY_S: Final = 86_400.0
FIGURES: Final = (
    "calls", "late", *(f"late_{priority}" for priority in PRIORITIES),
    "late_or_lost", *(f"late_or_lost_{priority}" for priority in PRIORITIES), "mean_s", "median_s", "p90_s",
    "waited", "unserved", "lost", "lost_needing", "answer_s", "busy",
    "km_to_scene", "km_to_hospital", "km_homeward", "km",
)  # fmt: skip
"""calls    : in a day
late     : share of the calls to which nobody came within the target of their priority
late_or_lost : the same of all emergencies that rang: one that nobody answered is a late one; by priority, too
mean_s, median_s, p90_s : from the ring to the first crew on scene, of those to which somebody came
waited   : share of the calls for which no unit was free at first
unserved : share to which nobody ever came
lost     : share of all that rang to whom nobody answered; lost_needing: of those that needed somebody
answer_s : how long the others waited for an answer; these and `late_or_lost` nan where call takers are not
           simulated
busy     : share of their time on duty that units are on runs; those who end a run after their shift add to it
km ...   : driven in a day by all units, the warm-up included
"""

Values = Mapping[str, Sequence[float]]
"""By figure, one value a replication; nan where there was nothing to count."""


def figures_of(folder: Path, inputs: Inputs) -> dict[str, Values]:
    """By rival. Of a scenario those of `simulations/scenario/values.py`, too."""
    rivals = [read_rival(folder, number) for number in range(len(inputs.experiment.rivals))]
    stage = None if inputs.scenario is None else stage_of(inputs, rivals)
    found: dict[str, dict[str, list[float]]] = {
        rival.name: defaultdict(list) for rival in inputs.experiment.rivals
    }
    for number, _, done, rival in replications(folder, inputs):
        values = found[inputs.experiment.rivals[number].name]
        its = figures(done, rival, inputs.experiment, inputs.words)
        if stage is not None:
            its |= values_of(stage, stage.courses[number], done)
        for figure, value in its.items():
            values[figure].append(value)
    return dict(found)


def figures(done: Replication, rival: RivalColumns, asked: Experiment, words: Words) -> dict[str, float]:
    chosen, response_s, late = counted(done, asked, words)
    came_s = np.sort(response_s[np.isfinite(response_s)])
    waited = done.served.sent_s[chosen] > done.incidents.opened_s[chosen]
    busy_s = unit_hours(done, rival, asked).seconds.sum()
    priority = done.incidents.priority[chosen]
    days = asked.ends_s / DAY_S
    rang = done.ringing
    inside = (rang.rang_s >= asked.warm_up_s) & (rang.rang_s < asked.ends_s)
    lost = rang.fate[inside] != ANSWERED
    waited_s = (rang.at_s - rang.rang_s)[inside][~lost]
    needing = rang.priority[inside][lost]
    driven = {
        "km_to_scene": done.served.scene_m.sum(),
        "km_to_hospital": done.served.hospital_m.sum(),
        "km_homeward": done.homeward_m.sum(),
    }
    found = {
        "calls": len(chosen) * 24.0 / asked.hours,
        "late": _share(late),
        **{f"late_{name}": _share(late[priority == i]) for i, name in enumerate(PRIORITIES)},
        "late_or_lost": late_or_lost(late, int((needing >= 0).sum()), done),
        **{
            f"late_or_lost_{name}": late_or_lost(late[priority == i], int((needing == i).sum()), done)
            for i, name in enumerate(PRIORITIES)
        },
        "mean_s": float(came_s.mean()) if len(came_s) else np.nan,
        "median_s": _rank(came_s, 0.5),
        "p90_s": _rank(came_s, 0.9),
        "waited": _share(waited),
        "unserved": _share(~np.isfinite(response_s)),
        "lost": _share(lost),
        "lost_needing": _share(lost[rang.priority[inside] >= 0]),
        "answer_s": float(waited_s.mean()) if len(waited_s) else np.nan,
        "busy": float(busy_s / duty_hours(rival, asked).sum()),
        **{name: float(metres) / 1000 / days for name, metres in driven.items()},
        "km": float(sum(driven.values())) / 1000 / days,
    }
    return {name: found[name] for name in FIGURES}


def late_or_lost(late: Bools, lost: int, done: Replication) -> float:
    """Share of those who rang; nan where nobody knows who was not answered."""
    if not len(done.ringing.rang_s) or not len(late) + lost:
        return np.nan
    return float(late.sum() + lost) / (len(late) + lost)


def _share(which: Sequence[bool] | np.ndarray) -> float:
    return float(np.mean(which)) if len(which) else np.nan


def _rank(ordered: Float64s, share: float) -> float:
    """Nearest rank."""
    return float(ordered[max(0, ceil(share * len(ordered)) - 1)]) if len(ordered) else np.nan
