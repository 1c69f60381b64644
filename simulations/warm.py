"""Compile the lean path ahead of the first question: a look ahead over two cells, a night in which somebody
outside decides, and a call that is answered, all thrown away.

As for the road kernels (`routing.warm`), the compiled code is cached on disk. Without it the first dispatcher
who asks for a look ahead would wait for a minute.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from time import perf_counter

import numpy as np

from dispatch.policies.fleet import UnitNow
from dispatch.policies.triage import needs_of
from dispatch.rules import Rules
from domain.city import City
from domain.coverage import CellTimes, DemandCells
from domain.values import Position
from simulations.compiled import forget_old_caches, remember
from simulations.fork.cell_ground import KINDS, cell_ground
from simulations.fork.futures import Futures, draw
from simulations.fork.look_ahead import Going, look_ahead
from simulations.fork.now import Lately, Now, Waits
from simulations.fork.stages import learned
from simulations.fork.start import start
from simulations.hospitals import ordinary_day
from simulations.lean.columns import NOBODY
from simulations.lean.takers import always, answer
from simulations.own.play import asking
from simulations.own.step import NOTHING, begun, go_on

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def warm_up(city: City) -> float:
    """Compile, or load from the cache, all that a look ahead runs. Returns the seconds it took.

    city : with a unit, a station and a hospital
    """
    begin = perf_counter()
    forget_old_caches()
    places = [each.position for each in city.stations][:1] + [each.position for each in city.hospitals][:1]
    times = {kind: _a_minute_apart(places, kind) for kind in KINDS}
    ground = cell_ground(
        times, [each.position for each in city.hospitals], [each.position for each in city.stations]
    )
    first = city.units[0]
    unit = UnitNow(
        first.callsign,
        first.callsign,
        str(first.kind),
        first.capabilities,
        "on_duty",
        None,
        places[0],
        NOON,
        places[0],
    )
    waits = Waits("warm", "P2", needs_of("P2"), places[1], NOON)
    now = Now(NOON, [unit], ordinary_day(city), [waits], Lately(3.0, {"P2": 3}), learned([]))
    there = start(now, city, Rules(), ground, times["van"].cells.weights)
    futures = draw(there, 2, 1.0, 1)
    look_ahead(futures, "warm", [Going(first.callsign, 60.0)])
    _decided_outside(futures)
    answer(np.zeros(1), np.ones(1), np.ones(1), always(1, 1))
    remember()
    return perf_counter() - begin


def _decided_outside(futures: Futures) -> None:
    """As a policy of one's own is asked, and the environment for learning ones. Nobody is ever sent."""
    there = futures.begin
    plan = asking(futures.plan, whom=True, where=True)
    run = begun(futures.incidents[0], there.fleet, there.ground.columns, there.hospital_of, plan)
    question = go_on(run)
    while question != NOTHING:
        question = go_on(run, NOBODY)


def _a_minute_apart(places: Sequence[Position], kind: str) -> CellTimes:
    seconds = (60 * (1 - np.eye(len(places)))).astype(np.uint16).tobytes()
    cells = DemandCells("warm", tuple(places), (0.5, 0.5), "streets")
    return CellTimes(cells, kind, seconds, "free_flow")
