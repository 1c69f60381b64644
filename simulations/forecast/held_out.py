"""Forecasters judged on weeks that none of them saw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import Float64s
from simulations.forecast.forecaster import Forecaster
from simulations.forecast.law import Law
from simulations.forecast.scores import covered, crps, pinball
from simulations.forecast.series import WEEK_H, Hourly
from simulations.forecast.terms import LEAST_WEEKS
from simulations.statistics.intervals import Difference, difference

SHARES = (0.5, 0.9)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """crps     : float64[weeks], its mean over all hours asked in each week that was held out
    by_ahead  : float64[hours ahead], over all weeks
    pinball90 : float64[weeks], of the number that is exceeded in one hour of ten
    covered   : of the middle half and nine tenths, how many counts lay within, and how many should have
    mean_off  : by how much the mean was too low, in calls an hour
    """

    name: str
    crps: Float64s
    by_ahead: Float64s
    pinball90: Float64s
    covered: tuple[tuple[float, float], ...]
    mean_off: float

    def against(self, other: "Judged") -> Difference:
        """This one's score less the other's, week by week: below nothing is better."""
        return difference(other.crps.tolist(), self.crps.tolist())


def judge(
    history: Hourly,
    makers: Sequence[Callable[[], Forecaster]],
    weeks: int,
    *,
    hours: int = 48,
    every_h: int = 6,
    tell: Callable[[float], None] = lambda share: None,
) -> list[Judged]:
    """The last so many weeks, one after the other: each forecaster learns from all before the week, then is
    asked every few hours for the hours ahead, and knows what came until the hour at which it is asked.

    Raises ValueError where too little is left to learn from.
    """
    first = len(history.counts) - weeks * WEEK_H
    if weeks < 1 or first < LEAST_WEEKS * WEEK_H:
        there = len(history.counts) / WEEK_H
        raise ValueError(
            f"{weeks} weeks cannot be held out: {LEAST_WEEKS} have to be left to learn from, "
            f"and there are {there:.1f} in all."
        )
    found = []
    for number, make in enumerate(makers):
        asked: list[_Week] = []
        for week in range(weeks):
            tell((number * weeks + week) / (len(makers) * weeks))
            forecaster, begins = make(), first + week * WEEK_H
            forecaster.learn(history.until(begins))
            asked.append(_ask(forecaster, history, begins, hours, every_h))
        found.append(_judged(forecaster.name, asked, hours))
    return found


@dataclass(slots=True)
class _Week:
    scores: Float64s
    pinball90: float
    covered: tuple[tuple[float, float], ...]
    mean_off: float


def _ask(forecaster: Forecaster, history: Hourly, begins: int, hours: int, every_h: int) -> _Week:
    laws, counts = [], []
    for origin in range(begins, begins + WEEK_H, every_h):
        known = min(hours, len(history.counts) - origin)
        law = forecaster.ahead(history.until(origin), hours)
        laws.append(Law(law.below[:known]))
        counts.append(history.counts[origin : origin + known])
    scores = np.full((len(laws), hours), np.nan)
    for row, (law, came) in enumerate(zip(laws, counts, strict=True)):
        scores[row, : len(came)] = crps(law, came)
    widest = max(law.below.shape[1] for law in laws)
    whole = Law(
        np.concatenate(
            [
                np.pad(law.below, ((0, 0), (0, widest - law.below.shape[1])), constant_values=1.0)
                for law in laws
            ]
        )
    )
    came = np.concatenate(counts)
    return _Week(
        scores,
        float(pinball(whole, came, 0.9).mean()),
        tuple(covered(whole, came, share) for share in SHARES),
        float((came - whole.mean).mean()),
    )


def _judged(name: str, weeks: Sequence[_Week], hours: int) -> Judged:
    held = np.mean([[list(pair) for pair in week.covered] for week in weeks], axis=0)
    return Judged(
        name,
        np.array([np.nanmean(week.scores) for week in weeks]),
        np.nanmean(np.concatenate([week.scores for week in weeks]), axis=0),
        np.array([week.pinball90 for week in weeks]),
        tuple((float(was), float(should)) for was, should in held),
        float(np.mean([week.mean_off for week in weeks])),
    )
