"""A look into the next hour from a live state: how long the fork takes, and two hundred futures from it.

Every row of futures has the processor seconds of all cores together and, with `_by_the_clock`, what somebody
who waits for them waits.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import perf_counter, process_time
from typing import Any

import numpy as np

from dispatch.policies.fleet import Task, UnitNow
from dispatch.policies.triage import needs_of
from dispatch.rules import Rules
from domain.city import City
from domain.coverage import CellTimes
from domain.policy_book import POLICIES
from domain.values import Position
from simulations.bench.city import with_vans
from simulations.chance import generator
from simulations.fork.cell_ground import cell_ground
from simulations.fork.futures import draw
from simulations.fork.look_ahead import late_calls
from simulations.fork.now import Lately, MovedUp, Now, Waits
from simulations.fork.start import Start, start
from simulations.hospitals import ordinary_day
from simulations.posts import posts_of
from simulations.rival import everywhere

NOON = datetime(2026, 3, 3, 5, tzinfo=UTC)
UNITS, FUTURES, HOURS = 300, 200, 1.0
CALLS = 210
"""Of the last hour, so that every future brings about as many."""
ROUNDS = 3

Times = Mapping[str, CellTimes]
Row = dict[str, Any]


def measure_forks(city: City, rules: Rules, times: Times, say: Callable[[str], None]) -> list[Row]:
    """A row for the fork, and one for the futures by each policy, and where moves are made."""
    ground = cell_ground(
        times,
        [each.position for each in city.hospitals],
        [place for _, place in posts_of(city).values()],
    )
    weights = times["van"].cells.weights
    now = live_state(with_vans(city, UNITS), times["van"].cells.places)
    rows = [_row("fork", _rounds(lambda: start(now, city, rules, ground, weights)))]
    some: dict[str, Now] = {name: replace(now, policies=everywhere(name)) for name in POLICIES}
    some["move_up_mended"] = replace(now, moved_up=MovedUp(mends=True))
    for name, each in some.items():
        say(f"{FUTURES} futures of {UNITS} units, {name} ...")
        begin = start(each, city, rules, ground, weights)
        played = _played(begin, FUTURES)
        rows.append(_row(f"{FUTURES}_futures_{name}", _rounds(played)))
        rows.append(_row(f"{FUTURES}_futures_{name}_by_the_clock", _rounds(played, perf_counter)))
    return rows


def live_state(city: City, places: Sequence[Position]) -> Now:
    """Every third unit serves somebody, one waits."""
    chance = generator(0, 0, "fork")
    where = [places[number] for number in chance.integers(0, len(places), UNITS + 1).tolist()]
    homes = {station.id: station.position for station in city.stations}
    units = []
    for number, each in enumerate(city.units):
        at = where[number]
        since = NOON - timedelta(minutes=number % 9)
        task = Task("run", "incident", "P2", needs_of("P2"), at, "on_scene", since)
        busy = number % 3 == 0
        units.append(
            UnitNow(
                each.callsign,
                each.callsign,
                str(each.kind),
                each.capabilities,
                "on_duty",
                1 if busy else None,
                at,
                NOON,
                homes[each.station],
                task if busy else None,
            )
        )
    waits = Waits("waits", "P2", needs_of("P2"), where[-1], NOON)
    lately = Lately(1.0, {"P1": CALLS // 6, "P2": CALLS // 3, "P3": CALLS // 3, "P4": CALLS // 6})
    return Now(NOON, units, ordinary_day(city), [waits], lately)


def _played(begin: Start, count: int) -> Callable[[], object]:
    late_calls(draw(begin, 2, HOURS, seed=1))  # compiles
    return lambda: late_calls(draw(begin, count, HOURS, seed=1))


def _rounds(work: Callable[[], object], clock: Callable[[], float] = process_time) -> list[float]:
    """Processor seconds, if nothing is said, so that other work on the machine counts little."""
    found = []
    for _ in range(ROUNDS):
        began = clock()
        work()
        found.append(clock() - began)
    return found


def _row(name: str, found: list[float]) -> Row:
    middle = float(np.median(found))
    return {
        "name": f"simulation.{name}_{UNITS}_units",
        "n": len(found),
        "unit": "s",
        "best": min(found),
        "p50": middle,
        "p99": max(found),
        "reference": None,
        "reference_name": None,
        "ratio": None,
        "spread": (max(found) - min(found)) / middle,
        "units": UNITS,
    }
