"""An ambulance service of which nights can be simulated: model, rules, ground and cells of the demand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from dispatch.rules import Rules
from domain.ports import CoverageGrid
from domain.values import Position
from routing.arrays import Float64s
from simulations.city_model.as_city import city_of
from simulations.city_model.grid import weights_of_week
from simulations.city_model.model import CityModel
from simulations.city_model.said import said
from simulations.experiment.inputs import WardShape
from simulations.experiment.prepare import World
from simulations.ground.build import CityGround
from simulations.lean.plan_of import on_cells
from simulations.nights.nights import Nights
from simulations.scenario.models import Standing

MONDAY = "2026-03-02T00:00"


def no_wards(places: Sequence[Position]) -> tuple[list[WardShape], list[int]]:
    """Of a map without names."""
    return [], [-1] * len(places)


@dataclass(frozen=True, eq=False)
class Service:
    """What `open_town`, `open_city`, `open_model` and `open_jemss` give.

    ground    : road times between all of its places, worked out by the live engine
    make_grid : the cells of the demand, made when somebody first asks for coverage
    wards     : of places, their wards
    standing  : what a scenario stands on; None where the roads came with the model
    """

    model: CityModel
    rules: Rules
    ground: CityGround
    make_grid: Callable[[], CoverageGrid]
    wards: Callable[[Sequence[Position]], tuple[list[WardShape], list[int]]] = no_wards
    standing: Standing | None = None

    def __repr__(self) -> str:
        return said(self.model)

    @cached_property
    def demand(self) -> Float64s:
        """float64[places], which share of the calls of a week each place has."""
        return np.array(weights_of_week(self.model))

    @cached_property
    def grid(self) -> CoverageGrid:
        return self.make_grid()

    def world(self, begins: datetime, by_coverage: bool) -> World:
        """All that rivals share. by_coverage : whether any of them asks for the cells of the demand"""
        ground = self.ground
        if by_coverage:
            ground = replace(ground, columns=on_cells(ground, self.grid))
        grid = self.grid if by_coverage else None
        return World(
            city_of(self.model), self.rules, ground, begins, self.model.about, self.wards, grid, self.model
        )

    def nights(
        self,
        hours: float = 24.0,
        replications: int = 20,
        seed: int = 115,
        *,
        warm_up_hours: float = 6.0,
        begins: str = MONDAY,
    ) -> Nights:
        """So many nights, drawn anew whenever they are asked for: the same words always mean the same calls.

        hours  : that are counted, after `warm_up_hours` that are not
        begins : by the clocks there, the warm-up included
        """
        at = datetime.fromisoformat(begins).replace(tzinfo=ZoneInfo(self.model.timezone))
        return Nights(self, hours, replications, seed, warm_up_hours, at)

    def with_calls(self, factor: float) -> "Service":
        """So many times as many calls of each kind; all else as it is. Raises ValueError."""
        if not 0 < factor < float("inf"):
            raise ValueError(f"Calls are multiplied by a figure greater than 0, not {factor}.")
        kinds = tuple(
            replace(kind, rates=tuple(rate * factor for rate in kind.rates)) for kind in self.model.kinds
        )
        return self.with_model(replace(self.model, kinds=kinds))

    def with_model(self, model: CityModel) -> "Service":
        """Another model on the same ground. Raises ValueError where places, hospitals or stations lie
        elsewhere: their roads would have to be worked out anew."""
        for name in ("places", "hospitals", "stations"):
            ours, theirs = getattr(self.model, name), getattr(model, name)
            if [each.position for each in ours] != [each.position for each in theirs]:
                raise ValueError(f"The {name} of this model lie elsewhere: open it with open_model.")
        standing = None if self.standing is None else replace(self.standing, model=model)
        return replace(self, model=model, standing=standing)
