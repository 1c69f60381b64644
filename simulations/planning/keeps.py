"""How long one call keeps a taker, and one incident a unit, by what a city model says."""

from collections.abc import Callable
from typing import Final

from simulations.city_model.model import NO_INCIDENT, CityModel

TAKER_S: Final = 120.0
"""Where no model tells: about what one 115 centre says its calls last."""
UNIT_S: Final = 3_600.0
"""Where no model tells."""
DRIVES_S: Final = 20 * 60.0
"""To the scene and to the hospital together: a model has durations, and the roads are asked elsewhere."""


def taker_s(model: CityModel) -> float:
    """Mean seconds of a call, those that need nobody included."""
    return _mean(model, lambda priority: model.call_taking.talk[priority].mean_s, incidents=False)


def unit_s(model: CityModel) -> float:
    """Mean seconds of an incident for the unit it has, with `DRIVES_S` of driving."""

    def busy_s(priority: str) -> float:
        times, carried = model.times[priority], model.transported[priority]
        return float(times.scene.mean_s + carried * times.handover.mean_s + times.clear.mean_s + DRIVES_S)

    return _mean(model, busy_s, incidents=True)


def _mean(model: CityModel, seconds_of: Callable[[str], float], *, incidents: bool) -> float:
    """Weighed by how often a kind of call comes."""
    wanted = [kind for kind in model.kinds if not incidents or kind.priority != NO_INCIDENT]
    weights = [float(sum(kind.rates)) for kind in wanted]
    spent = sum(weight * seconds_of(kind.priority) for kind, weight in zip(wanted, weights, strict=True))
    return spent / sum(weights)
