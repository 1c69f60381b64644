"""Make ready: roads, fleets and rules of an experiment become files that need neither map nor city again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import msgspec

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from domain.city import City
from domain.values import Priority
from routing.areas.grid import RoadGrid
from routing.times import RoadTimes
from simulations.day import Day, write_day
from simulations.experiment.experiment import Experiment
from simulations.experiment.file import BadExperiment, checked, write_experiment
from simulations.experiment.inputs import (
    DAY,
    EXPERIMENT,
    GROUND,
    INPUTS,
    WORDS,
    KeptGround,
    RivalColumns,
    Words,
    digests,
    rival_file,
    where_of,
)
from simulations.experiment.keep import keep
from simulations.experiment.rival_city import rival_city, rival_send
from simulations.experiment.wards import wards_of
from simulations.ground.build import CityGround
from simulations.ground.of_day import ground_of
from simulations.lean.of_day import fleet_of, hospital_of
from simulations.lean.plan_of import Setting, on_cells, plan_of
from simulations.rival import Rival as WhatItDoes
from simulations.rival import everywhere

Tell = Callable[[str, float], None]


def prepare(
    experiment: Experiment,
    day: Day,
    city_folder: Path,
    roads: RoadTimes,
    map_folder: Path,
    out: Path,
    tell: Tell = lambda stage, share: None,
) -> None:
    """Write `out/inputs`. Where they are there already, they have to be the same: then what was done before
    counts, else nothing is touched.

    Raises BadExperiment, BadCityFile, OSError.
    """
    checked(experiment)
    city = load_city(city_folder)
    if not city.id == day.city == experiment.city:
        raise BadExperiment(
            f"The experiment is about {experiment.city}, the day is of {day.city}, the files of {city.id}"
        )
    cities = [rival_city(city, rival) for rival in experiment.rivals]
    out.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=".inputs-", dir=out))
    try:
        tell("road times", 0.0)
        # One ground for all: kinds and bases are the city's, whoever stays at home.
        ground = ground_of(day, city, roads)
        grid = None
        if any(each.policy != "closest" or each.move_up != "home" for each in experiment.rivals):
            tell("cells of the demand", 0.5)
            grid = _grid(roads, city_folder, city)
            ground = replace(ground, columns=on_cells(ground, grid))
        tell("rules", 0.8)
        units = _write_rivals(experiment, cities, city_folder, ground, grid, day, aside)
        write_experiment(experiment, aside / EXPERIMENT)
        write_day(day, aside / DAY)
        keep(aside / GROUND, KeptGround(ground.columns, where_of(ground)))
        words = _words(city, city_folder, day, ground, map_folder, units)
        (aside / WORDS).write_bytes(msgspec.json.format(msgspec.json.encode(words), indent=1) + b"\n")
        aside.chmod(0o755)
        _settle(aside, out / INPUTS)
    finally:
        rmtree(aside, ignore_errors=True)
    tell("made ready", 1.0)


def _settle(aside: Path, inputs: Path) -> None:
    if not inputs.exists():
        aside.replace(inputs)
    elif list(digests(aside)) != list(digests(inputs)):
        raise BadExperiment(
            f"{inputs.parent} holds another experiment; take another folder, or remove that one"
        )


def _grid(roads: RoadTimes, folder: Path, city: City) -> RoadGrid:
    """The cells of the demand, as the live desk has them."""
    grid = RoadGrid(roads.still)
    grid.renew(load_rules(folder, city.targets).coverage.shrink_calls)
    return grid


def _write_rivals(
    experiment: Experiment,
    cities: list[City],
    folder: Path,
    ground: CityGround,
    grid: RoadGrid | None,
    day: Day,
    aside: Path,
) -> dict[str, tuple[str, ...]]:
    """And of each rival the callsigns in the order of its columns."""
    units: dict[str, tuple[str, ...]] = {}
    for number, (rival, city) in enumerate(zip(experiment.rivals, cities, strict=True)):
        rules = load_rules(folder, city.targets)
        rules = replace(rules, send=rival_send(rules.send, rival))
        policies = rules.policy.by_priority() if rival.policy == "rules" else everywhere(rival.policy)
        says = WhatItDoes(rival.name, policies, rival.move_up)
        plan = plan_of(says, Setting(city, rules, ground, day.begins, grid))
        fleet, units[rival.name] = fleet_of(city, rules.send, ground)
        columns = RivalColumns(fleet, hospital_of(city, rules, ground, day.begins), plan)
        keep(aside / rival_file(number), columns)
    return units


def _words(
    city: City,
    folder: Path,
    day: Day,
    ground: CityGround,
    map_folder: Path,
    units: dict[str, tuple[str, ...]],
) -> Words:
    places = [ground.positions[spot] for spot in ground.columns.place_spot.tolist()]
    wards, place_ward = wards_of(places, city, folder, map_folder)
    return Words(
        city=dict(city.name),
        begins=day.begins.isoformat(),
        kinds=ground.kinds,
        units=units,
        stations=tuple(station.name for station in city.stations),
        hospitals=tuple(hospital.name for hospital in city.hospitals),
        beds=tuple(sum(beds.staffed for beds in hospital.beds.values()) for hospital in city.hospitals),
        targets_s=tuple(float(city.targets.response_s[priority]) for priority in Priority),
        wards=tuple(wards),
        place_ward=tuple(place_ward),
        map_version=ground.map_version,
        traffic_version=ground.traffic_version,
        source=day.source,
    )
