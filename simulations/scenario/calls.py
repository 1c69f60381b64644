"""The calls of a scenario: the model's own, and those that its changes add or take away.

The ordinary calls are the same in every course. Where there are more, the surplus is drawn beside them as a
process of its own and thinned to what the curve says; where there are fewer, some of the others stay away. So
two courses differ in nothing but what their changes say (common random numbers).

Changes that hold at once multiply, whichever comes first in the file. With factors f and g above one there
come, beside the ordinary calls, f - 1 times as many because of the one, g - 1 because of the other, and
(f - 1)(g - 1) because of both: each set of changes has a process of its own. So who calls in a course calls
in one with another such change, too. Of all of these some stay away where a factor is below one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from math import prod
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

    def chance(source: str, count: int) -> Float64s:
        return generator(seed, replication, source).random(count)

    def all_of(kinds_of: CityModel) -> Drawn:
        return draw(kinds_of, begins, hours, seed, replication).calls

    changed = [each for each in changes if isinstance(each, Calls)]
    parts = []
    for grown in that_meet([each for each in changed if _highest(each) > 1]):
        about = " and ".join(_about(each) for each in grown)
        calls = all_of(_surplus(model, grown, about) if grown else model)
        count = len(calls.rang_s)
        there: Bools = np.ones(count, np.bool_)
        if grown:
            wanted = np.ones(count)
            for each in grown:
                more = _factor(calls, model, each, warm_up_s) - 1
                wanted *= np.maximum(more, 0.0) / (_highest(each) - 1)
            there &= chance(f"who calls besides, {about}", count) < wanted
        origin = f" of {about}" if grown else ""
        for each in changed:
            if min(factor for _, factor in each.curve) < 1 and all(each is not other for other in grown):
                stay = chance(f"who stays away{origin}, {_about(each)}", count)
                there &= stay < _factor(calls, model, each, warm_up_s)
        parts.append(_those(calls, there))
    callers = [
        _callers(model, each, warm_up_s, seed, replication)
        for each in changes
        if isinstance(each, Casualties)
    ]
    return _together([*parts, *callers])


def that_meet(grown: Sequence[Calls]) -> list[tuple[Calls, ...]]:
    """Every set of changes that hold at one moment and for one kind of call; the empty one first."""
    found: list[tuple[Calls, ...]] = [()]
    for each in grown:
        found += [(*some, each) for some in found if all(_meet(each, other) for other in some)]
    return found


def _meet(one: Calls, other: Calls) -> bool:
    begins_s, ends_s = max(one.curve[0][0], other.curve[0][0]), min(one.curve[-1][0], other.curve[-1][0])
    same_kind = not one.kinds or not other.kinds or bool(set(one.kinds) & set(other.kinds))
    return begins_s < ends_s and same_kind


def _highest(change: Calls) -> float:
    return max(factor for _, factor in change.curve)


def _about(change: Calls) -> str:
    return f"change {change.number} of the calls"


def _surplus(model: CityModel, grown: Sequence[Calls], about: str) -> CityModel:
    """Whose calls are the most that come besides because of all these together. Their kinds have names of
    their own, so that their chance is not that of the ordinary calls."""
    times = prod(_highest(each) - 1 for each in grown)
    return replace(
        model,
        kinds=tuple(
            replace(
                kind,
                id=f"{kind.id}, {about}",
                rates=tuple(
                    rate * times if all(not each.kinds or kind.id in each.kinds for each in grown) else 0.0
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
