"""The model a scenario stands on, and the roads under it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dispatch.city_file import load_city
from dispatch.rules import Rules
from dispatch.rules_file import load_rules
from domain.city import City
from routing import map_file
from routing.times import RoadTimes
from simulations.city_model.coarser import coarser
from simulations.city_model.model import CityModel
from simulations.city_model.of_city import model_of_city, read_demand
from simulations.city_model.on_map import insist_on_map
from simulations.city_model.read import read_model
from simulations.city_model.write import MODEL

PLACES: Final = 120
"""Enough to tell wards apart; road times are worked out for every state of the roads."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What a scenario stands on.

    rules : of the city; the usual ones where the model has none
    drawn : whether its streets exist nowhere
    map_folder : where road times are kept for the next time; None keeps none
    """

    model: CityModel
    roads: RoadTimes
    rules: Rules
    drawn: bool = False
    map_folder: Path | None = None
    city: City | None = None
    """And its folder, where names of wards are added to those of the map."""
    folder: Path | None = None


def standing_on(folder: Path, map_folder: Path) -> Standing:
    """folder : of a city, or of a city model

    Raises BadCityFile, BadModel, MapError.
    """
    roads = RoadTimes(map_file.load(map_folder))
    if (folder / MODEL).is_file():
        model = read_model(folder)
        insist_on_map(model, roads)
        return Standing(model, roads, Rules(), map_folder=map_folder)
    city = load_city(folder)
    rules = load_rules(folder, city.targets)
    model = coarser(model_of_city(city, rules, roads, read_demand(folder)), PLACES)
    return Standing(model, roads, rules, city.fictional, map_folder, city, folder)
