"""How well a fitted week holds in weeks that it has not seen: every fourth week is put aside."""

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from routing.arrays import Float64s, Int64s
from simulations.city_model.week import HOURS, hours_of
from simulations.demand.fit import PERIODS, weights_of
from simulations.demand.history import History
from simulations.forecast.law import dispersion_of, overdispersed
from simulations.forecast.profile import usual_week
from simulations.forecast.scores import covered
from simulations.forecast.series import Hourly, count_hours
from simulations.statistics.intervals import Difference, Interval, difference, mean_of

EVERY = 4
SHARES = (0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of a middle interval: how much it should hold by the law, and what it held. wide : with the scatter
    that was seen"""

    share: float
    poisson: tuple[float, float]
    wide: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """deviance   : Poisson's, an hour, week by week that was held out: of the fitted week, of one that says
                 the same all week, and of the plain means of each hour
    dispersion : Pearson's on what was held out; 1 by Poisson's law
    bits       : how much better the places of a period foretell where a call is than those of all hours,
                 bits a call, week by week
    week, seen : float64[168], fitted, and the mean of what was held out
    """

    weeks: int
    calls: int
    deviance: Interval
    against_flat: Difference
    against_means: Difference
    dispersion: float
    coverage: tuple[Coverage, ...]
    bits: Interval
    week: Float64s
    seen: Float64s


def judge(history: History, part: np.ndarray) -> Judgement:
    """part : of each call its place. Raises ValueError where four whole weeks are not left to learn from, nor
    two to judge by."""
    hourly = count_hours(history.at)
    week = _week_of_hours(hourly)
    whole = np.flatnonzero(np.bincount(week) == HOURS)
    held, kept = whole[EVERY - 1 :: EVERY], np.setdiff1d(whole, whole[EVERY - 1 :: EVERY])
    if len(held) < 2 or len(kept) < 4:
        raise ValueError(f"{len(whole)} whole weeks are too few to hold some of them out.")
    # Whole weeks one after the other are as good as a history of their own: only the hour of the week counts.
    learned = _of_weeks(hourly, week, kept)
    fitted = usual_week(learned)
    means = learned.counts.reshape(len(kept), HOURS).mean(axis=0)
    flat = np.full(HOURS, learned.counts.mean())
    counts = _of_weeks(hourly, week, held).counts.reshape(len(held), HOURS)
    scored = [
        [_deviance(its, expected) for its in counts]
        for expected in (fitted, flat, np.maximum(means, 1.0 / (2 * len(kept))))
    ]
    scatter = dispersion_of(learned.counts, np.tile(fitted, len(kept)))
    laws = overdispersed(np.tile(fitted, len(held)), 1.0), overdispersed(np.tile(fitted, len(held)), scatter)
    coverage = tuple(
        Coverage(share, *(_said_and_held(covered(law, counts.ravel(), share)) for law in laws))
        for share in SHARES
    )
    return Judgement(
        weeks=len(held),
        calls=int(counts.sum()),
        deviance=mean_of(scored[0]),
        against_flat=difference(scored[1], scored[0]),
        against_means=difference(scored[2], scored[0]),
        dispersion=float(((counts - fitted) ** 2 / fitted).mean()),
        coverage=coverage,
        bits=_bits(history, part, hourly, held, kept),
        week=fitted,
        seen=counts.mean(axis=0),
    )


def _said_and_held(found: tuple[float, float]) -> tuple[float, float]:
    held, said = found
    return said, held


def _week_of_hours(hourly: Hourly) -> Int64s:
    """Of each hour the week it is in, counted from the Monday before the first."""
    first = hourly.begins.weekday() * 24 + hourly.begins.hour
    return np.asarray((first + np.arange(len(hourly.counts))) // HOURS, np.int64)


def _of_weeks(hourly: Hourly, week: Int64s, wanted: Int64s) -> Hourly:
    """Those weeks, joined; they begin on a Monday."""
    monday = hourly.begins.fromordinal(hourly.begins.toordinal() - hourly.begins.weekday())
    return Hourly(monday, hourly.counts[np.isin(week, wanted)])


def _deviance(counts: Int64s, expected: Float64s) -> float:
    return float(2 * (xlogy(counts, counts / expected) - (counts - expected)).mean())


def _bits(history: History, part: np.ndarray, hourly: Hourly, held: Int64s, kept: Int64s) -> Interval:
    """Places are drawn from all calls; how they divide is learned from the weeks that were kept."""
    count = int(part.max()) + 1
    week, hour = history.weeks(hourly.begins), history.hours_of_week()
    inside = np.isin(week, kept)
    own = weights_of(part[inside], hour[inside], count) / 1000.0
    usual = (np.bincount(part[inside], minlength=count) + 0.5) / (inside.sum() + 0.5 * count)
    period = np.zeros(HOURS, np.int64)
    for number, each in enumerate(PERIODS):
        period[hours_of(each.spells)] = number
    gain = np.log2(own[period[hour], part] / usual[part])
    return mean_of([float(gain[week == each].mean()) for each in held.tolist()])
