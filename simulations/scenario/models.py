"""The model a scenario stands on, and the roads under it."""

from dataclasses import dataclass
from pathlib import Path

from dispatch.city_file import load_city
from dispatch.rules import Rules
from dispatch.rules_file import load_rules
from routing import map_file
from routing.times import RoadTimes
from simulations.city_model.model import CityModel
from simulations.city_model.read import read_model
from simulations.city_model.write import MODEL
from simulations.scenario.model_of_city import model_of_city


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


def standing_on(folder: Path, map_folder: Path) -> Standing:
    """folder : of a city, or of a city model

    Raises BadCityFile, BadModel, MapError.
    """
    roads = RoadTimes(map_file.load(map_folder))
    if (folder / MODEL).is_file():
        return Standing(read_model(folder), roads, Rules(), map_folder=map_folder)
    city = load_city(folder)
    return Standing(
        model_of_city(city, roads), roads, load_rules(folder, city.targets), city.fictional, map_folder
    )
