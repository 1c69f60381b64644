"""Nights of a model that came with its own road network: no map and no city of ours is asked."""

from pathlib import Path

from simulations.city_model.as_city import rules_of
from simulations.city_model.grid import PlacesGrid
from simulations.city_model.model import CityModel
from simulations.experiment.experiment import Experiment
from simulations.experiment.prepare import Tell, nothing_told, prepare_model
from simulations.jemss.model import ground_on_network
from simulations.jemss.roads import NetworkRoads


def prepare_on_network(
    experiment: Experiment, model: CityModel, roads: NetworkRoads, out: Path, tell: Tell = nothing_told
) -> None:
    """Write `out/inputs`. Raises BadExperiment, OSError, ValueError."""
    by_time = all(each.policy == "closest" and each.move_up == "home" for each in experiment.rivals)
    prepare_model(
        experiment,
        model,
        rules_of(model),
        ground_on_network(model, roads),
        None if by_time else PlacesGrid(model, roads),
        lambda places: ([], [-1] * len(places)),
        out,
        tell,
    )
