"""All that the report tells, reckoned once for both languages."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import Int64s
from simulations.calibration.compare import Blocks, Compared, blocks_of, by_group, compared
from simulations.calibration.conclude import Sentence, may, may_not
from simulations.calibration.demand import Demand, demand_of
from simulations.calibration.play import Judged
from simulations.city_model.model import PRIORITIES
from simulations.results.report.areas import Areas, squares

LEAST = 10
"""Of fewer incidents no hour, priority or ward is judged."""


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """figures : of all incidents; hours, wards: mean responses; priorities: mean responses and late shares
    calls, late_recorded, late_simulated : int64[areas], of the incidents whose response was recorded; the
        simulated ones of all replications, of which there are `calls` times as many
    """

    judged: Judged
    blocks: Blocks
    figures: list[Compared]
    priorities: list[Compared]
    hours: list[Compared]
    wards: list[Compared]
    areas: Areas
    calls: Int64s
    late_recorded: Int64s
    late_simulated: Int64s
    demand: Demand
    may: list[Sentence]
    may_not: list[Sentence]

    @property
    def rows(self) -> list[Compared]:
        return [*self.figures, *self.priorities, *self.hours, *self.wards]


def material_of(judged: Judged) -> Material:
    """Raises ValueError with a sentence where the record is too short."""
    blocks = blocks_of(judged)
    found = compared(judged, blocks)
    areas = (
        Areas(tuple(judged.wards), tuple(judged.ward_of), True)
        if judged.wards
        else squares(list(judged.positions))
    )
    names = [shape.name for shape in areas.shapes]
    ward = np.array(areas.of_place, np.int32)[judged.place]
    known = np.isfinite(judged.recorded["late"]) & (ward >= 0)
    late = judged.simulated["late"][:, known] > 0
    demand = demand_of(judged)
    priorities = [
        each
        for stretch in ("response", "late")
        for each in by_group(judged, blocks, stretch, PRIORITIES, judged.priority, LEAST)
    ]
    hours = [f"{hour:02d}" for hour in range(24)]
    return Material(
        judged=judged,
        blocks=blocks,
        figures=found,
        priorities=priorities,
        hours=by_group(judged, blocks, "response", hours, judged.hour_of_day, LEAST),
        wards=by_group(judged, blocks, "response", names, ward, LEAST) if areas.wards else [],
        areas=areas,
        calls=np.bincount(ward[known], minlength=len(names)),
        late_recorded=np.bincount(ward[known], judged.recorded["late"][known], len(names)).astype(np.int64),
        late_simulated=sum(
            (np.bincount(ward[known], row, len(names)) for row in late), np.zeros(len(names))
        ).astype(np.int64),
        demand=demand,
        may=may(found),
        may_not=may_not(judged, found, demand, blocks.by_day),
    )
