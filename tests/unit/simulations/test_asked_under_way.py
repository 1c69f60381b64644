"""From now, what was under way is shown: each run to its end, and whom it serves by the live number."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as unit_with

from simulations.asked.under_way import carried_on
from simulations.fork.futures import draw
from tests.unit.simulations.forked_city import (
    NOON,
    a_city,
    chequered,
    fork_of,
    square,
    task,
    unit,
    waits,
)

SIDE = 9
HOME, SCENE, DOOR = square(0, 0), square(4, 0), square(4, 8)


@pytest.fixture(scope="module")
def futures(tmp_path_factory):
    """C1 free, C2 turning out, C3 on scene, C4 with a patient, C5 at the door; #40 waits, and #42 to #44 are
    served: both C2 and C3 are for one."""
    city = a_city(tmp_path_factory.mktemp("city"), SIDE)
    hospital = city.hospitals[1].position

    def serves(callsign, number, milestone, since_s, at, scene=SCENE, bound=None):
        run = replace(task(milestone, since_s, scene, bound), incident_id=f"i{number}")
        return unit_with(unit(callsign, at, HOME, run), incident_number=number)

    units = [
        unit("C1", HOME, HOME),
        serves("C2", 42, "assigned", 20, HOME),
        serves("C3", 42, "on_scene", 100, SCENE),
        serves("C4", 43, "transporting", 30, square(4, 2), bound=hospital),
        serves("C5", 44, "at_hospital", 60, hospital, bound=hospital),
    ]
    waiting = [replace(waits("late", "P1", square(7, 7)), number=40)]
    return draw(fork_of(city, chequered(SIDE), units, waiting), count=2, hours=1.0, seed=3)


@pytest.fixture(scope="module")
def carried(futures):
    return carried_on(futures, 0)


def legs(carried, futures, callsign):
    return carried.began[futures.begin.number(callsign)].legs


def test_a_crew_that_turns_out_drives_to_the_scene_stays_and_brings_its_patient(carried, futures):
    told = legs(carried, futures, "C2")
    assert [leg.status for leg in told] == ["turnout", "to_scene", "on_scene", "to_hospital", "at_hospital"]
    wheels, drive, scene, *_ = told
    turnout_s = float(futures.begin.fleet.turnout_s[futures.begin.number("C2")])
    assert wheels.to_s == pytest.approx(turnout_s - 20)
    assert drive.to_s - drive.from_s == pytest.approx(40)  # four squares
    assert scene.to_s - scene.from_s == pytest.approx(600, abs=1)


def test_each_begins_with_what_it_did_and_goes_on_without_a_gap(carried, futures):
    first = {each: legs(carried, futures, each)[0].status for each in ("C1", "C3", "C4", "C5")}
    assert first == {"C1": "homeward", "C3": "on_scene", "C4": "to_hospital", "C5": "at_hospital"}
    for number in range(5):
        began = carried.began[number]
        assert (began.legs[0].from_s, began.legs[-1].to_s) == (0.0, began.free_s)
        assert began.legs[-1].end == began.free_at
        for before, after in zip(began.legs, began.legs[1:], strict=False):
            assert (before.to_s, before.end) == (after.from_s, after.start)


def test_units_and_incidents_have_the_numbers_of_the_live_desk(carried, futures):
    assert {leg.incident for leg in legs(carried, futures, "C2")} == {42}
    assert {leg.incident for leg in legs(carried, futures, "C1")} == {-1}
    assert [(row["number"], row["units"]) for row in carried.under_way] == [
        (42, ["C2", "C3"]),
        (43, ["C4"]),
        (44, ["C5"]),
    ]
    rings = len(futures.incidents[0].rang_s)
    assert list(carried.numbers) == [40, *range(45, 44 + rings)]


def test_an_incident_stands_until_the_last_crew_has_left_it(carried, futures):
    both, brought, handed = carried.under_way
    assert both["left_s"] == pytest.approx(legs(carried, futures, "C2")[2].to_s, abs=0.1)
    assert (brought["left_s"], handed["left_s"]) == (0.0, 0.0)
    assert (both["lat"], both["lon"]) == (SCENE.lat, SCENE.lon)
    assert futures.begin.now.at == NOON
