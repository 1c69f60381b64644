"""The calls of a scenario: the model's own, and those that its changes add or take away.

The ordinary calls are the same in every course. Where there are more, the surplus is drawn beside them as a
process of its own and thinned to what the curve says; where there are fewer, some of the others stay away. So
two courses differ in nothing but what their changes say (common random numbers).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np

from routing.arrays import Float64s
from simulations.chance import generator
from simulations.city_model.draw import Calls as Drawn
from simulations.city_model.draw import draw
from simulations.city_model.model import CityModel
from simulations.lean.columns import Bools
from simulations.scenario.check import within
from simulations.scenario.scenario import Calls, Casualties, Change


class Ringing(NamedTuple):
    """Calls of one origin. there: which of them there are after all changes so far. Those that stay away are
    not struck out: the chance of all others goes by their place in the row."""

    calls: Drawn
    there: Bools


def drawn(
    model: CityModel,
    changes: Sequence[Change],
    begins: datetime,
    warm_up_s: float,
    lasts_s: float,
    seed: int,
    replication: int,
) -> Drawn:
    """All that ring, in that order, seconds since the warm-up began."""
    hours = (warm_up_s + lasts_s) / 3600.0

    def chance(source: str, count: int) -> Float64s:
        return generator(seed, replication, source).random(count)

    def all_of(kinds_of: CityModel) -> Ringing:
        calls = draw(kinds_of, begins, hours, seed, replication).calls
        return Ringing(calls, np.ones(len(calls.rang_s), np.bool_))

    by_origin = {"": all_of(model)}
    for change in changes:
        if not isinstance(change, Calls):
            continue
        about = f"change {change.number} of the calls"
        if min(factor for _, factor in change.curve) < 1:
            for origin, each in by_origin.items():
                stay = chance(f"who stays away{origin}, {about}", len(each.there))
                left = each.there & (stay < _factor(each.calls, model, change, warm_up_s))
                by_origin[origin] = Ringing(each.calls, left)
        highest = max(factor for _, factor in change.curve)
        if highest > 1:
            calls = all_of(_surplus(model, change, highest - 1, about)).calls
            wanted = (_factor(calls, model, change, warm_up_s) - 1) / (highest - 1)
            come = chance(f"who calls besides, {about}", len(wanted)) < wanted
            by_origin[f" of {about}"] = Ringing(calls, come)
    callers = [
        _callers(model, each, warm_up_s, seed, replication)
        for each in changes
        if isinstance(each, Casualties)
    ]
    return _together([*(_those(each.calls, each.there) for each in by_origin.values()), *callers])


def _surplus(model: CityModel, change: Calls, times: float, about: str) -> CityModel:
    """Whose calls are the most that come besides. Their kinds have names of their own, so that their chance
    is not that of the ordinary calls."""
    return replace(
        model,
        kinds=tuple(
            replace(
                kind,
                id=f"{kind.id}, {about}",
                rates=tuple(
                    rate * times if not change.kinds or kind.id in change.kinds else 0.0
                    for rate in kind.rates
                ),
            )
            for kind in model.kinds
        ),
    )


def _factor(calls: Drawn, model: CityModel, change: Calls, warm_up_s: float) -> Float64s:
    """How many times as many there are of each call, by its moment, kind and place; 1 for no change."""
    at_s = calls.rang_s - warm_up_s
    moments = np.array([moment for moment, _ in change.curve])
    factor = np.interp(at_s, moments, [factor for _, factor in change.curve])
    bears: Bools = (at_s >= moments[0]) & (at_s < moments[-1])
    if change.kinds:
        kinds = [number for number, kind in enumerate(model.kinds) if kind.id in change.kinds]
        bears &= np.isin(calls.kind, kinds)
    if change.inside:
        inside = np.array([within(place.position, change.inside) for place in model.places])
        bears &= inside[calls.place]
    return np.where(bears, factor, 1.0)


def _callers(model: CityModel, change: Casualties, warm_up_s: float, seed: int, replication: int) -> Drawn:
    """Those who ring about many people hurt, on whatever day: they need nobody beyond the crews that the hurt
    need."""
    chance = generator(seed, replication, f"callers of change {change.number}")
    count = change.callers
    rang_s = np.round(np.sort(chance.random(count)) * change.found_s + change.at_s + warm_up_s, 1)
    priority = next(iter(model.call_taking.talk))
    talk_s = model.call_taking.talk.get("none", model.call_taking.talk[priority]).of(chance.random(count))
    none = np.zeros(count)
    return Drawn(
        rang_s=rang_s,
        kind=np.zeros(count, np.int32),
        place=np.zeros(count, np.int32),
        priority=np.full(count, -1, np.int32),
        decide_s=none,
        scene_s=none,
        transports=np.zeros(count, np.bool_),
        handover_s=none,
        clear_s=none,
        stay_s=none,
        talk_s=talk_s,
        patience_s=model.call_taking.patience.of(chance.random(count)),
    )


def _those(calls: Drawn, chosen: Bools) -> Drawn:
    columns: list[Any] = [column[chosen] for column in calls]
    return Drawn(*columns)


def _together(parts: Sequence[Drawn]) -> Drawn:
    joined: list[Any] = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    order = np.argsort(joined[0], kind="stable")
    return Drawn(*(column[order] for column in joined))
