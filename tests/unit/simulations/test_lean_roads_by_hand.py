"""Roads that turn while somebody waits, and units sent without a look at them, worked out on paper."""

import numpy as np
import pytest

from simulations.lean.columns import Fleet, Ground, Incidents
from simulations.lean.plan import ASKED, NO_TURNS, Plan, RoadTurns, Shifts
from simulations.lean.run import Outcome, nothing_else, simulate
from simulations.own.step import NOTHING, begun, go_on
from tests.unit.simulations.lean_city import NOWHERE, calls, one_spot, servers

INF = np.inf
DRY, FLOOD, CROW = range(3)
WATER = RoadTurns(np.array([300.0, 1000.0]), np.array([FLOOD, DRY], np.int32), 1)
"""It stands from 300 s to 1000 s."""
ON_PAPER = np.array([DRY, CROW, CROW], np.int32)


def town(units: int = 2, flood_s: tuple[float, float] = (INF, 400.0)) -> tuple[Fleet, Ground]:
    """A place that the unit at the first base reaches in 100 s, that at the second in 200 s; 50 s and 80 s as
    the crow flies. Who has been there stays there.

    flood_s : the same while the water stands
    """
    rows = [[100.0, flood_s[0], 50.0], [200.0, flood_s[1], 80.0], *[[0.0] * 3] * 3]
    ground = one_spot(units)._replace(
        to_scene_s=np.array([rows]),
        to_scene_m=np.array([rows]) * 10,
        to_hospital_s=np.zeros((3, 1)),
        to_hospital_m=np.zeros((3, 1)),
        place_spot=np.array([2, 3, 4], np.int32),
        base_spot=np.array([0, 1], np.int32),
        leaves=np.full(5, -1, np.int32),
        home_s=np.zeros((1, 1, 2)),
        home_m=np.zeros((1, 1, 2)),
        home_first=np.zeros((1, 1, 2), np.int64),
        cell=np.zeros(5, np.int32),
    )
    return servers(units)._replace(base=np.arange(units, dtype=np.int32)), ground


def played(fleet: Fleet, ground: Ground, incidents: Incidents, **plan: object) -> Outcome:
    hospital_of = np.repeat(NOWHERE, 3, axis=0)
    return simulate(incidents, fleet, ground, hospital_of, plan_of(fleet, ground, **plan))


def plan_of(fleet: Fleet, ground: Ground, **plan: object) -> Plan:
    return nothing_else(fleet, ground)._replace(**plan)  # type: ignore[arg-type]


def rung(*at_s: float, place: int = DRY, scene_s: float = 10.0) -> Incidents:
    return calls(np.array(at_s), np.full(len(at_s), scene_s), np.full(len(at_s), place))


def test_who_waits_while_the_water_stands_is_reached_on_the_roads_of_afterwards() -> None:
    fleet, ground = town(units=1)
    told = rung(500.0, 700.0, place=FLOOD)
    found = played(fleet, ground, told, roads=WATER)
    assert found.served.sent_s.tolist() == [1000.0, 1110.0]
    assert found.served.on_scene_s.tolist() == [1100.0, 1110.0]
    assert found.place.tolist() == [DRY, DRY]
    assert told.place.tolist() == [FLOOD, FLOOD], "what goes in is not written over"
    assert played(fleet, ground, told, roads=NO_TURNS).served.unit.tolist() == [-1, -1]


def test_who_waited_before_the_water_came_is_cut_off_by_it_like_all_others() -> None:
    fleet, ground = town(units=2)
    # Both are out until 310 and 420; then one would drive no time, but the water stands at the same place.
    ground.to_scene_s[0, 2:, FLOOD] = INF
    found = played(fleet, ground, rung(0.0, 10.0, 20.0, scene_s=210.0), roads=WATER)
    assert found.served.sent_s.tolist() == [0.0, 10.0, 1000.0]
    assert found.place.tolist() == [DRY, DRY, DRY]


def test_what_has_begun_goes_on_and_a_turn_comes_before_all_else_of_its_moment() -> None:
    fleet, ground = town(units=2)
    found = played(fleet, ground, rung(290.0, 1000.0), roads=WATER)
    assert found.served.on_scene_s.tolist() == [390.0, 1000.0], "on its way when the water came"
    fleet, ground = town(units=1)
    one = calls(np.array([990.0, 1000.0]), np.full(2, 10.0), np.array([FLOOD, DRY]))
    found = played(fleet, ground, one, roads=WATER)
    assert found.served.sent_s.tolist() == [1000.0, 1110.0], "who waited is served before who rings then"


def test_on_paper_whoever_finds_no_way_turns_back_and_the_next_that_has_one_goes() -> None:
    fleet, ground = town()
    found = played(fleet, ground, rung(0.0, place=FLOOD), taken_for=ON_PAPER)
    assert found.served.unit.tolist() == [1]
    assert found.served.sent_s.tolist() == [50.0], "when the first should have been there"
    assert found.served.on_scene_s.tolist() == [450.0]
    assert found.home_m.tolist() == [500.0, 0.0], "it drove for nothing"


def test_who_is_turned_back_is_missed_meanwhile_and_free_again_where_it_stood() -> None:
    fleet, ground = town(units=1)
    turns = RoadTurns(np.array([20.0]), np.array([DRY], np.int32), 1)
    found = played(fleet, ground, rung(0.0, place=FLOOD), taken_for=ON_PAPER, roads=turns)
    assert found.served.sent_s.tolist() == [50.0], "the roads are open before, it is on its way back"
    assert found.served.on_scene_s.tolist() == [150.0]


def test_where_nobody_has_a_way_one_is_turned_back_and_nobody_is_lost() -> None:
    fleet, ground = town(flood_s=(INF, INF))
    ground.to_scene_s[0, 2:, FLOOD] = INF
    found = played(fleet, ground, rung(0.0, place=FLOOD), taken_for=ON_PAPER)
    assert found.served.unit.tolist() == [-1]
    assert found.home_m.tolist() == [500.0, 0.0], "once, not again and again"
    both = calls(np.array([0.0, 60.0]), np.full(2, 10.0), np.array([FLOOD, DRY]))
    found = played(fleet, ground, both, taken_for=ON_PAPER)
    assert found.served.unit.tolist() == [-1, 0]


def test_another_is_looked_for_though_the_shift_of_who_was_turned_back_has_ended() -> None:
    fleet, ground = town()
    shifts = Shifts(np.zeros((2, 1)), np.array([[30.0], [INF]]), np.array([30.0]))
    found = played(fleet, ground, rung(0.0, place=FLOOD), taken_for=ON_PAPER, shifts=shifts)
    assert found.served.sent_s.tolist() == [50.0]


@pytest.mark.parametrize("first", [0, 1])
def test_a_policy_of_ones_own_is_asked_again_when_it_was_turned_back(first: int) -> None:
    fleet, ground = town()
    plan = plan_of(fleet, ground, taken_for=ON_PAPER, policy=np.full(4, ASKED, np.int32))
    run = begun(rung(0.0, place=FLOOD), fleet, ground, np.repeat(NOWHERE, 3, axis=0), plan)
    go_on(run)
    assert run.seen.arrival_s.tolist() == [50.0, 80.0], "as on paper"
    asked = go_on(run, first)
    if first == 0:
        assert run.state.now_s[0] == 50.0
        assert run.seen.arrival_s.tolist() == [INF, 80.0], "now it is known"
        asked = go_on(run, 1)
    assert asked == NOTHING
    assert run.served.on_scene_s.tolist() == [450.0 if first == 0 else 400.0]
