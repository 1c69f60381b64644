"""A city laid out for the location models: its stations, where more could stand, and the road times."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dispatch.rules import Rules
from domain.city import City
from domain.ports import Roads
from domain.values import Position, UnitKind
from routing.arrays import Float64s
from simulations.city_model.model import NO_INCIDENT, CityModel
from simulations.city_model.week import hours_of
from simulations.planning.question import Question


@dataclass(frozen=True, slots=True)
class Site:
    """Where crews start from, or could. stands : whether it is there already"""

    id: str
    name: str
    position: Position
    stands: bool


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """sites   : stations first, in the city's order
    places  : scenes; weight : float64[places], incidents a week
    seconds : float64[sites, places], turnout of a van and its drive on blue light
    left_out: stations the map does not hold, by name, and the share of the demand no road leads to
    """

    sites: tuple[Site, ...]
    places: tuple[Position, ...]
    weight: Float64s
    seconds: Float64s
    left_out: tuple[str, ...]
    unreached: float

    def question(self, more: int) -> Question:
        stands = np.array([site.stands for site in self.sites])
        return Question(self.weight, self.seconds, stands, more)


def lay_out(city: City, rules: Rules, roads: Roads, model: CityModel, candidates: Sequence[Site]) -> Layout:
    """Raises ValueError where the map holds nothing of the city."""
    there = [
        Site(each.id, each.name, each.position, True) for each in city.stations if roads.covers(each.position)
    ]
    sites = [*there, *(each for each in candidates if roads.covers(each.position))]
    demand = demand_of(model)
    inside = np.array([roads.covers(place.position) for place in model.places])
    if not there or not inside.any():
        raise ValueError(f"The map holds no station or no place of {city.id}.")
    places = [place.position for place, held in zip(model.places, inside, strict=True) if held]
    ways = roads.table([site.position for site in sites], places, UnitKind.VAN.value)
    turnout_s = rules.send.turnout_s.get(UnitKind.VAN.value, 60.0)
    seconds = np.array(
        [[np.inf if way is None else turnout_s + way.duration_s for way in row] for row in ways]
    )
    reached = np.isfinite(seconds).any(axis=0)
    kept = demand[inside][reached]
    known = {site.id for site in there}
    return Layout(
        sites=tuple(sites),
        places=tuple(place for place, held in zip(places, reached, strict=True) if held),
        weight=kept,
        seconds=seconds[:, reached],
        left_out=tuple(each.name for each in city.stations if each.id not in known),
        unreached=float(1 - kept.sum() / demand.sum()),
    )


def demand_of(model: CityModel) -> Float64s:
    """float64[places], expected incidents a week."""
    rates = np.array([kind.rates for kind in model.kinds if kind.priority != NO_INCIDENT]).sum(axis=0)
    found = np.zeros(len(model.places))
    for number, period in enumerate(model.periods):
        weights = np.array([place.weights[number] for place in model.places])
        found += weights / weights.sum() * rates[hours_of(period.spells)].sum()
    return found
