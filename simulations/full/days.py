"""Days played through the live handlers, several at once: each in a folder and a log of its own."""

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from dispatch.city_file import load_city
from dispatch.rules import Rules
from dispatch.rules_file import load_rules
from domain.city import City
from routing.times import RoadTimes
from simulations.day import read_day
from simulations.experiment.with_parent import end_with_parent
from simulations.full.fingerprint import fingerprint
from simulations.full.kept import play_kept
from simulations.ground.of_day import ground_of
from simulations.policy_day.roads import roads_of
from simulations.rival import MoveUpName, Rival, everywhere


@dataclass(frozen=True, slots=True)
class Asked:
    """What all days have in common. map, city : files; facts_between : a night is put away after so many"""

    map: Path
    city: Path
    policy: str
    move_up: MoveUpName
    facts_between: int


@dataclass(frozen=True, slots=True)
class Opened:
    """What a process reads once for all days it plays."""

    asked: Asked
    city: City
    rules: Rules
    roads: RoadTimes

    def play(self, day_file: Path, folder: Path, called: str = "") -> str:
        """The fingerprint of the log in the folder. called : before what is told on the way

        Raises AnotherNight, OSError, ValueError.
        """
        day, asked = read_day(day_file), self.asked
        rival = Rival(asked.policy, everywhere(asked.policy), asked.move_up)

        def say(rung: int, facts: int) -> None:
            print(f"{called}{rung} of {len(day.calls)} calls, {facts} facts", file=sys.stderr, flush=True)

        played = play_kept(
            folder,
            day,
            self.city,
            self.rules,
            self.roads,
            ground_of(day, self.city, self.roads),
            rival,
            facts_between=asked.facts_between,
            say=say,
        )
        assert played.log is not None
        return fingerprint(played.log)


def opened(asked: Asked) -> Opened:
    """Raises BadCityFile, MapError, OSError, ValueError."""
    city = load_city(asked.city)
    return Opened(asked, city, load_rules(asked.city, city.targets), roads_of(asked.map))


def folders_of(days: Sequence[Path], out: Path) -> list[Path]:
    """One day goes into the folder that was named, several into one each there. Raises ValueError."""
    if len(days) == 1:
        return [out]
    names = [day.stem for day in days]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"Two of the days are called {min(twice)}: each needs a folder of its own.")
    return [out / name for name in names]


def play_days(asked: Asked, days: Sequence[Path], out: Path, jobs: int | None = None) -> list[str]:
    """The fingerprints, in the order of the days. Whoever is stopped is called again, and each day goes on.

    jobs : so many at once; as many as there are cores where nobody says
    Raises BadCityFile, MapError, AnotherNight, OSError, ValueError.
    """
    folders = folders_of(days, out)
    jobs = min(jobs or cpu_count() or 1, len(days))
    here = opened(asked)  # what cannot be read is told here, and a map is built once
    for day in days:
        read_day(day)
    names = [""] if len(days) == 1 else [f"{day.stem}: " for day in days]
    if jobs <= 1:
        return [here.play(*one) for one in zip(days, folders, names, strict=True)]
    # Each starts anew: a copy of this process might hold another's locks.
    try:
        with ProcessPoolExecutor(jobs, get_context("spawn"), _open, (asked,)) as pool:
            return list(pool.map(_play, days, folders, names))
    except BrokenProcessPool:
        raise OSError(
            "A process was ended from outside before its work was done, perhaps for want of memory. What is "
            "played is kept: give the order once more, with --jobs 1 if it happens again."
        ) from None


_opened: Opened | None = None
"""Of a process that plays days for another."""


def _open(asked: Asked) -> None:
    global _opened
    end_with_parent()
    _opened = opened(asked)


def _play(day: Path, folder: Path, called: str) -> str:
    assert _opened is not None
    return _opened.play(day, folder, called)
