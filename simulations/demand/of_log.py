"""A history out of our own log, and how long everything took there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from scipy.stats import gamma, lognorm

from domain.base import Fact
from domain.values import Milestone
from simulations.city_model.durations import Duration
from simulations.city_model.model import PRIORITIES, CityModel, Times
from simulations.demand.history import FAR_KM, History, near
from simulations.demand.kinds import KindRule
from simulations.policy_day.from_log import FoundIncident, found_in

ENOUGH = 30
"""Fewer stretches than this say nothing of a distribution: then what the model said stands."""
LONGEST_S = 6 * 3600.0
"""What took longer was forgotten and not done."""

RULES = tuple(KindRule(name, name, name) for name in PRIORITIES)
"""The kind of an incident is its priority."""

Found = Sequence[tuple[datetime, FoundIncident]]

_LEFT = (str(Milestone.TRANSPORTING), str(Milestone.CLEAR))
_STRETCHES: dict[str, tuple[str, tuple[str, ...]]] = {
    "scene": (str(Milestone.ON_SCENE), _LEFT),
    "handover": (str(Milestone.AT_HOSPITAL), (str(Milestone.HANDED_OVER),)),
    "clear": (str(Milestone.HANDED_OVER), (str(Milestone.CLEAR),)),
}


def read_log(facts: Iterable[Fact]) -> Found:
    """In the order they rang. Raises ValueError where there is none."""
    found = sorted(found_in(facts), key=lambda each: each[0])
    if not found:
        raise ValueError("The log has no incident.")
    return found


def history_of(found: Found, timezone: str, far_km: float = FAR_KM) -> History:
    """By the city's clocks."""
    zone = ZoneInfo(timezone)
    whole = History(
        [rang_at.astimezone(zone).replace(tzinfo=None) for rang_at, _ in found],
        np.array([each.opened.position.lat for _, each in found]),
        np.array([each.opened.position.lon for _, each in found]),
        [each.priority for _, each in found],
        "the log",
    )
    return near(whole, far_km)


def with_times(model: CityModel, found: Found) -> CityModel:
    """The model, with the durations and the transported share of the log wherever that has ENOUGH of them: of
    a priority, else of all."""
    times: dict[str, Times] = {}
    transported = dict(model.transported)
    for priority in model.times:
        own = [each for each in found if each[1].priority == priority]
        times[priority] = _times(model.times[priority], own, found)
        ended = [each for _, each in own if any(name in each.milestones for name in _LEFT)]
        if len(ended) >= ENOUGH:
            carried = sum(str(Milestone.TRANSPORTING) in each.milestones for each in ended)
            transported[priority] = round(carried / len(ended), 4)
    sources = {
        **model.sources,
        "times, transported": f"{len(found)} incidents of the log, where it has enough",
    }
    return replace(model, times=times, transported=transported, sources=sources)


def _times(usual: Times, own: Found, everybody: Found) -> Times:
    found = {}
    for name, (begins, ends) in _STRETCHES.items():
        found[name] = _fitted(own, everybody, _stretch(begins, ends)) or getattr(usual, name)
    decide = _fitted(own, everybody, lambda rang_at, each: (each.opened.act.at - rang_at).total_seconds())
    return replace(usual, decide=decide or usual.decide, **found)


def _stretch(begins: str, ends: tuple[str, ...]) -> Callable[[datetime, FoundIncident], float | None]:
    return lambda rang_at, each: each.stretch_s(begins, *ends)


def _fitted(
    own: Found, everybody: Found, stretch: Callable[[datetime, FoundIncident], float | None]
) -> Duration | None:
    for some in (own, everybody):
        told = [stretch(rang_at, each) for rang_at, each in some]
        seconds = np.array([each for each in told if each is not None and 0 < each <= LONGEST_S])
        if len(seconds) >= ENOUGH:
            return fitted_to(seconds)
    return None


def fitted_to(seconds: np.ndarray) -> Duration:
    """The likelier of a Gamma and a lognormal law (greatest likelihood); a constant where nothing differs.
    What was never seen shorter or longer is not drawn either."""
    least, most = float(seconds.min()), float(seconds.max())
    if most - least < 0.1:
        return Duration("constant", (round(least, 1),))
    shape, _, scale = gamma.fit(seconds, floc=0)
    sigma, _, median = lognorm.fit(seconds, floc=0)
    laws = (
        (gamma.logpdf(seconds, shape, scale=scale).sum(), "gamma", (shape * scale, shape)),
        (lognorm.logpdf(seconds, sigma, scale=median).sum(), "lognormal", (median, sigma)),
    )
    _, kind, figures = max(laws)
    return Duration(kind, tuple(round(float(each), 4) for each in figures), round(least, 1), round(most, 1))
