"""Make ready: roads, fleets and rules of an experiment become files that need neither map nor city again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Final

import msgspec
import numpy as np

from dispatch.city_file import load_city
from dispatch.rules import Rules
from dispatch.rules_file import load_rules
from domain.city import City
from domain.ports import CoverageGrid
from domain.values import Position, Priority
from routing.areas.grid import RoadGrid
from routing.times import RoadTimes
from simulations.city_model.as_city import city_of
from simulations.city_model.as_rival import rival_in
from simulations.city_model.model import CityModel
from simulations.city_model.on_duty import takers_on_duty
from simulations.city_model.write import write_model
from simulations.day import Day, write_day
from simulations.experiment.experiment import Experiment, Rival
from simulations.experiment.file import BadExperiment, checked, write_experiment
from simulations.experiment.inputs import (
    DAY,
    EXPERIMENT,
    GROUND,
    INPUTS,
    MODEL,
    NOBODY_ANSWERS,
    WORDS,
    RivalColumns,
    WardShape,
    Words,
    begins_of,
    digests,
    rival_file,
    where_of,
)
from simulations.experiment.keep import keep
from simulations.experiment.rival_city import rival_city, rival_send
from simulations.experiment.small_ground import KeptGround, in_whole_metres, keep_ground
from simulations.experiment.wards import wards_of
from simulations.ground.build import CityGround
from simulations.ground.of_day import ground_of
from simulations.lean.of_day import fleet_of, hospital_of
from simulations.lean.plan_of import Setting, on_cells, plan_of
from simulations.lean.takers import Takers, always
from simulations.rival import Rival as WhatItDoes
from simulations.rival import everywhere

HALF_READY: Final = ".inputs-"
Tell = Callable[[str, float], None]
Wards = Callable[[Sequence[Position]], tuple[list[WardShape], list[int]]]


def nothing_told(stage: str, share: float) -> None:
    """For whoever shows no progress."""


@dataclass(frozen=True, slots=True)
class World:
    """What all rivals share.

    grid  : the cells of the demand, where some rival goes by coverage
    wards : of places, their wards
    left_out : of a recorded day, how many of its incidents are not played, by reason
    model : where calls, shifts, pace and call takers come from, if not from a recorded day
    drawn : whether its streets exist nowhere
    """

    city: City
    rules: Rules
    ground: CityGround
    begins: datetime
    source: str
    wards: Wards
    grid: CoverageGrid | None = None
    model: CityModel | None = None
    drawn: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)


def prepare(
    experiment: Experiment,
    day: Day,
    city_folder: Path,
    roads: RoadTimes,
    map_folder: Path,
    out: Path,
    tell: Tell = nothing_told,
) -> None:
    """Write `out/inputs` for days like a recorded one, or that day. Where they are there already, they have
    to be the same: then what was done before counts, else nothing is touched.

    Raises BadExperiment, BadCityFile, OSError.
    """
    city = load_city(city_folder)
    if not city.id == day.city == experiment.city:
        raise BadExperiment(
            f"The experiment is about {experiment.city}, the day is of {day.city}, the files of {city.id}"
        )
    if experiment.days in ("model", "scenario"):
        raise BadExperiment("The experiment wants the nights of a city model: name one")
    rules = load_rules(city_folder, city.targets)
    with inputs_of(checked(experiment), out) as aside:
        tell("road times", 0.0)
        ground = ground_of(day, city, roads)
        world = World(
            city,
            rules,
            ground,
            day.begins,
            day.source,
            lambda places: wards_of(places, city, city_folder, map_folder),
            grid_for(experiment, roads, rules),
            drawn=city.map.kind == "drawn",
            left_out=day.left_out,
        )
        write_day(day, aside / DAY)
        _write(experiment, world, aside, tell)


def prepare_model(
    experiment: Experiment,
    model: CityModel,
    rules: Rules,
    ground: CityGround,
    grid: CoverageGrid | None,
    wards: Wards,
    out: Path,
    tell: Tell = nothing_told,
    drawn: bool = False,
) -> None:
    """The same for the nights of a city model. ground: of its places, hospitals and stations, in its order;
    drawn: whether the streets under it exist nowhere

    Raises BadExperiment, OSError, ValueError.
    """
    if experiment.city != model.id:
        raise BadExperiment(f"The experiment is about {experiment.city}, the model is of {model.id}")
    experiment = msgspec.structs.replace(experiment, days="model")
    begins = begins_of(experiment, model)
    with inputs_of(checked(experiment), out) as aside:
        write_model(model, aside / MODEL)
        world = World(city_of(model), rules, ground, begins, model.about, wards, grid, model, drawn)
        _write(experiment, world, aside, tell)


def grid_for(experiment: Experiment, roads: RoadTimes, rules: Rules) -> RoadGrid | None:
    """The cells of the demand, as the live desk has them, where some rival needs them."""
    if all(each.policy == "closest" and each.move_up == "home" for each in experiment.rivals):
        return None
    grid = RoadGrid(roads.still)
    grid.renew(rules.coverage.shrink_calls)
    return grid


@contextmanager
def inputs_of(experiment: Experiment, out: Path) -> Iterator[Path]:
    """A folder that becomes `out/inputs` once everything in it is written."""
    out.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=HALF_READY, dir=out))
    try:
        write_experiment(experiment, aside / EXPERIMENT)
        yield aside
        aside.chmod(0o755)
        inputs = out / INPUTS
        if not inputs.exists():
            aside.replace(inputs)
        elif list(digests(aside)) != list(digests(inputs)):
            raise BadExperiment(f"{out} holds another experiment; take another folder, or remove that one")
    finally:
        rmtree(aside, ignore_errors=True)


def _write(experiment: Experiment, world: World, aside: Path, tell: Tell) -> None:
    tell("rules", 0.8)
    ground = world.ground
    if world.grid is not None:
        ground = replace(ground, columns=on_cells(ground, world.grid))
    ground = replace(ground, columns=in_whole_metres(ground.columns))
    world = replace(world, ground=ground)
    keep_ground(aside / GROUND, KeptGround(ground.columns, where_of(ground)))
    units: dict[str, tuple[str, ...]] = {}
    for number, rival in enumerate(experiment.rivals):
        columns, units[rival.name] = rival_columns(rival, experiment, world)
        keep(aside / rival_file(number), columns)
    write_words(words_of(world, units), aside)
    tell("made ready", 1.0)


def rival_columns(rival: Rival, experiment: Experiment, world: World) -> tuple[RivalColumns, tuple[str, ...]]:
    """And its callsigns in the order of the columns. Raises BadExperiment, ValueError."""
    city = rival_city(world.city, rival)
    rules = replace(world.rules, send=rival_send(world.rules.send, rival))
    policies = rules.policy.by_priority() if rival.policy == "rules" else everywhere(rival.policy)
    does = WhatItDoes(rival.name, policies, rival.move_up, beds=rival.beds)
    takers = NOBODY_ANSWERS
    if world.model is not None:
        hours = experiment.ends_s / 3600.0
        does = rival_in(world.model, does, world.begins, hours)
        there = {unit.callsign for unit in city.units}
        does = replace(does, shifts={unit: its for unit, its in does.shifts.items() if unit in there})
        takers = _takers(rival, world.model, world.begins, hours)
    elif rival.beds or rival.takers is not None or rival.lines is not None:
        raise BadExperiment(f"Rival `{rival.name}`: beds, takers and lines are known of city models only")
    setting = Setting(city, rules, world.ground, world.begins, world.grid)
    plan = plan_of(does, setting, np.zeros(0) if rival.beds else None)
    fleet, callsigns = fleet_of(city, rules.send, world.ground)
    hospitals = hospital_of(city, rules, world.ground, world.begins)
    return RivalColumns(fleet, hospitals, plan, takers), callsigns


def _takers(rival: Rival, model: CityModel, begins: datetime, hours: float) -> Takers:
    takers = takers_on_duty(model, begins, hours)
    lines = takers.lines if rival.lines is None else rival.lines
    return takers._replace(lines=lines) if rival.takers is None else always(rival.takers, lines)


def write_words(words: Words, aside: Path) -> None:
    (aside / WORDS).write_bytes(msgspec.json.format(msgspec.json.encode(words), indent=1) + b"\n")


def words_of(world: World, units: dict[str, tuple[str, ...]]) -> Words:
    city, ground = world.city, world.ground
    wards, place_ward = world.wards([ground.positions[spot] for spot in ground.columns.place_spot.tolist()])
    return Words(
        city=dict(city.name),
        begins=world.begins.isoformat(),
        kinds=ground.kinds,
        units=units,
        stations=(*(each.name for each in city.stations), *(each.name for each in city.posts)),
        hospitals=tuple(hospital.name for hospital in city.hospitals),
        beds=tuple(sum(beds.staffed for beds in hospital.beds.values()) for hospital in city.hospitals),
        targets_s=tuple(float(city.targets.response_s[priority]) for priority in Priority),
        wards=tuple(wards),
        place_ward=tuple(place_ward),
        map_version=ground.map_version,
        traffic_version=ground.traffic_version,
        source=world.source,
        drawn=world.drawn,
        left_out=dict(world.left_out),
    )
