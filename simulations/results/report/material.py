"""What a report is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulations.experiment.inputs import Inputs
from simulations.results.compare import Apart, Pair
from simulations.results.report.gather import Gathered
from simulations.scenario.nearest import Changed
from simulations.statistics.intervals import Interval


@dataclass(frozen=True, slots=True)
class Material:
    """begins : when the hours that are counted begin
    nearest : for how many places closed or slow roads change who is nearest; None where none are
    """

    inputs: Inputs
    figures: Mapping[str, Mapping[str, Interval | None]]
    apart: Sequence[Apart]
    pairs: Sequence[Pair]
    gathered: Gathered
    begins: datetime
    versions: Mapping[str, str]
    nearest: Changed | None = None
