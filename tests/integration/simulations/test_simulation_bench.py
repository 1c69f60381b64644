"""The benchmark of the simulation measures what it says, on a town small enough to wait for."""

from time import sleep

import numpy as np
import pytest

from api.bench.rows import Figure
from routing.areas.grid import RoadGrid
from simulations.bench import fork, measure
from simulations.bench.bare_heap import bare_heap
from simulations.bench.city import calls, on_the_map, scenes, with_vans
from simulations.bench.two_cores import walls_s
from simulations.ground.build import build_ground
from tests.integration.simulations.night import a_night, roads_in


def test_every_moment_of_the_bare_loop_goes_in_and_those_that_ended_come_out() -> None:
    rang_s = np.array([0.0, 10.0, 20.0, 30.0])
    assert bare_heap(rang_s, np.full(4, 15.0), units=4) == 2
    assert bare_heap(rang_s, np.full(4, 1_000.0), units=1) == 3, "one crew: each call sends the last one home"


def test_every_rival_is_a_row_with_the_bare_loop_beside_it(
    tmp_path, tmp_path_factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    roads = roads_in(tmp_path_factory.mktemp("roads"))
    night = a_night(tmp_path, roads)
    city, places = on_the_map(night.city, roads), scenes(roads, 5)
    ground = build_ground(
        roads, places, [each.position for each in city.hospitals], [each.position for each in city.stations]
    )
    grid = RoadGrid(roads.still)
    grid.renew()
    for name, figure in {"FLEETS": (3,), "LEAN_CALLS": 300, "FULL_CALLS": 5, "ROUNDS": 2}.items():
        monkeypatch.setattr(measure, name, figure)
    said: list[str] = []
    town = measure.Town(city, night.rules, roads, ground, grid, places)
    rows = [Figure(**row) for row in measure.measure(town, said.append)]
    assert [row.name for row in rows][:2] == [
        "simulation.lean_closest_3_units",
        "simulation.lean_closest_kept_back_3_units",
    ]
    assert [row.name for row in rows][-6:] == [
        "simulation.full_3_units",
        "simulation.full_stored_in_memory_3_units",
        "simulation.full_stored_in_sqlite_3_units",
        "simulation.full_two_cores_3_units",
        "simulation.full_stored_in_memory_two_cores_3_units",
        "simulation.full_stored_in_sqlite_two_cores_3_units",
    ]
    assert len(rows) == len(said) + 4 == 14
    assert all(row.best >= row.p50 >= row.p99 > 0 and row.reference_name == measure.BARE for row in rows)


def test_a_fork_and_the_futures_of_every_policy_are_rows(tmp_path, tmp_path_factory, monkeypatch) -> None:
    roads = roads_in(tmp_path_factory.mktemp("roads"))
    night = a_night(tmp_path, roads)
    grid = RoadGrid(roads.still)
    grid.renew()
    for name, figure in {"UNITS": 6, "FUTURES": 3, "ROUNDS": 1, "CALLS": 12}.items():
        monkeypatch.setattr(fork, name, figure)
    said: list[str] = []
    rows = [
        Figure(**row) for row in fork.measure_forks(night.city, night.rules, grid.times or {}, said.append)
    ]
    assert [row.name for row in rows][:2] == [
        "simulation.fork_6_units",
        "simulation.3_futures_closest_6_units",
    ]
    assert rows[-1].name == "simulation.3_futures_move_up_mended_by_the_clock_6_units"
    assert len(rows) == 2 * len(said) + 1 == 13
    assert all(row.unit == "s" and 0 < row.best <= row.p50 for row in rows)


def test_the_vans_stand_at_every_station_before_one_has_two(tmp_path, tmp_path_factory) -> None:
    roads = roads_in(tmp_path_factory.mktemp("roads"))
    city = a_night(tmp_path, roads).city
    assert len({unit.station for unit in with_vans(city, 4).units}) == len(city.stations)
    day = calls(city, scenes(roads, 5), 50, units=4)
    assert [call.at_s for call in day.calls] == sorted(call.at_s for call in day.calls)


def test_two_processes_are_timed_from_when_both_begin_until_both_are_done(capfd) -> None:
    walls = walls_s(lambda number: sleep(0.5 * number), lambda number: None)
    assert walls[0] >= 0.5
    assert walls[1] < walls[0]
    for _ in range(20):
        walls_s(lambda number: None)
    assert capfd.readouterr().err == "", "whoever leaves last is not sent away"


def test_a_process_that_fails_is_no_figure() -> None:
    with pytest.raises(RuntimeError, match="has failed"):
        walls_s(lambda number: 1 // number)
