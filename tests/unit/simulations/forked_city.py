"""A city on a chequered map for tests of forks: no roads, ten seconds a square."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from dispatch.city_file import load_city
from dispatch.policies.fleet import Task, UnitNow
from dispatch.policies.triage import needs_of
from dispatch.rules import Rules
from domain.city import City
from domain.coverage import CellTimes, DemandCells
from domain.values import Position
from simulations.fork.cell_ground import CellGround, cell_ground
from simulations.fork.now import Lately, Now, Waits
from simulations.fork.stages import Stage, Stages
from simulations.fork.start import Start, start
from simulations.hospitals import ordinary_day
from simulations.posts import posts_of
from tests.small_city import write_small_city

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
CERTAIN = Stages(Stage(600.0, 1e-9), Stage(900.0, 1e-9), Stage(300.0, 1e-9), transported=1.0)
"""Everything takes exactly so long, and everybody is taken to a hospital."""
SQUARE = 0.001  # degrees
S_A_SQUARE = 10


def square(east: int, south: int) -> Position:
    return Position(round(10.75 - south * SQUARE, 6), round(106.65 + east * SQUARE, 6))


def chequered(side: int, rows: int | None = None) -> dict[str, CellTimes]:
    """So many squares from west to east, and as many rows; ten seconds from one to the next."""
    count = side * (rows or side)
    east, south = np.arange(count) % side, np.arange(count) // side
    places = tuple(map(square, east.tolist(), south.tolist()))
    steps = abs(east[:, None] - east) + abs(south[:, None] - south)
    cells = DemandCells("chequered", places, tuple([1 / count] * count), "streets")
    seconds = (steps * S_A_SQUARE).astype(np.uint16).tobytes()
    return {kind: CellTimes(cells, kind, seconds, "free_flow") for kind in ("van", "motorbike")}


def a_city(folder: Path, side: int) -> City:
    """The letter town's hospitals in the middle of three sides, its stations in the corners."""
    write_small_city(folder)
    city = load_city(folder / "cities" / "letters")
    last, half = side - 1, side // 2
    at = [square(half, 0), square(half, last), square(last, half)]
    corners = [square(0, 0), square(last, 0), square(0, last), square(last, last)]
    return replace(
        city,
        hospitals=_moved(city.hospitals, at),
        stations=_moved(city.stations, corners),
    )


def _moved(things: Sequence[Any], places: Sequence[Position]) -> tuple[Any, ...]:
    return tuple(replace(each, position=place) for each, place in zip(things, places, strict=True))


def ground_of(city: City, times: dict[str, CellTimes]) -> CellGround:
    return cell_ground(
        times,
        [each.position for each in city.hospitals],
        [place for _, place in posts_of(city).values()],
    )


def unit(callsign: str, at: Position, home: Position, task: Task | None = None, kind: str = "van") -> UnitNow:
    can = ("ALS", "BLS", "transport") if kind == "van" else ("BLS", "motorbike")
    return UnitNow(callsign, callsign, kind, can, "on_duty", 1 if task else None, at, NOON, home, task)


def task(milestone: str, since_s: float, scene: Position, hospital: Position | None = None) -> Task:
    since = NOON - timedelta(seconds=since_s)
    its_id = None if hospital is None else "bac"
    return Task("run", "incident", "P2", needs_of("P2"), scene, milestone, since, its_id, hospital)


def waits(incident_id: str, priority: str, at: Position, rang_s: float = 60) -> Waits:
    return Waits(incident_id, priority, needs_of(priority), at, NOON - timedelta(seconds=rang_s))


def fork_of(
    city: City,
    times: dict[str, CellTimes],
    units: Sequence[UnitNow],
    waiting: Sequence[Waits] = (),
    lately: Lately | None = None,
    stages: Stages = CERTAIN,
) -> Start:
    now = Now(NOON, units, ordinary_day(city), waiting, lately or Lately(3.0, {"P2": 30}), stages)
    return start(now, city, Rules(), ground_of(city, times), times["van"].cells.weights)
