"""All that goes into an experiment, as files: with them anybody runs it again, without map or city files."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
from numpy.typing import NDArray

from domain.values import Position
from routing.arrays import Int32s
from simulations.city_model.model import CityModel
from simulations.city_model.read import read_model
from simulations.day import Day, read_day
from simulations.experiment.experiment import Experiment
from simulations.experiment.file import read_experiment
from simulations.experiment.keep import kept
from simulations.experiment.small_ground import KeptGround, kept_ground
from simulations.ground.build import CityGround
from simulations.lean.columns import Fleet
from simulations.lean.plan import Plan
from simulations.lean.takers import Takers, always
from simulations.scenario.read import read_scenario
from simulations.scenario.scenario import Scenario

INPUTS, EXPERIMENT, GROUND, WORDS = "inputs", "experiment.toml", "ground.npz", "words.json"
DAY, MODEL, SCENARIO = "day.json", "model", "scenario.toml"
"""One of the first two is there: the calls come from a recorded day, or from a city model; the third where
something befalls that."""
NOBODY_ANSWERS = always(0, 0)
"""Of days on which call takers are not simulated."""


class RivalColumns(NamedTuple):
    """What of the lean path differs between rivals. takers : NOBODY_ANSWERS where they are not simulated"""

    fleet: Fleet
    hospital_of: Int32s
    plan: Plan
    takers: Takers


class WardShape(msgspec.Struct, frozen=True):
    """rings : of its shape, each a list of (lat, lon)
    circle : whether only its middle and size are known
    """

    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...] = ()
    circle: bool = False


class Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """Names for what is numbered in the columns.

    units    : callsigns, by rival
    targets_s: by priority
    place_ward : of each place the number of its ward, -1 where none is known
    stations : and after them the posts, as the bases of the ground are
    beds     : of each hospital
    drawn    : whether the streets exist nowhere
    left_out : of a log, how many incidents are not among the calls, by reason
    """

    city: dict[str, str]
    begins: str
    kinds: tuple[str, ...]
    units: dict[str, tuple[str, ...]]
    stations: tuple[str, ...]
    hospitals: tuple[str, ...]
    beds: tuple[int, ...]
    targets_s: tuple[float, ...]
    wards: tuple[WardShape, ...]
    place_ward: tuple[int, ...]
    map_version: str
    traffic_version: str
    source: str
    drawn: bool = False
    left_out: dict[str, int] = {}


class Inputs(NamedTuple):
    """As the runs read them: with a day, or with a model and perhaps a scenario on it."""

    experiment: Experiment
    day: Day | None
    model: CityModel | None
    ground: CityGround
    words: Words
    scenario: Scenario | None = None


def begins_of(asked: Experiment, model: CityModel) -> datetime:
    """When the nights of the model begin, their warm-up included."""
    return datetime.fromisoformat(asked.begins).replace(tzinfo=ZoneInfo(model.timezone))


def rival_file(number: int) -> str:
    return f"rival-{number:02d}.npz"


def read_inputs(folder: Path, large_ground: Path | None = None) -> Inputs:
    """large_ground : the ground as `keep` writes it, which processes share. Raises OSError, ValueError."""
    inputs = folder / INPUTS
    experiment = read_experiment(inputs / EXPERIMENT)
    words = msgspec.json.decode((inputs / WORDS).read_bytes(), type=Words)
    ground = kept_ground(inputs / GROUND) if large_ground is None else kept(large_ground, KeptGround)
    city_ground = CityGround(
        ground.columns,
        tuple(Position(lat, lon) for lat, lon in ground.where.tolist()),
        words.kinds,
        words.map_version,
        words.traffic_version,
    )
    modelled = experiment.days in ("model", "scenario")
    return Inputs(
        experiment,
        None if modelled else read_day(inputs / DAY),
        read_model(inputs / MODEL) if modelled else None,
        city_ground,
        words,
        _scenario(inputs / SCENARIO, experiment) if experiment.days == "scenario" else None,
    )


def _scenario(path: Path, asked: Experiment) -> Scenario:
    """How often it is played, and with which seed, is what was asked."""
    return replace(read_scenario(path, kept=True), replications=asked.replications, seed=asked.seed)


def read_rival(folder: Path, number: int) -> RivalColumns:
    return kept(folder / INPUTS / rival_file(number), RivalColumns)


def digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of every file of a folder, by name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), sha256(path)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def where_of(ground: CityGround) -> NDArray[Any]:
    return np.array([(each.lat, each.lon) for each in ground.positions])
