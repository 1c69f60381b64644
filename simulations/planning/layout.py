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
from simulations.city_model.week import HOURS, hours_of
from simulations.planning.question import Bools, Question

LEVELS = 5
"""Of the pace of travel: the hours of the week in so many parts of about equal demand, calm to jammed."""


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
    places  : scenes; weight : float64[levels, places], incidents a week at each pace of travel
    pace    : float64[levels], how many times as long drives take then
    turnout_s, drive_s : of a van, and float64[sites, places], on blue light and empty streets
    left_out: stations the map does not hold, by name, and the share of the demand no road leads to
    """

    sites: tuple[Site, ...]
    places: tuple[Position, ...]
    weight: Float64s
    pace: Float64s
    turnout_s: float
    drive_s: Float64s
    left_out: tuple[str, ...]
    unreached: float

    def question(self, more: int) -> Question:
        """Each place as often as there are paces of travel: covered at night is not covered at five in the
        afternoon."""
        seconds = np.concatenate([self.turnout_s + pace * self.drive_s for pace in self.pace], axis=1)
        return Question(self.weight.ravel(), seconds, self._stands(), more)

    def question_of_means(self, more: int) -> Question:
        """Each place once, at the mean pace of its calls: all that a mean of drives depends on."""
        each = self.weight.sum(axis=0)
        pace = (self.weight * self.pace[:, None]).sum(axis=0) / np.where(each > 0, each, 1.0)
        return Question(each, self.turnout_s + pace * self.drive_s, self._stands(), more)

    def _stands(self) -> Bools:
        return np.array([site.stands for site in self.sites])


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
    drive_s = np.array([[np.inf if way is None else way.duration_s for way in row] for row in ways])
    reached = np.isfinite(drive_s).any(axis=0)
    weight, pace = by_pace(demand, np.array(model.pace))
    kept = weight[:, inside][:, reached]
    known = {site.id for site in there}
    return Layout(
        sites=tuple(sites),
        places=tuple(place for place, held in zip(places, reached, strict=True) if held),
        weight=kept,
        pace=pace,
        turnout_s=float(rules.send.turnout_s.get(UnitKind.VAN.value, 60.0)),
        drive_s=drive_s[:, reached],
        left_out=tuple(each.name for each in city.stations if each.id not in known),
        unreached=float(1 - kept.sum() / demand.sum()),
    )


def demand_of(model: CityModel) -> Float64s:
    """float64[hours of the week, places], expected incidents."""
    rates = np.array([kind.rates for kind in model.kinds if kind.priority != NO_INCIDENT]).sum(axis=0)
    found = np.zeros((HOURS, len(model.places)))
    for number, period in enumerate(model.periods):
        weights = np.array([place.weights[number] for place in model.places])
        hours = hours_of(period.spells)
        found[hours] = np.outer(rates[hours], weights / weights.sum())
    return found


def by_pace(demand: Float64s, pace: Float64s, levels: int = LEVELS) -> tuple[Float64s, Float64s]:
    """The hours of the week put together by their pace of travel: float64[levels, places], and the mean pace
    of each level by demand. Hours of one pace stay together."""
    worth = demand.sum(axis=1)
    known = np.unique(pace)
    so_far = np.array([worth[pace <= each].sum() - worth[pace == each].sum() / 2 for each in known])
    level_of = np.minimum((levels * so_far / worth.sum()).astype(np.int64), levels - 1)
    level = level_of[np.searchsorted(known, pace)]
    there = [number for number in np.unique(level).tolist() if worth[level == number].sum() > 0]
    weight = np.array([demand[level == number].sum(axis=0) for number in there])
    means = [np.average(pace[level == number], weights=worth[level == number]) for number in there]
    return weight, np.array(means)
