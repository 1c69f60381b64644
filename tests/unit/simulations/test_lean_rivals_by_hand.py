"""Shifts, pace and beds on the lean path, on cities that can be worked out on paper."""

from collections.abc import Sequence

import numpy as np
import pytest

from simulations.lean.columns import Fleet, Ground
from simulations.lean.plan import Beds, Pace, Plan, Shifts
from simulations.lean.run import nothing_else, simulate
from tests.unit.simulations.lean_city import NOWHERE, calls, one_spot, servers

INF = np.inf
HOUR_S = 3600.0


def shifts(*of_each: Sequence[tuple[float, float]]) -> Shifts:
    most = max(map(len, of_each))
    padded = [[*each, *[(INF, INF)] * (most - len(each))] for each in of_each]
    table = np.array(padded, np.float64)
    moments = sorted({moment for each in of_each for shift in each for moment in shift} - {0.0, INF})
    return Shifts(table[:, :, 0].copy(), table[:, :, 1].copy(), np.array(moments))


def plan_for(fleet: Fleet, ground: Ground, **changes: object) -> Plan:
    return nothing_else(fleet, ground)._replace(**changes)  # type: ignore[arg-type]


def test_nobody_is_sent_before_the_shift_begins_and_a_run_goes_on_after_it_has_ended() -> None:
    fleet, ground = servers(1), one_spot(1)
    plan = plan_for(fleet, ground, shifts=shifts([(100.0, 200.0), (500.0, 600.0)]))
    incidents = calls(np.array([0.0, 10.0, 300.0]), np.array([70.0, 80.0, 5.0]))
    served = simulate(incidents, fleet, ground, NOWHERE, plan).served
    # From 100 to 170 the first, from 170 to 250 the second, beyond the shift's end; the third waits for 500.
    assert served.sent_s.tolist() == [100.0, 170.0, 500.0]
    assert served.clear_s.tolist() == [170.0, 250.0, 505.0]


def test_of_two_who_come_at_one_moment_whoever_waits_longest_is_served_by_the_first_in_order() -> None:
    fleet, ground = servers(2), one_spot(2)
    plan = plan_for(fleet, ground, shifts=shifts([(100.0, INF)], [(100.0, INF)]))
    served = simulate(calls(np.array([0.0, 1.0]), np.full(2, 50.0)), fleet, ground, NOWHERE, plan).served
    assert served.sent_s.tolist() == [100.0, 100.0]
    assert served.unit.tolist() == [0, 1]


def test_shifts_that_follow_each_other_are_no_break() -> None:
    fleet, ground = servers(1), one_spot(1)
    plan = plan_for(fleet, ground, shifts=shifts([(0.0, 100.0), (100.0, 300.0)]))
    served = simulate(calls(np.array([90.0, 100.0]), np.full(2, 20.0)), fleet, ground, NOWHERE, plan).served
    assert served.sent_s.tolist() == [90.0, 110.0]


def town() -> tuple[Fleet, Ground]:
    """A base, a place 100 s away, and two hospitals 200 s and 300 s away from it; everybody goes home in
    60 s."""
    fleet = servers(3)._replace(carries=np.ones(3, np.bool_))
    ground = one_spot(3)._replace(
        to_scene_s=np.full((1, 4, 1), 100.0),
        to_scene_m=np.zeros((1, 4, 1)),
        to_hospital_s=np.array([[200.0, 300.0]]),
        to_hospital_m=np.array([[2_000.0, 3_000.0]]),
        place_spot=np.array([1], np.int32),
        hospital_spot=np.array([2, 3], np.int32),
        base_spot=np.array([0], np.int32),
        leaves=np.arange(4, dtype=np.int32),
        home_s=np.full((1, 4, 1), 60.0),
        home_m=np.zeros((1, 4, 1)),
        home_first=np.zeros((1, 4, 1), np.int64),
        passes=np.zeros(4, np.int32),
        cell=np.zeros(4, np.int32),
    )
    return fleet, ground


def test_drives_take_what_the_hour_has_them_take_each_by_the_hour_in_which_it_begins() -> None:
    fleet, ground = town()
    multiple = np.ones(168)
    multiple[8] = 1.5  # Monday from eight to nine
    multiple[9] = 2.0
    plan = plan_for(fleet, ground, pace=Pace(multiple, begins_s=8 * HOUR_S))
    incidents = calls(np.array([3_000.0]), np.array([600.0]))._replace(transports=np.ones(1, np.bool_))
    served = simulate(incidents, fleet, ground, np.array([[0]], np.int32), plan).served
    assert served.on_scene_s[0] == 3_150.0  # 08:50, 100 s at 1.5
    assert served.at_hospital_s[0] == 3_750.0 + 400.0  # 09:02:30, 200 s at 2


def beds(free: Sequence[int], stay_s: float, count: int) -> Beds:
    return Beds(
        asked=True,
        held=True,
        able=np.ones((1, 2), np.bool_),
        kind=np.zeros(1, np.int32),
        staffed=np.array([[each] for each in free], np.int32),
        by_name=np.array([0, 1], np.int32),
        age_s=np.zeros((1, 2)),
        scarce_beds=1,
        scarce_s=0.0,
        waiting_s=0.0,
        inbound_s=0.0,
        stay_s=np.full(count, stay_s),
        door=np.array([1.0, 2.0]),
    )


def test_a_full_hospital_is_passed_over_until_a_bed_is_free_again() -> None:
    fleet, ground = town()
    incidents = calls(np.array([0.0, 10.0, 5_000.0]), np.full(3, 600.0))
    incidents = incidents._replace(
        transports=np.ones(3, np.bool_), handover_s=np.full(3, 900.0), clear_s=np.full(3, 60.0)
    )
    plan = plan_for(fleet, ground, beds=beds([1, 1], 3_000.0, 3))
    served = simulate(incidents, fleet, ground, np.array([[0]], np.int32), plan).served
    # The first holds the one bed of the near hospital from 0 to 100 + 600 + 200 + 900 + 3000 = 4800.
    assert served.hospital.tolist() == [0, 1, 0]
    # At the far one's door it takes twice as long: 10 + 100 + 600 + 300 + 1800, and 60 until it is ready.
    assert served.clear_s.tolist() == [1_860.0, 2_870.0, 6_860.0]


def test_who_stays_at_home_gives_the_bed_back_and_where_all_are_full_the_least_loaded_takes_in() -> None:
    fleet, ground = town()
    incidents = calls(np.array([0.0, 10.0, 20.0]), np.array([600.0, 600.0, 600.0]))
    incidents = incidents._replace(transports=np.array([False, True, True]))
    plan = plan_for(fleet, ground, beds=beds([1, 2], 3_000.0, 3))
    served = simulate(incidents, fleet, ground, np.array([[0]], np.int32), plan).served
    assert served.hospital.tolist() == [-1, 1, 1], "the first holds a bed that nobody knows to be free"
    late = incidents._replace(rang_s=np.array([0.0, 701.0, 702.0]), opened_s=np.array([0.0, 701.0, 702.0]))
    served = simulate(late, fleet, ground, np.array([[0]], np.int32), plan).served
    assert served.hospital.tolist() == [-1, 0, 1]
    none_left = plan._replace(beds=beds([1, 1], 3_000.0, 3))
    everybody = incidents._replace(transports=np.ones(3, np.bool_))
    served = simulate(everybody, fleet, ground, np.array([[0]], np.int32), none_left).served
    assert served.hospital.tolist() == [0, 1, 0]


def test_beds_without_a_stay_for_each_incident_are_refused() -> None:
    fleet, ground = town()
    plan = plan_for(fleet, ground, beds=beds([1, 1], 3_000.0, 0))
    with pytest.raises(ValueError, match="its length of stay"):
        simulate(calls(np.zeros(1), np.ones(1)), fleet, ground, np.array([[0]], np.int32), plan)
