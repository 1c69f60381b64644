"""Bad days on the same service: scenarios, by their names or files."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from simulations.experiment.inputs import read_inputs, read_rival
from simulations.experiment.keep import kept
from simulations.experiment.replicate import Replication, file_of
from simulations.experiment.run import run
from simulations.nights.played import Played
from simulations.nights.service import Service
from simulations.scenario.as_experiment import prepare_scenario
from simulations.scenario.library import found


def play_scenario(
    service: Service,
    scenario: str,
    replications: int | None = None,
    seed: int | None = None,
    done: Callable[[int, int], None] = lambda count, of: None,
) -> Played:
    """Its courses are the rivals; the first is what the others are compared with.

    scenario : the name of a preset of this city, or a .toml file
    replications, seed : instead of those in the file
    Raises FileNotFoundError, BadScenario; ValueError for a service whose roads came with its model.
    """
    if service.standing is None:
        raise ValueError("A scenario closes and floods streets: it wants a service that stands on a map.")
    file = found(scenario, service.model.id)
    with TemporaryDirectory(prefix="vigil-scenario-") as name:
        folder = Path(name)
        prepare_scenario(file, service.standing, folder, replications, seed)
        run(folder, 1, done)
        inputs = read_inputs(folder)
        asked = inputs.experiment
        columns = {rival.name: read_rival(folder, number) for number, rival in enumerate(asked.rivals)}
        played = {
            rival.name: [
                kept(file_of(folder, number, replication), Replication)
                for replication in range(asked.replications)
            ]
            for number, rival in enumerate(asked.rivals)
        }
    return Played(inputs, columns, played)
