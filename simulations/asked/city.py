"""Nights of a city or of a city model."""

from dataclasses import replace
from pathlib import Path

from msgspec import structs

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from routing import map_file
from routing.times import RoadTimes
from simulations.asked.order import Order
from simulations.asked.progress import Teller
from simulations.city_model.as_rival import ground_of_model
from simulations.city_model.of_city import model_of_city, read_demand
from simulations.city_model.read import read_model
from simulations.experiment.inputs import INPUTS, Inputs, read_inputs
from simulations.experiment.prepare import grid_for, prepare_model
from simulations.experiment.run import run
from simulations.experiment.wards import wards_of
from simulations.jemss.kept_roads import roads_beside
from simulations.scenario.models import Standing, standing_on


def standing(order: Order) -> Standing:
    """What the nights stand on: the city with its own demand, place by place, or a city model.

    Raises BadCityFile, BadModel, MapError; OffTheMap where a model lies elsewhere.
    """
    city_folder, map_folder = Path(order.city_folder), Path(order.map_folder)
    if order.model_folder is not None:
        return standing_on(Path(order.model_folder), map_folder)
    city, roads = load_city(city_folder), RoadTimes(map_file.load(map_folder))
    rules = load_rules(city_folder, city.targets)
    return Standing(model_of_city(city, rules, roads, read_demand(city_folder)), roads, rules)


def play_nights(folder: Path, order: Order, teller: Teller) -> Inputs:
    """Make ready unless that is done, and play what is left. Raises what `standing` does, BadExperiment."""
    if not (folder / INPUTS).is_dir():
        _make_ready(folder, order, teller)
    teller.stage("replications")
    run(folder, 1, teller.done)
    return read_inputs(folder)


def _make_ready(folder: Path, order: Order, teller: Teller) -> None:
    teller.stage("map")
    if order.model_folder is not None and _ready_on_own_roads(
        folder, order, Path(order.model_folder), teller
    ):
        return
    on = standing(order)
    asked = structs.replace(order.experiment, city=on.model.id)
    rules = replace(on.rules, send=replace(on.rules.send, turnout_s=dict(on.model.turnout_s)))
    teller.stage("road times")
    city_folder, map_folder = Path(order.city_folder), Path(order.map_folder)
    prepare_model(
        asked,
        on.model,
        rules,
        ground_of_model(on.model, on.roads, lambda share: teller.stage("road times", share)),
        grid_for(asked, on.roads, rules),
        lambda places: wards_of(places, load_city(city_folder), city_folder, map_folder),
        folder,
        lambda stage, share: teller.stage("rules"),
        drawn=load_city(city_folder).map.kind == "drawn",
    )


def _ready_on_own_roads(folder: Path, order: Order, model_folder: Path, teller: Teller) -> bool:
    """Where the model came with a road network: it knows nothing of our map."""
    roads = roads_beside(model_folder)
    if roads is None:
        return False
    from simulations.jemss.nights import prepare_on_network  # it reads rasters, which few models need

    model = read_model(model_folder)
    teller.stage("road times")
    asked = structs.replace(order.experiment, city=model.id)
    prepare_on_network(asked, model, roads, folder, lambda stage, share: teller.stage("rules"))
    return True
