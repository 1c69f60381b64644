"""The two cities that policies are compared in: calls, roads and cells of the demand, for the lean path."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from dispatch.city_file import load_city
from dispatch.policies.coverage import seconds_of
from dispatch.rules import Rules
from dispatch.rules_file import load_rules
from domain.city import City
from domain.coverage import CellTimes
from domain.ports import CoverageGrid
from domain.values import Priority
from routing import map_file
from routing.areas.grid import RoadGrid
from routing.arrays import Float64s, Int32s
from routing.times import RoadTimes
from simulations.city_model.as_city import city_of, rules_of
from simulations.city_model.as_rival import ground_of_model, rival_in
from simulations.city_model.grid import PlacesGrid
from simulations.city_model.model import CityModel
from simulations.city_model.of_city import model_of_city, read_demand
from simulations.city_model.on_duty import takers_on_duty
from simulations.experiment.experiment import Experiment
from simulations.experiment.experiment import Rival as Asked
from simulations.experiment.inputs import Inputs, RivalColumns, Words, begins_of
from simulations.ground.build import CityGround
from simulations.jemss.model import read_jemss
from simulations.lean.of_day import fleet_of, hospital_of
from simulations.lean.plan_of import Setting, on_cells, plan_of
from simulations.lean.takers import Takers
from simulations.planning.question import Bools
from simulations.rival import MoveUpName, Rival, everywhere

THEIR_RULES = "rules"


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """takers : of the model's nights; asked: how long and how often they are played"""

    model: CityModel
    city: City
    rules: Rules
    ground: CityGround
    grid: CoverageGrid
    asked: Experiment
    begins: datetime
    hospitals: Int32s
    takers: Takers

    def inputs(self) -> Inputs:
        """As an experiment reads them, without a folder."""
        city = self.city
        words = Words(
            city=dict(city.name),
            begins=self.begins.isoformat(),
            kinds=self.ground.kinds,
            units={},
            stations=tuple(station.name for station in city.stations),
            hospitals=tuple(hospital.name for hospital in city.hospitals),
            beds=(),
            targets_s=tuple(float(city.targets.response_s[priority]) for priority in Priority),
            wards=(),
            place_ward=(),
            map_version=self.ground.map_version,
            traffic_version=self.ground.traffic_version,
            source=self.model.about,
        )
        return Inputs(self.asked, None, self.model, self.ground, words)

    def columns(self, policy: str, move_up: MoveUpName = "home") -> RivalColumns:
        rules = self.rules
        policies = rules.policy.by_priority() if policy == THEIR_RULES else everywhere(policy)
        does = rival_in(self.model, Rival(policy, policies, move_up), self.begins, self.asked.ends_s / 3600.0)
        there = {unit.callsign for unit in self.city.units}
        does = replace(does, shifts={unit: its for unit, its in does.shifts.items() if unit in there})
        plan = plan_of(does, Setting(self.city, rules, self.ground, self.begins, self.grid))
        fleet, _ = fleet_of(self.city, rules.send, self.ground)
        return RivalColumns(fleet, self.hospitals, plan, self.takers)

    def cells(self) -> tuple[Float64s, Bools]:
        """The demand of each cell, and which of them a van reaches in time from each station."""
        times = self.grid.times
        assert times is not None, "they were worked out"
        van: CellTimes = times["van"]
        stations = self.grid.cells_of([station.position for station in self.city.stations])
        reach = seconds_of(van)[np.array(stations, np.int64)] <= self.rules.coverage.limit_s
        return np.array(van.cells.weights), reach


def edmonton(folder: Path, asked: Experiment) -> World:
    """The model that comes with JEMSS, on Vigil's own rules. Covered is who is reached in 440 s."""
    imported = read_jemss(folder)
    rules = rules_of(imported.model)
    rules = replace(rules, coverage=replace(rules.coverage, busy_fraction=0.4, limit_s=440.0))
    return _world(
        imported.model,
        city_of(imported.model),
        rules,
        imported.ground(),
        PlacesGrid(imported.model, imported.roads),
        asked,
    )


def own_city(folder: Path, map_folder: Path, asked: Experiment) -> World:
    """One of the city files, as `vigil simulate --model city` has it."""
    city = load_city(folder)
    roads = RoadTimes(map_file.load(map_folder))
    rules = load_rules(folder, city.targets)
    model = model_of_city(city, rules, roads, read_demand(folder))
    grid = RoadGrid(roads.still)
    grid.renew(rules.coverage.shrink_calls)
    rules = replace(rules, send=replace(rules.send, turnout_s=dict(model.turnout_s)))
    return _world(model, city_of(model), rules, ground_of_model(model, roads), grid, asked)


def an_experiment(city: str, days: float, replications: int) -> Experiment:
    """A day to warm up, then so many that are counted."""
    return Experiment(
        "policies",
        city,
        (Asked("closest"),),
        days="model",
        hours=24.0 * days,
        warm_up_hours=24.0,
        replications=replications,
        seed=1,
    )


def _world(
    model: CityModel, city: City, rules: Rules, ground: CityGround, grid: CoverageGrid, asked: Experiment
) -> World:
    ground = replace(ground, columns=on_cells(ground, grid))
    begins = begins_of(asked, model)
    hospitals = hospital_of(city, rules, ground, begins)
    takers = takers_on_duty(model, begins, asked.ends_s / 3600.0)
    return World(model, city, rules, ground, grid, asked, begins, hospitals, takers)
