"""How much of an answer hangs on what nobody knows exactly: where calls come from, and how fast roads are.

The question is asked again and again, each time with every place's demand and all drives a chance amount off;
a site that is opened nearly every time is a safe choice, one that comes and goes is not.
"""

from dataclasses import dataclass, replace

import numpy as np

from routing.arrays import Float64s
from simulations.chance import generator
from simulations.planning.mclp import covered, most_covered
from simulations.planning.question import Answer, Question, all_open


@dataclass(frozen=True, slots=True)
class Doubt:
    """again : of each opened site, in how many of the times it, or a site near it, was opened again, 0 to 1
    covered : of each time, what these sites then cover; best : what the best sites would
    """

    again: tuple[float, ...]
    covered: tuple[float, ...]
    best: tuple[float, ...]


def doubt(
    question: Question,
    answer: Answer,
    within_s: float,
    *,
    times: int = 50,
    demand_off: float = 0.5,
    drives_off: float = 0.15,
    near_s: float = 240.0,
    seed: int = 115,
) -> Doubt:
    """demand_off : deviation of the logarithm of each place's demand, drives_off : of all drives together
    near_s : sites so near each other count as the same; sites are compared by how they reach the places
    """
    off = generator(seed, 0, "demand off"), generator(seed, 0, "drives off")
    opened = list(answer.opened)
    apart = _apart(question, opened)
    found, theirs, best = np.zeros(len(opened)), [], []
    for _ in range(times):
        weight = question.weight * np.exp(demand_off * off[0].standard_normal(len(question.weight)))
        seconds = question.seconds * np.exp(drives_off * off[1].standard_normal())
        trial = replace(question, weight=weight, seconds=seconds)
        other = most_covered(trial, within_s)
        found += (apart[:, list(other.opened)] <= near_s).any(axis=1)
        theirs.append(covered(trial, all_open(trial, answer.opened), within_s))
        best.append(other.value)
    return Doubt(tuple((found / times).tolist()), tuple(theirs), tuple(best))


def _apart(question: Question, opened: list[int]) -> Float64s:
    """float64[opened, sites], by how much the times to the places that either is near to differ at most."""
    apart = np.full((len(opened), len(question.seconds)), np.inf)
    for row, site in enumerate(opened):
        mine = question.seconds[site]
        nearest = np.argsort(mine, kind="stable")[:5]
        with np.errstate(invalid="ignore"):
            apart[row] = np.nan_to_num(
                np.abs(question.seconds[:, nearest] - mine[nearest]).max(axis=1), nan=np.inf
            )
    return apart
