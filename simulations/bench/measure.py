"""What is measured: each rival on the lean path, the full path, and the bare heap beside both."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, NamedTuple

import numpy as np

from dispatch.application import DispatchLog, memory_log, sqlite_log
from dispatch.rules import Rules
from domain.city import City
from domain.policy_book import POLICIES
from domain.ports import CoverageGrid
from domain.values import Position
from routing.times import RoadTimes
from simulations.bench.bare_heap import bare_heap
from simulations.bench.city import calls, with_vans
from simulations.bench.two_cores import CORES, Work, walls_s
from simulations.chance import generator
from simulations.day import Day
from simulations.full.kept_log import KeptLog
from simulations.full.play import play
from simulations.full.quick_log import QuickLog
from simulations.ground.build import CityGround
from simulations.lean.columns import Incidents
from simulations.lean.of_day import fleet_of, hospital_of, incidents_of
from simulations.lean.plan_of import Setting, on_cells, plan_of
from simulations.lean.run import simulate
from simulations.rival import Rival, everywhere

FLEETS = 16, 140
LEAN_CALLS, FULL_CALLS, ROUNDS = 100_000, 200, 5
TRIED, ROUND_S = 200, 0.5
"""So many calls say how many fill a round; a rival that thinks long plays fewer."""
STAY_S = 4 * 3_600.0
BARE = "a bare heap loop"
Store = Callable[[str], DispatchLog]
STORES: dict[str, Store | None] = {
    "": None,
    "stored_in_memory_": lambda path: memory_log(),
    "stored_in_sqlite_": sqlite_log,
}
"""Where the facts of the full path go: kept as they are, or written in letters into a live store."""

Row = dict[str, Any]


class Town(NamedTuple):
    """What is measured on. places : of the ground, where calls come from"""

    city: City
    rules: Rules
    roads: RoadTimes
    ground: CityGround
    grid: CoverageGrid
    places: list[Position]


def rivals() -> Iterator[tuple[str, Rival]]:
    for policy in POLICIES:
        yield policy, Rival(policy, everywhere(policy))
    yield "move_up_dmexclp", Rival("move-up", move_up="dmexclp")
    yield "move_up_mended", Rival("move-up", move_up="mended")
    yield "beds", Rival("beds", beds=True)


def measure(town: Town, say: Callable[[str], None]) -> list[Row]:
    rows: list[Row] = []
    for units in FLEETS:
        city = with_vans(town.city, units)
        day = calls(city, town.places, LEAN_CALLS, units)
        bare = rates(LEAN_CALLS, _bare(day, units))
        for name, rival in rivals():
            say(f"Calls for {units} units, {name} ...")
            played, found = lean_rates(_lean(town, city, day, rival))
            rows.append(row(f"simulation.lean_{name}_{units}_units", played, found, bare, units))
        say(f"{FULL_CALLS} calls, {units} units, on the live handlers ...")
        few = calls(city, town.places, FULL_CALLS, units)
        for name, store in STORES.items():
            found = _full_rates(town, city, few, store)
            rows.append(row(f"simulation.full_{name}{units}_units", FULL_CALLS, found, bare, units))
        say(f"The same in {CORES} processes at once, {units} units ...")
        for name, store in STORES.items():
            found = _full_rates_at_once(town, city, few, store)
            its_name = f"simulation.full_{name}two_cores_{units}_units"
            rows.append(row(its_name, FULL_CALLS * CORES, found, bare, units))
    return rows


def rates(count: int, work: Callable[[], object]) -> list[float]:
    """Calls a second of some rounds, after one that nobody counts."""
    work()
    return [count / _seconds(work) for _ in range(ROUNDS)]


def lean_rates(play_some: Callable[[int], object]) -> tuple[int, list[float]]:
    """How many calls filled a round, and the calls a second of some rounds."""
    tried = min(TRIED, LEAN_CALLS)
    play_some(tried)  # compiles
    quick = tried / max(1e-9, _seconds(lambda: play_some(tried)))
    count = max(tried, min(LEAN_CALLS, int(quick * ROUND_S)))
    return count, rates(count, lambda: play_some(count))


def row(name: str, n: int, found: list[float], bare: list[float], units: int) -> Row:
    """As `vigil bench` writes a figure; `best` is the most, and the ratio is ours in the bare loop's."""
    middle, beside = float(np.median(found)), float(np.median(bare))
    return {
        "name": name,
        "n": n,
        "unit": "calls/s",
        "best": max(found),
        "p50": middle,
        "p99": min(found),
        "reference": beside,
        "reference_name": BARE,
        "ratio": middle / beside,
        "spread": (max(found) - min(found)) / middle,
        "units": units,
    }


def _seconds(work: Callable[[], object]) -> float:
    """Of this process, which works on one core: other work on the machine counts little."""
    began = process_time()
    work()
    return process_time() - began


def _bare(day: Day, units: int) -> Callable[[], object]:
    rang_s = np.array([call.at_s for call in day.calls])
    takes_s = generator(0, 0, "bare").uniform(1_800, 5_400, len(rang_s))
    return lambda: bare_heap(rang_s, takes_s, units)


def _lean(town: Town, city: City, day: Day, rival: Rival) -> Callable[[int], object]:
    """Plays the first so many calls. All that is the same in every replication is made before."""
    setting = Setting(city, town.rules, town.ground, day.begins, town.grid)
    incidents, _ = incidents_of(day, town.ground)
    fleet, _ = fleet_of(city, town.rules.send, town.ground)
    hospitals = hospital_of(city, town.rules, town.ground, day.begins)
    plan = plan_of(rival, setting, np.full(len(day.calls), STAY_S))
    columns = on_cells(town.ground, town.grid)

    def play_some(count: int) -> object:
        some = Incidents._make(column[:count] for column in incidents)
        return simulate(some, fleet, columns, hospitals, plan)

    return play_some


def _full_rates(town: Town, city: City, day: Day, store: Store | None) -> list[float]:
    """Opening the room, which a day does once, is measured alone and left out."""

    def played(some: Day) -> float:
        return _seconds(lambda: _play(town, city, some, store))

    nobody = replace(day, calls=())
    played(nobody)
    opened_s = min(played(nobody) for _ in range(3))
    return [len(day.calls) / max(1e-9, played(day) - opened_s) for _ in range(3)]


def _full_rates_at_once(town: Town, city: City, day: Day, store: Store | None) -> list[float]:
    """Of two processes that play a night each, by the wall: other work on the machine counts."""

    def played(some: Day) -> Work:
        return lambda number: _play(town, city, some, store)

    nobody = replace(day, calls=())
    walls = walls_s(played(nobody), *[played(nobody)] * 3, *[played(day)] * 3)
    opened_s = min(walls[1:4])
    return [len(day.calls) * CORES / max(1e-9, wall_s - opened_s) for wall_s in walls[4:]]


def _play(town: Town, city: City, day: Day, store: Store | None) -> None:
    with TemporaryDirectory() as folder:
        kept = None if store is None else store(str(Path(folder) / "events.sqlite"))
        log = QuickLog() if kept is None else KeptLog(kept)
        play(day, city, town.rules, town.roads, town.ground, Rival(), log)
        if isinstance(log, KeptLog):
            log.keep()
            log.store.close()
