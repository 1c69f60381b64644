"""How much of an answer hangs on what nobody knows exactly: where calls come from, and how fast roads are.

The question is asked again and again, each time with every place's demand and all drives a chance amount off;
a site that is opened nearly every time is a safe choice, one that comes and goes is not.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from routing.arrays import Float64s
from simulations.chance import generator
from simulations.planning.mclp import covered, most_covered
from simulations.planning.question import Answer, Question, all_open


@dataclass(frozen=True, slots=True)
class Doubt:
    """again : of each opened site, in how many of the times it, or a site near it, was opened again, 0 to 1
    chosen : of every site, in how many of the times it was opened itself
    covered : of each time, what these sites then cover; best : what the best sites would
    """

    again: tuple[float, ...]
    chosen: tuple[float, ...]
    covered: tuple[float, ...]
    best: tuple[float, ...]


def doubt(
    question: Question,
    answer: Answer,
    within_s: float,
    *,
    places: int | None = None,
    solve: Callable[[Question], Answer] | None = None,
    tell: Callable[[float], None] = lambda share: None,
    times: int = 50,
    demand_off: float = 0.5,
    drives_off: float = 0.15,
    near_s: float = 240.0,
    seed: int = 115,
) -> Doubt:
    """places : of the question, where each comes several times over, one after the other: what is off is so
    each time; solve : how the question is answered, by MCLP where nobody says
    demand_off : deviation of the logarithm of each place's demand, drives_off : of all drives together
    near_s : sites so near each other count as the same; sites are compared by how they reach the places
    """
    off = generator(seed, 0, "demand off"), generator(seed, 0, "drives off")
    opened, count = list(answer.opened), places or len(question.weight)
    apart = _apart(question, opened)
    chosen = np.zeros(len(question.seconds))
    found, theirs, best = np.zeros(len(opened)), [], []
    for number in range(times):
        factor = np.exp(demand_off * off[0].standard_normal(count))
        weight = question.weight * np.tile(factor, len(question.weight) // count)
        seconds = question.seconds * np.exp(drives_off * off[1].standard_normal())
        trial = replace(question, weight=weight, seconds=seconds)
        other = most_covered(trial, within_s) if solve is None else solve(trial)
        chosen[list(other.opened)] += 1
        found += (apart[:, list(other.opened)] <= near_s).any(axis=1)
        theirs.append(covered(trial, all_open(trial, answer.opened), within_s))
        best.append(covered(trial, all_open(trial, other.opened), within_s))
        tell((number + 1) / times)
    return Doubt(
        tuple((found / times).tolist()), tuple((chosen / times).tolist()), tuple(theirs), tuple(best)
    )


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
