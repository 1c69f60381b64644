"""A fork of a centre with three hundred units and a hundred thousand facts behind it.

Processor seconds of this process are counted, so that a busy machine fails no test.
"""

from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest

from api.picture import Picture
from dispatch.still_picture import StillPicture
from projections.memory import MemoryViews
from projections.positions import LatestPositions
from routing.areas.grid import RoadGrid
from simulations.fork.cell_ground import cell_ground
from simulations.fork.futures import draw
from simulations.fork.look_ahead import late_calls
from simulations.fork.of_views import now_of
from simulations.fork.stages import learned
from simulations.fork.start import start
from simulations.full.fingerprint import fingerprint
from tests.integration.simulations.night import a_night, roads_in

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

UNITS, FACTS = 300, 100_000


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Some three and a half thousand calls, served by a fleet of three hundred."""
    folder = tmp_path_factory.mktemp("long")
    night = a_night(folder, roads_in(folder), calls=3800, hours=17)
    vans = [unit for unit in night.city.units if unit.kind == "van"]
    many = tuple(
        replace(vans[i % len(vans)], callsign=f"V{i:03}") for i in range(UNITS - len(night.city.units))
    )
    night = replace(night, city=replace(night.city, units=(*night.city.units, *many)))
    return night, night.full().log


def test_it_is_there_in_a_second_and_live_is_as_it_was(played):
    night, log = played
    facts = log.select(1, 10**6)
    assert len(facts) >= FACTS
    middle = night.day.begins + timedelta(hours=20)
    views = MemoryViews()
    views.take(*views.fold([(seq, fact) for seq, fact in facts if fact.act.heard_at <= middle]))
    homes = {station.id: station.position for station in night.city.stations}
    picture = Picture(views, LatestPositions(stale_after_s=120.0), None, homes)
    grid = _grid(night)
    before = fingerprint(log), views.position, {name: views.rows(name) for name in views.names}
    late_calls(draw(_fork(night, views, picture, grid, middle), 2, 1.0, seed=1))  # kernels are compiled

    began = process_time()
    begin = _fork(night, views, picture, grid, middle)
    forked = process_time()
    futures = draw(begin, 200, 1.0, seed=1)
    found = late_calls(futures)
    ended = process_time()
    print(f"{len(facts)} facts, {len(begin.units)} units: fork {forked - began:.3f} s,", end=" ")
    print(
        f"200 futures with {sum(len(each.rang_s) for each in futures.incidents)} calls {ended - forked:.3f} s"
    )
    assert len(begin.units) >= UNITS - 2
    assert len(found) == 200
    assert forked - began < 1.0
    assert ended - forked < 2.0
    assert (fingerprint(log), views.position, {name: views.rows(name) for name in views.names}) == before


def _grid(night):
    grid = RoadGrid(lambda: night.roads)
    grid.renew(2000)
    return grid


def _fork(night, views, picture, grid, moment):
    """From the rows of the views to the state that futures begin at, the ground worked out anew."""
    ground = cell_ground(
        grid.times,
        [each.position for each in night.city.hospitals],
        [each.position for each in night.city.stations],
    )
    seen = StillPicture.of(picture)
    runs = learned(views.rows("runs"))
    now = now_of(views, seen, moment, runs, night.city, night.rules)
    return start(now, night.city, night.rules, ground, grid.times["van"].cells.weights)
