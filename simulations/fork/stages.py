"""How long a stage of a run takes, and how long its rest takes once some of it has passed.

A stage is lognormal, as times on scene and at hospital doors are found to be (S.G. Henderson and A.J. Mason,
2004, use it for both). Of what has begun only what is longer than has passed is left:

    T given T > e  =  S^-1( u S(e) ),  S = 1 - F,  u even between 0 and 1

which is right however long the crew has been there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import log

import numpy as np
from scipy.special import ndtr, ndtri

from domain.values import Milestone
from routing.arrays import Float64s

ENOUGH = 30
"""With fewer runs of one's own the assumed figures stand."""
SECONDS_LEAST = 1.0


@dataclass(frozen=True, slots=True)
class Stage:
    """Lognormal. own : how many runs it was learned from; 0 for an assumption"""

    median_s: float
    sigma: float
    own: int = 0

    def rest_s(self, elapsed_s: Float64s | float, even: Float64s) -> Float64s:
        """What is left, for each of some even numbers between 0 and 1; all of it where nothing has passed."""
        elapsed = np.maximum(np.asarray(elapsed_s, np.float64), 0.0)
        with np.errstate(divide="ignore"):
            z = (np.log(elapsed) - log(self.median_s)) / self.sigma  # -inf where nothing has passed
        whole = self.median_s * np.exp(-self.sigma * ndtri(even * ndtr(-z)))
        return np.asarray(np.maximum(np.round(whole - elapsed, 1), 0.0))


@dataclass(frozen=True, slots=True)
class Stages:
    """scene : on scene, until the crew leaves or is done; handover : at the hospital, until handover;
    clear : from there until the crew is free; transported : the share of runs that end at a hospital"""

    scene: Stage = Stage(900.0, 0.45)
    handover: Stage = Stage(1200.0, 0.5)
    clear: Stage = Stage(300.0, 0.5)
    transported: float = 0.85


def learned(runs: Iterable[Mapping[str, object]], assumed: Stages = Stages()) -> Stages:
    """From the rows of the centre's own runs, where enough of them tell; the assumed figures else."""
    scene: list[float] = []
    handover: list[float] = []
    clear: list[float] = []
    carried = there = 0
    for run in runs:
        told = run["milestones"]
        assert isinstance(told, Mapping)
        at = {name: datetime.fromisoformat(text) for name, text in told.items()}
        arrived, left = at.get(Milestone.ON_SCENE), at.get(Milestone.TRANSPORTING)
        door, handed, done = (
            at.get(each) for each in (Milestone.AT_HOSPITAL, Milestone.HANDED_OVER, Milestone.CLEAR)
        )
        if arrived and (left or done):
            there += 1
            carried += left is not None
        _add(scene, arrived, left or done)
        _add(handover, door, handed)
        _add(clear, handed, done)
    return Stages(
        _fitted(scene, assumed.scene),
        _fitted(handover, assumed.handover),
        _fitted(clear, assumed.clear),
        carried / there if there >= ENOUGH else assumed.transported,
    )


def _add(seconds: list[float], begin: datetime | None, end: datetime | None) -> None:
    if begin is not None and end is not None and (took := (end - begin).total_seconds()) >= SECONDS_LEAST:
        seconds.append(took)


def _fitted(seconds: list[float], assumed: Stage) -> Stage:
    """By the mean and the deviation of the logarithms."""
    if len(seconds) < ENOUGH:
        return assumed
    logs = np.log(seconds)
    return Stage(float(np.exp(logs.mean())), max(0.05, float(logs.std(ddof=1))), len(seconds))
