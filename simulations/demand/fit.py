"""Fit the demand of a city model to a history of calls: rates by hour of the week, kinds, and places.

The week of all calls is that of `simulations.forecast.profile`: the mean of each hour, drawn towards what day
and hour say by themselves, the more the less is known. A kind's own week is drawn towards its share of that
one in the same manner, so that a rare kind has the shape of the whole, and a frequent one its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.values import Position
from routing.arrays import Float64s, Int32s
from simulations.city_model.model import CallKind, Period, Place
from simulations.city_model.week import HOURS, hours_of
from simulations.demand.cells import halve
from simulations.demand.history import History
from simulations.demand.kinds import KindRule, kinds_of
from simulations.forecast.profile import usual_week
from simulations.forecast.series import Hourly, count_hours

PERIODS = (
    Period("workday", ("Mon-Fri 07:00-19:00",)),
    Period("evening", ("Mon-Fri 19:00-23:00",)),
    Period("night", ("Mon-Sun 23:00-07:00",)),
    Period("weekend", ("Sat-Sun 07:00-23:00",)),
)
MOST_PLACES = 300


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """place : int32[calls], whose place each call of the history is"""

    periods: tuple[Period, ...]
    places: tuple[Place, ...]
    kinds: tuple[CallKind, ...]
    place: Int32s

    def week(self) -> Float64s:
        """float64[168], of all kinds."""
        return np.asarray(np.sum([kind.rates for kind in self.kinds], axis=0), np.float64)


def fit(history: History, rules: Sequence[KindRule], most_places: int = MOST_PLACES) -> Fitted:
    """Raises ValueError where the history is too short."""
    hourly = count_hours(history.at)
    place, places = places_of(history, most_places)
    return Fitted(PERIODS, places, kinds_in(history, rules, hourly), place)


def kinds_in(history: History, rules: Sequence[KindRule], hourly: Hourly) -> tuple[CallKind, ...]:
    """The kinds that were seen; their weeks make the week of all together."""
    week = usual_week(hourly)
    kinds = np.array(kinds_of(history.kind, rules))
    priority = {rule.kind: rule.priority for rule in rules}
    seen = np.bincount(hourly.hours_of_week(0, len(hourly.counts)), minlength=HOURS).astype(float)
    hour = history.hours_of_week()
    names = sorted(set(kinds.tolist()), key=lambda name: (priority[name], name))
    rates = []
    for name in names:
        calls = np.bincount(hour[kinds == name], minlength=HOURS).astype(float)
        expected = week * calls.sum() / len(kinds)
        rates.append(drawn_to(calls, seen, expected))
    whole = np.array(rates)
    whole *= (week / whole.sum(axis=0))[None, :]
    return tuple(
        CallKind(name, priority[name], tuple(round(float(rate), 6) for rate in its))
        for name, its in zip(names, whole, strict=True)
    )


def drawn_to(calls: Float64s, seen: Float64s, expected: Float64s) -> Float64s:
    """The rate of each hour, drawn towards what is expected: a Gamma law after Poisson counts, whose width is
    what the counts scatter beyond Poisson's law.

    calls, seen : in each hour of the week, and how often that hour was seen
    """
    usual = np.maximum(expected, 1e-12) * seen
    beyond = float((((calls - usual) ** 2 - usual).sum()) / (usual**2).sum())
    if beyond <= 0:
        return expected
    weight = 1.0 / beyond  # in expected calls: the shape of the Gamma law
    return np.asarray(expected * (weight + calls) / (weight + usual))


def places_of(history: History, most: int) -> tuple[Int32s, tuple[Place, ...]]:
    """Parts of about equal numbers of calls, each at the call next to its middle."""
    part = halve(history.lat, history.lon, np.ones(len(history)), most)
    positions, seen = [], set()
    for number in range(int(part.max()) + 1):
        inside = np.flatnonzero(part == number)
        apart = np.hypot(
            history.lat[inside] - np.median(history.lat[inside]),
            (history.lon[inside] - np.median(history.lon[inside])) * np.cos(np.radians(history.lat[inside])),
        )
        for call in inside[np.argsort(apart, kind="stable")].tolist():
            position = Position(round(float(history.lat[call]), 6), round(float(history.lon[call]), 6))
            if position not in seen:
                break
        seen.add(position)
        positions.append(position)
    weights = weights_of(part, history.hours_of_week(), len(positions))
    return part, tuple(
        Place(f"p{number}", position, tuple(round(float(each), 6) for each in its))
        for number, (position, its) in enumerate(zip(positions, weights.T, strict=True), 1)
    )


def weights_of(part: Int32s, hour: np.ndarray, count: int) -> Float64s:
    """float64[periods, parts], in thousandths: how the calls of a period divide, drawn towards how those of
    all hours do."""
    usual = (np.bincount(part, minlength=count) + 0.5) / (len(part) + 0.5 * count)
    found = []
    for period in PERIODS:
        inside = np.isin(hour, hours_of(period.spells))
        calls = np.bincount(part[inside], minlength=count).astype(float)
        its = drawn_to(calls, np.ones(count), usual * inside.sum())
        found.append(1000.0 * its / its.sum() if inside.any() else 1000.0 * usual)
    return np.array(found)
