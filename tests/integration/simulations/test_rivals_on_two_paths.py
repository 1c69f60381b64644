"""Policies, posts, shifts, pace and beds: the lean path does what the live rules and handlers do."""

from dataclasses import replace

import numpy as np
import pytest

from domain.unit import Unit
from routing.areas.grid import RoadGrid
from routing.arrays import Float64s
from routing.times import RoadTimes
from simulations.chance import generator
from simulations.full.play import Played, play
from simulations.lean.of_day import fleet_of, hospital_of, incidents_of
from simulations.lean.plan_of import Setting, on_cells, plan_of
from simulations.lean.run import Outcome, simulate
from simulations.rival import MoveUpName, Rival, everywhere
from tests.integration.simulations.night import Night, a_night, roads_in

HOUR_S = 3600.0
BY_PRIORITY = {"P1": "closest", "P2": "dmexclp", "P3": "coverage_cost", "P4": "closest_kept_back"}
RUSH = [1.0 + 0.7 * (hour % 24 in (7, 17)) - 0.23 * (hour % 24 == 8) for hour in range(168)]
SHIFTS = {
    "C1": ((0.0, 8 * HOUR_S), (9 * HOUR_S, 30 * HOUR_S)),
    "C2": ((7.5 * HOUR_S, 8.25 * HOUR_S),),
    "C3": ((8.5 * HOUR_S, 24 * HOUR_S),),
    "T1": ((0.0, 7.25 * HOUR_S), (7.25 * HOUR_S, 9 * HOUR_S)),
}
RIVALS = [
    Rival("kept back", everywhere("closest_kept_back")),
    Rival("cost", everywhere("coverage_cost")),
    Rival("dmexclp", everywhere("dmexclp")),
    Rival("preparedness", everywhere("preparedness")),
    Rival("by priority", BY_PRIORITY),
    Rival("goes where missed", move_up="dmexclp"),
    Rival("mended", move_up="mended"),
    Rival("shifts", shifts=SHIFTS),
    Rival("rush", pace=RUSH),
    Rival("beds", beds=True, doors={"bac": 1.5}),
    Rival("beds of others", beds=True, stays={"bac": 3.0}, taken={"bac": {"EmergencyDepartment": 2}}),
    Rival("all", BY_PRIORITY, move_up="dmexclp", shifts=SHIFTS, pace=RUSH, beds=True, doors={"bac": 1.5}),
]


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> RoadTimes:
    return roads_in(tmp_path_factory.mktemp("roads"))


@pytest.fixture(scope="module")
def enough(roads: RoadTimes, tmp_path_factory: pytest.TempPathFactory) -> Night:
    """Most crews stand and wait for calls, so that it matters who is sent and where they stand."""
    return a_night(tmp_path_factory.mktemp("enough"), roads, 21, 300, hours=3)


@pytest.fixture(scope="module")
def too_few(roads: RoadTimes, tmp_path_factory: pytest.TempPathFactory) -> Night:
    """Calls wait for crews."""
    return a_night(tmp_path_factory.mktemp("too-few"), roads, 8, 900, hours=3)


@pytest.fixture(params=["enough", "too_few"])
def night(request: pytest.FixtureRequest) -> Night:
    found: Night = request.getfixturevalue(request.param)
    return found


def stays_of(night: Night) -> Float64s:
    stays_s: Float64s = generator(8, 0, "stays").exponential(5 * HOUR_S, len(night.day.calls)).round(1)
    return stays_s


def full_path(night: Night, rival: Rival) -> Played:
    stays_s = stays_of(night).tolist()
    return play(night.day, night.city, night.rules, night.roads, night.ground, rival, stays_s=stays_s)


def lean_path(night: Night, rival: Rival) -> tuple[Outcome, list[str], list[int]]:
    """And of each incident who went there, and its call in the day."""
    grid = RoadGrid(lambda: night.roads)
    grid.renew(night.rules.coverage.shrink_calls)
    setting = Setting(night.city, night.rules, night.ground, night.day.begins, grid)
    incidents, order = incidents_of(night.day, night.ground)
    fleet, names = fleet_of(night.city, night.rules.send, night.ground)
    hospitals = hospital_of(night.city, night.rules, night.ground, night.day.begins)
    plan = plan_of(rival, setting, stays_of(night)[order])
    lean = simulate(incidents, fleet, on_cells(night.ground, grid), hospitals, plan)
    return lean, [names[unit] for unit in lean.served.unit.tolist()], order.tolist()


@pytest.mark.parametrize("rival", RIVALS, ids=lambda rival: rival.name)
def test_a_rival_does_the_same_on_both_paths(night: Night, rival: Rival) -> None:
    full = full_path(night, rival)
    lean, callsigns, order = lean_path(night, rival)
    hospitals = [hospital.id for hospital in night.city.hospitals]
    for number, call in enumerate(order):
        one, hospital = full.served[call], int(lean.served.hospital[number])
        assert (callsigns[number], lean.served.on_scene_s[number]) == (one.callsign, one.on_scene_s)
        assert (hospitals[hospital] if hospital >= 0 else None) == one.hospital_id
    assert lean.home_m.sum() == pytest.approx(full.driven_m["homeward"], rel=1e-4)
    assert lean.served.hospital_m.sum() == pytest.approx(full.driven_m["to_hospital"], rel=1e-4)


@pytest.mark.parametrize("rival", RIVALS, ids=lambda rival: rival.name)
def test_what_is_said_of_a_rival_makes_a_difference(enough: Night, rival: Rival) -> None:
    plain, other = lean_path(enough, Rival())[0], lean_path(enough, rival)[0]
    same = [
        np.array_equal(getattr(plain.served, each), getattr(other.served, each))
        for each in plain.served._fields
    ]
    assert not all(same) or plain.home_m.sum() != other.home_m.sum()


def told_to_drive_at_most(night: Night, longest_s: float) -> Night:
    return replace(
        night, rules=replace(night.rules, move_up=replace(night.rules.move_up, longest_s=longest_s))
    )


@pytest.mark.parametrize("longest_s", [20.0, 40.0, 60.0])
@pytest.mark.parametrize("move_up", ["dmexclp", "mended"])
def test_posts_within_the_longest_drive_are_the_same_on_both_paths(
    night: Night, move_up: MoveUpName, longest_s: float
) -> None:
    short, rival = told_to_drive_at_most(night, longest_s), Rival(move_up, move_up=move_up, pace=RUSH)
    full = full_path(short, rival)
    lean, callsigns, order = lean_path(short, rival)
    assert callsigns == [full.served[call].callsign for call in order]
    assert lean.home_m.sum() == pytest.approx(full.driven_m["homeward"], rel=1e-4)


def test_who_became_free_goes_no_farther_than_it_may_but_to_its_own_station(enough: Night) -> None:
    stations = {unit.callsign: unit.station for unit in enough.city.units}
    far = []
    for night in (enough, told_to_drive_at_most(enough, 60.0)):
        log = full_path(night, Rival(move_up="dmexclp")).log
        assert log is not None
        facts = [fact for _, fact in log.select(1, 100_000)]
        sent = [fact for fact in facts if isinstance(fact, Unit.SentToPost)]
        assert len(sent) > 30, "they go somewhere, whatever it gains"
        far.append(
            [
                each.move_up.post_id == stations[each.callsign]
                for each in sent
                if each.move_up.duration_s > 60.0
            ]
        )
    assert not all(far[0])
    assert len(far[1]) > 0
    assert all(far[1])


def test_post_moves_are_facts_of_the_log(enough: Night) -> None:
    log = full_path(enough, Rival(move_up="dmexclp")).log
    assert log is not None
    facts = [fact for _, fact in log.select(1, 100_000)]
    assert any(isinstance(fact, Unit.SentToPost) for fact in facts)
    assert not any(isinstance(fact, Unit.WentOffDuty) for fact in facts)


def test_beds_that_are_taken_want_to_know_for_how_long(enough: Night) -> None:
    with pytest.raises(ValueError, match="how long anybody stays"):
        play(enough.day, enough.city, enough.rules, enough.roads, enough.ground, Rival(beds=True))


def test_a_rival_that_says_what_nobody_knows_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="no policy is called 'nearest' for P1"):
        Rival("odd", everywhere("nearest"))
    with pytest.raises(ValueError, match="168 figures, not 2"):
        Rival("odd", pace=[1.0, 2.0])
    with pytest.raises(ValueError, match="shifts of C1 must follow"):
        Rival("odd", shifts={"C1": ((10.0, 20.0), (15.0, 30.0))})
