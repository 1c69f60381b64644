"""The calls of a scenario: the model's own, and those that its changes add or take away.

The ordinary calls are the same in every course. Where there are more, the surplus is drawn beside them as a
process of its own and thinned to what the curve says; where there are fewer, some of the ordinary ones stay
away. So two courses differ in nothing but what their changes say (common random numbers).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np

from routing.arrays import Float64s
from simulations.chance import generator
from simulations.city_model.draw import Calls as Drawn
from simulations.city_model.draw import draw
from simulations.city_model.model import CityModel
from simulations.lean.columns import Bools
from simulations.scenario.check import within
from simulations.scenario.scenario import Calls, Casualties, Change


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
    calls = draw(model, begins, hours, seed, replication).calls
    for number, change in enumerate(changes):
        if isinstance(change, Calls):
            calls = _changed(calls, model, change, number, begins, warm_up_s, hours, seed, replication)
        elif isinstance(change, Casualties):
            calls = _together(calls, _callers(model, change, number, warm_up_s, seed, replication))
    return calls


def _changed(
    calls: Drawn,
    model: CityModel,
    change: Calls,
    number: int,
    begins: datetime,
    warm_up_s: float,
    hours: float,
    seed: int,
    replication: int,
) -> Drawn:
    about = f"change {number} of the calls"
    highest = max(factor for _, factor in change.curve)
    if min(factor for _, factor in change.curve) < 1:
        factor = _factor(calls, model, change, warm_up_s)
        chance = generator(seed, replication, f"who stays away, {about}").random(len(factor))
        calls = _those(calls, chance < factor)
    if highest <= 1:
        return calls
    # The surplus has names of its own, so that its chance is not that of the ordinary calls.
    more = replace(
        model,
        kinds=tuple(
            replace(
                kind,
                id=f"{kind.id}, {about}",
                rates=tuple(
                    rate * (highest - 1) if not change.kinds or kind.id in change.kinds else 0.0
                    for rate in kind.rates
                ),
            )
            for kind in model.kinds
        ),
    )
    surplus = draw(more, begins, hours, seed, replication).calls
    wanted = (_factor(surplus, model, change, warm_up_s) - 1) / (highest - 1)
    chance = generator(seed, replication, f"who calls besides, {about}").random(len(wanted))
    return _together(calls, _those(surplus, chance < wanted))


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


def _callers(
    model: CityModel, change: Casualties, number: int, warm_up_s: float, seed: int, replication: int
) -> Drawn:
    """Those who ring about many people hurt: they need nobody beyond the crews that the hurt need."""
    chance = generator(seed, replication, f"callers of change {number}")
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


def _together(some: Drawn, others: Drawn) -> Drawn:
    pairs: list[tuple[Any, Any]] = list(zip(some, others, strict=True))
    joined = [np.concatenate(pair) for pair in pairs]
    order = np.argsort(joined[0], kind="stable")
    columns: list[Any] = [column[order] for column in joined]
    return Drawn(*columns)
