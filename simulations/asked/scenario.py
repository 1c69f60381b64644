"""The days of a scenario, as an experiment whose rivals are its courses."""

from pathlib import Path

from simulations.asked.order import Order
from simulations.asked.progress import Teller
from simulations.experiment.inputs import INPUTS, Inputs, read_inputs
from simulations.experiment.run import run
from simulations.scenario.as_experiment import prepare_scenario
from simulations.scenario.models import standing_on


def play_scenario(folder: Path, order: Order, teller: Teller) -> Inputs:
    """Make ready unless that is done, and play what is left. Raises BadCityFile, BadModel, BadExperiment,
    MapError, OSError."""
    if not (folder / INPUTS).is_dir():
        _make_ready(folder, order, teller)
    teller.stage("replications")
    run(folder, 1, teller.done)
    return read_inputs(folder)


def _make_ready(folder: Path, order: Order, teller: Teller) -> None:
    assert order.scenario is not None, "its source is one"
    teller.stage("map")
    prepare_scenario(
        Path(order.scenario),
        standing_on(Path(order.city_folder), Path(order.map_folder)),
        folder,
        order.experiment.replications,
        order.experiment.seed,
        lambda words, share: (
            teller.stage("road times", share) if words == "road times" else teller.stage("rules")
        ),
    )
