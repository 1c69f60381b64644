from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulations.living_demo.driver import Drive, Place, drive_along, metres, moved, straight_drive

A = Place(10.0, 106.0)


def east(m):
    return moved(A, 0, m)


def a_line(*metres_east):
    return [(east(m).lat, east(m).lon) for m in metres_east]


def test_a_drive_begins_at_its_start_and_ends_at_its_goal():
    drive = Drive(a_line(0, 600, 1000), 100)
    assert metres(drive.at(0).place, A) < 0.1
    assert metres(drive.at(100).place, east(1000)) < 0.1
    assert metres(drive.at(1e6).place, east(1000)) < 0.1


def test_half_the_time_at_an_even_pace_is_half_the_way():
    fix = Drive(a_line(0, 100, 1000), 100).at(50)
    assert metres(fix.place, east(500)) < 1
    assert fix.speed_mps == pytest.approx(10, rel=0.01)
    assert fix.heading_deg == pytest.approx(90, abs=0.1)


def test_each_street_is_driven_at_its_own_pace():
    drive = Drive(a_line(0, 500, 1000), 100, [(500, 20), (500, 80)])
    assert metres(drive.at(20).place, east(500)) < 1
    assert drive.at(10).speed_mps == pytest.approx(25, rel=0.01)
    assert drive.at(60).speed_mps == pytest.approx(6.25, rel=0.01)


def test_steps_that_add_up_to_something_else_are_stretched_over_the_drive():
    drive = Drive(a_line(0, 1000), 100, [(100, 1), (100, 3)])
    assert metres(drive.at(25).place, east(500)) < 1


def test_who_stands_has_no_speed_and_no_heading():
    drive = Drive(a_line(0, 1000), 100)
    assert (drive.at(100).speed_mps, drive.at(100).heading_deg) == (0.0, None)


def test_a_line_of_one_point_is_a_drive_that_stays_there():
    drive = Drive([(A.lat, A.lon)], 0)
    assert drive.at(0.5).place == A
    assert drive.at(0.5).heading_deg is None


def test_a_route_is_driven_from_where_the_vehicle_stands():
    route = {
        "geometry": a_line(30, 1000),
        "duration_s": 60,
        "steps": [{"name": "Đường Mai", "distance_m": 970, "duration_s": 60}],
    }
    drive = drive_along(route, A)
    assert drive.at(0).place == A
    assert drive.duration_s == 60


def test_where_no_road_leads_it_goes_straight_and_slowly():
    drive = straight_drive(A, east(700))
    assert drive.duration_s == pytest.approx(100, rel=0.01)


@given(
    st.lists(st.floats(-2000, 2000), min_size=1, max_size=8),
    st.lists(st.tuples(st.floats(0, 500), st.floats(0, 60)), max_size=6),
    st.floats(0, 600),
    st.lists(st.floats(-10, 700), min_size=2, max_size=10),
)
def test_a_drive_never_goes_back_along_its_line(places, steps, duration_s, moments):
    drive = Drive(a_line(*places), duration_s, steps)
    driven = [drive._metres_at(moment) for moment in sorted(moments)]
    # interpolation rounds: less than a nanometre back is standing still
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(driven))
    assert all(-0.001 <= each <= drive.length_m + 0.001 for each in driven)
    fix = drive.at(moments[0])
    assert fix.speed_mps >= 0
    assert fix.heading_deg is None or 0 <= fix.heading_deg <= 360
