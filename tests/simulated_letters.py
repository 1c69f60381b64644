"""An experiment in the letter town: rivals that differ by a few vans, on days like one that was drawn."""

from datetime import datetime
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from routing.times import RoadTimes
from simulations.day import Day
from simulations.experiment.experiment import Experiment, Rival
from simulations.experiment.prepare import prepare
from simulations.policy_day.draw_day import draw_day
from tests.small_city import letter_town, write_small_city

BEGINS = datetime(2026, 3, 3, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
AT_HOME = ("C1", "C2", "T1", "T2")
ASKED = Experiment(
    question="What do four crews more or less do in Letter Town?",
    city="letters",
    rivals=(Rival("everybody"), Rival("the same again"), Rival("twelve crews", without=AT_HOME)),
    hours=24.0,
    warm_up_hours=3.0,
    replications=6,
    seed=7,
)


@cache
def _letters() -> tuple[TemporaryDirectory[str], RoadTimes, Path]:
    kept = TemporaryDirectory(prefix="vigil-letters-")
    folder = Path(kept.name)
    write_small_city(folder)
    return kept, RoadTimes(letter_town().road_map(folder)), folder / "cities" / "letters"


def roads() -> RoadTimes:
    return _letters()[1]


def city_folder() -> Path:
    return _letters()[2]


@cache
def a_day() -> Day:
    return draw_day(roads(), "letters", BEGINS, calls=300, seed=7)


def prepared(folder: Path, asked: Experiment = ASKED) -> Path:
    """The folder, with everything in it that is needed to run."""
    prepare(asked, a_day(), city_folder(), roads(), city_folder(), folder)
    return folder


@cache
def _ready() -> TemporaryDirectory[str]:
    kept = TemporaryDirectory(prefix="vigil-experiment-")
    prepared(Path(kept.name))
    return kept


def ready(folder: Path) -> Path:
    """A copy of the inputs of `ASKED`, worked out once a process."""
    copytree(_ready().name, folder, dirs_exist_ok=True)
    return folder
