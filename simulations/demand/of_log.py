"""A history out of our own log, and how long everything took there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np
from scipy.stats import gamma, lognorm

from domain.base import Fact
from domain.values import Milestone
from simulations.city_model.durations import Duration
from simulations.city_model.model import PRIORITIES, CityModel, Times
from simulations.demand.history import FAR_KM, History, near
from simulations.demand.kinds import KindRule
from simulations.left_out import counts, in_words
from simulations.needed import LEFT, ON_SCENE, Needed, read_needed

ENOUGH = 30
"""Fewer stretches than this say nothing of a distribution: then what the model said stands."""
LONGEST_S = 6 * 3600.0
"""What took longer was forgotten and not done."""

RULES = tuple(KindRule(name, name, name) for name in PRIORITIES)
"""The kind of an incident is its priority."""

Found = Sequence[Needed]

_STRETCHES: dict[str, tuple[str, tuple[str, ...]]] = {
    "scene": (ON_SCENE, LEFT),
    "handover": (str(Milestone.AT_HOSPITAL), (str(Milestone.HANDED_OVER),)),
    "clear": (str(Milestone.HANDED_OVER), (str(Milestone.CLEAR),)),
}


def read_log(facts: Iterable[Fact]) -> tuple[Found, dict[str, int]]:
    """What needed a unit, in the order they rang, and how many incidents did not, by reason (`left_out.py`).
    Raises ValueError where nothing did."""
    found = read_needed(facts)
    left_out = counts(found.left_out, found.needed)
    if not found.needed:
        raise ValueError(f"The log has no incident that needed a unit. {in_words(left_out, 'en')}".strip())
    return sorted(found.needed, key=lambda each: each.rang_at), left_out


def history_of(found: Found, timezone: str, far_km: float = FAR_KM) -> History:
    """By the city's clocks."""
    zone = ZoneInfo(timezone)
    whole = History(
        [each.rang_at.astimezone(zone).replace(tzinfo=None) for each in found],
        np.array([each.position.lat for each in found]),
        np.array([each.position.lon for each in found]),
        [each.priority for each in found],
        "the log",
    )
    return near(whole, far_km)


def with_times(model: CityModel, found: Found) -> CityModel:
    """The model, with the durations and the transported share of the log wherever that has ENOUGH of them: of
    a priority, else of all."""
    times: dict[str, Times] = {}
    transported = dict(model.transported)
    for priority in model.times:
        own = [each for each in found if each.priority == priority]
        times[priority] = _times(model.times[priority], own, found)
        ended = [each for each in own if each.transported is not None]
        if len(ended) >= ENOUGH:
            carried = sum(bool(each.transported) for each in ended)
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
    decide = _fitted(own, everybody, lambda each: (each.opened_at - each.rang_at).total_seconds())
    return replace(usual, decide=decide or usual.decide, **found)


def _stretch(begins: str, ends: tuple[str, ...]) -> Callable[[Needed], float | None]:
    return lambda each: each.stretch_s(begins, *ends)


def _fitted(own: Found, everybody: Found, stretch: Callable[[Needed], float | None]) -> Duration | None:
    for some in (own, everybody):
        told = [stretch(each) for each in some]
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
