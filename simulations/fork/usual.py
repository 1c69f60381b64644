"""What an hour of the week is known for: how often people call then, how urgently, and how slow the streets
are. From it and from what came of late: how many calls the next hours bring, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from routing.arrays import Float64s
from simulations.city_model.of_city import FILE, read_demand
from simulations.lean.of_day import PRIORITIES
from simulations.policy_day.durations import PRIORITIES as ASSUMED
from simulations.week import week_s

HOUR_S = 3600.0
HOURS_OF_WEEK = 168
SURE = 10.0
"""The usual week is believed as much as if so many incidents had been counted by it: assumed."""
ASSUMED_COUNT = 20
"""The usual mix of priorities weighs as much as so many incidents."""


@dataclass(frozen=True, slots=True)
class Usual:
    """rates : expected incidents an hour, by priority and hour of the week, Monday 00:00 first
    pace    : how many times as long every drive takes, by hour of the week
    """

    rates: Mapping[str, Sequence[float]]
    pace: Sequence[float]

    def expected(self, edges_s: Float64s) -> Float64s:
        """Of each priority, how many come between one edge and the next, none of them longer than an hour
        and none across the hour. edges_s : since Monday 00:00, rising; after a week it begins anew"""
        hour = (edges_s[:-1] // HOUR_S).astype(np.int64) % HOURS_OF_WEEK
        rates = np.array([self.rates.get(each, (0.0,) * HOURS_OF_WEEK) for each in PRIORITIES])
        return np.asarray(rates[:, hour] * np.diff(edges_s) / HOUR_S, np.float64)

    def paces(self, moment_s: float) -> Float64s:
        """By hour of the week, against the hour of this moment, whose road times are known."""
        pace = np.array(self.pace, np.float64)
        return np.asarray(pace / pace[int(moment_s // HOUR_S) % HOURS_OF_WEEK], np.float64)


def usual_of(files: Path | None) -> Usual | None:
    """What the `demand.toml` among a city's files says; None where there is none. Raises BadModel."""
    if files is None or not (files / FILE).is_file():
        return None
    said = read_demand(files)
    return Usual({each: said.rates[each] for each in PRIORITIES}, said.pace)


@dataclass(frozen=True, slots=True, eq=False)
class Lately:
    """What came in before this moment: incidents by priority, in so many hours."""

    hours: float
    incidents: Mapping[str, int]

    @property
    def count(self) -> int:
        return sum(self.incidents.values())


@dataclass(frozen=True, slots=True, eq=False)
class Coming:
    """How many calls come is uncertain twice: the level is, of which only the last hours tell, and how many
    then happen to ring.

    shape, rate : of the Gamma law of the level
    amount      : calls expected at level 1
    edges_s, share : until when, since now, which share of them has come
    mix         : the share of each priority
    """

    shape: float
    rate: float
    amount: float
    edges_s: Float64s
    share: Float64s
    mix: Float64s

    @property
    def mean(self) -> float:
        return self.shape / self.rate * self.amount

    def rang_s(self, chance: np.random.Generator, arrivals: np.random.Generator, level: float) -> Float64s:
        """When each of them rings, in order."""
        count = int(chance.poisson(level * self.amount))
        return np.asarray(np.interp(np.sort(arrivals.random(count)), self.share, self.edges_s), np.float64)


def coming(lately: Lately, usual: Usual | None, here: datetime, hours: float) -> Coming:
    """here : this moment by the clocks of the city

    Without a usual week the rate is that of the last hours (Jeffreys: Gamma(n + 1/2, hours)). With one, the
    level is what came of what was expected (Gamma(SURE + n, SURE + expected)), and the rates of the next
    hours are multiplied by it.
    """
    seen = np.array([lately.incidents.get(each, 0) for each in PRIORITIES], np.float64)
    if usual is None:
        mix = seen + ASSUMED_COUNT * np.array([ASSUMED[each] for each in PRIORITIES])
        ends = np.array([0.0, hours * HOUR_S])
        return Coming(lately.count + 0.5, lately.hours, hours, ends, np.array([0.0, 1.0]), mix / mix.sum())
    now_s = week_s(here)
    past = usual.expected(_edges(now_s - lately.hours * HOUR_S, now_s)).sum()
    edges = _edges(now_s, now_s + hours * HOUR_S)
    next_hours = usual.expected(edges)
    amount = float(next_hours.sum())
    share = np.concatenate([[0.0], np.cumsum(next_hours.sum(axis=0))]) / amount
    mix = seen + ASSUMED_COUNT * next_hours.sum(axis=1) / amount
    return Coming(SURE + lately.count, SURE + float(past), amount, edges - now_s, share, mix / mix.sum())


def _edges(from_s: float, to_s: float) -> Float64s:
    """With every full hour between."""
    first = np.floor(from_s / HOUR_S) + 1
    hours = np.arange(first, np.ceil(to_s / HOUR_S)) * HOUR_S
    return np.concatenate([[from_s], hours, [to_s]])
