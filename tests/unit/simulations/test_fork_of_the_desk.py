"""A fork goes by what the desk goes by at this moment: policies, moves, beds, shifts, the hour."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from msgspec.structs import replace as unit_with

from dispatch.covering import choosing
from dispatch.policies import destination, send
from dispatch.policies.choice import Asked, in_order
from dispatch.policies.fleet import Shift
from dispatch.policies.hospital_now import BedsNow
from dispatch.policies.triage import needs_of
from dispatch.rules import Rules
from domain.values import Needs, Priority, Travel
from simulations.fork.cell_ground import KINDS
from simulations.fork.futures import draw
from simulations.fork.look_ahead import LEAST, Going, late_calls, look_ahead, play
from simulations.fork.now import Lately, MovedUp, Now
from simulations.fork.standing import state_of
from simulations.fork.start import start
from simulations.fork.usual import Usual, coming
from simulations.fork.wards_of import wards_of
from simulations.hospitals import ordinary_day
from simulations.lean.beds import destination as chosen_by_kernel
from simulations.lean.columns import NOBODY, nothing_yet
from simulations.lean.run import carry_on, simulate
from simulations.rival import everywhere
from tests.unit.simulations.forked_city import (
    CERTAIN,
    NOON,
    a_city,
    chequered,
    ground_of,
    square,
    task,
    unit,
    waits,
)

SIDE = 21
TIMES = chequered(SIDE)
QUIET = Lately(1000.0, {})
CORNERS = square(0, 0), square(20, 0), square(0, 20), square(20, 20)
SHORT = replace(Rules(), coverage=replace(Rules().coverage, limit_s=100.0))
"""A hundred seconds reach ten squares, so that who stands where makes a difference."""


class Grid:
    """The live port, on the same squares."""

    stale = False
    times = TIMES

    def __init__(self, ground):
        self._ground = ground

    def cells_of(self, positions):
        return self._ground.cells_of(positions).tolist()


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    return a_city(tmp_path_factory.mktemp("city"), SIDE)


@pytest.fixture(scope="module")
def ground(city):
    return ground_of(city, TIMES)


def forked(city, ground, units, rules=SHORT, **said):
    known = {"at": NOON, "hospitals": ordinary_day(city), "waiting": (), "lately": QUIET, "stages": CERTAIN}
    now = Now(units=units, **{**known, **said})
    return start(now, city, rules, ground, TIMES["van"].cells.weights)


def first_sent(begin):
    """Who is sent to those who wait, in the order of the queue."""
    futures = draw(begin, 1, 0.001, seed=1)
    return [begin.units[i].callsign for i in play(futures, 0, futures.incidents[0]).unit if i != NOBODY]


def scattered(seed, count=8):
    chance = np.random.default_rng(seed)
    return [
        unit(f"A{i}", square(*chance.integers(0, SIDE, 2).tolist()), CORNERS[i % 4], kind=KINDS[i == 7])
        for i in range(count)
    ]


def live_choice(policy, fleet, waiting, ground, city):
    """The desk's own rule on the road times of the squares."""
    grid, column = Grid(ground), ground.columns.to_scene_s
    scene = grid.cells_of([waiting.position])[0]
    chosen = choosing(policy, fleet, grid, SHORT, NOON)
    left_s = city.targets.response_s[Priority(waiting.priority)] - (NOON - waiting.rang_at).total_seconds()
    asked = Asked(waiting.priority, waiting.needs, left_s)

    def ways(wave):
        cells = grid.cells_of([each.place for each in wave])
        kinds = [KINDS.index(each.unit.kind) for each in wave]
        return [Travel(column[kind, cell, scene], 0.0) for kind, cell in zip(kinds, cells, strict=True)]

    found, _ = send.consider(send.sift(fleet, waiting.needs, SHORT.send, NOON), ways, asked, SHORT.send, NOON)
    return in_order(found, chosen.policy.weigh(found, asked, chosen.coverage))[0][0].callsign


@pytest.mark.parametrize(
    "policy", ["closest", "closest_kept_back", "coverage_cost", "dmexclp", "preparedness"]
)
def test_a_future_sends_whom_the_desk_would_send_by_the_policy_in_force(city, ground, policy):
    others = 0
    for seed in range(40):
        fleet, priority = scattered(seed), f"P{seed % 4 + 1}"
        asks = waits("one", priority, square(seed % SIDE, 3 * seed % SIDE), 400)
        begin = forked(city, ground, fleet, waiting=[asks], policies=everywhere(policy))
        assert first_sent(begin) == [live_choice(policy, fleet, asks, ground, city)]
        others += first_sent(begin) != [live_choice("closest", fleet, asks, ground, city)]
    assert (others > 0) == (policy != "closest")


def test_each_priority_goes_by_its_own_policy(city, ground):
    fleet = scattered(3)
    mixed = {**everywhere("closest"), "P3": "dmexclp"}
    asks = [waits("one", "P2", square(9, 9)), waits("two", "P3", square(9, 10))]
    begin = forked(city, ground, fleet, waiting=asks, policies=mixed)
    first = live_choice("closest", fleet, asks[0], ground, city)
    left = [each for each in fleet if each.callsign != first]
    assert first_sent(begin) == [first, live_choice("dmexclp", left, asks[1], ground, city)]


@pytest.mark.parametrize("policy", ["closest", "dmexclp", "preparedness"])
def test_with_everybody_at_home_futures_are_the_lean_path_itself(city, ground, policy):
    fleet = [unit(f"A{i}", CORNERS[i % 4], CORNERS[i % 4]) for i in range(6)]
    begin = forked(city, ground, fleet, lately=Lately(3.0, {"P1": 12, "P3": 60}), policies=everywhere(policy))
    futures = draw(begin, 3, 2.0, seed=4)
    for number, incidents in enumerate(futures.incidents):
        whole = simulate(incidents, begin.fleet, ground.columns, begin.hospital_of, futures.plan).served
        assert len(incidents.rang_s) > 10
        for forked_column, column in zip(play(futures, number, incidents), whole, strict=True):
            assert (forked_column == column).all()


# --- beds ------------------------------------------------------------------------------------------


def hospitals_of(city, **changes):
    return [replace(each, **changes.get(each.hospital_id, {})) for each in ordinary_day(city)]


def emergency(free, staffed=5, minutes=10):
    beds = BedsNow(free, NOON - timedelta(minutes=minutes), staffed)
    return {"beds": {"EmergencyDepartment": beds, "AdultICU": BedsNow(4, None, 4)}}


NO_EMERGENCIES = {"beds": {"AdultICU": BedsNow(4, None, 4)}}
LATER = {"diverting_until": NOON + timedelta(hours=2)}
HOSPITALS = {
    "as always": {},
    "one diverts": {"bac": LATER},
    "all divert": {"bac": LATER, "nam": LATER, "dong": LATER},
    "one is full": {"bac": emergency(0)},
    "one is scarce and another counted long ago": {"bac": emergency(1), "nam": emergency(3, minutes=500)},
    "a crowd at the door": {"bac": {"waiting": 3, "inbound": 2}},
    "slow handovers": {"bac": {"handover_s": 5000.0}},
    "nobody keeps such beds": {"bac": NO_EMERGENCIES, "nam": NO_EMERGENCIES, "dong": NO_EMERGENCIES},
    "all are full": {"bac": emergency(0), "nam": emergency(0, 9), "dong": emergency(-1)},
}


@pytest.mark.parametrize("changes", HOSPITALS.values(), ids=HOSPITALS)
def test_the_first_patient_of_a_future_goes_where_the_live_rule_says(city, ground, changes):
    known = [each.id for each in city.hospitals]
    renamed = dict(zip(("bac", "nam", "dong"), known, strict=True))
    hospitals = hospitals_of(city, **{renamed[name]: said for name, said in changes.items()})
    heart = Needs(("ALS",), "AdultICU", "pci")
    asks = [waits("one", "P2", square(3, 3)), replace(waits("two", "P1", square(4, 4)), needs=heart)]
    begin = forked(city, ground, [unit("A1", CORNERS[0], CORNERS[0])], waiting=asks, hospitals=hospitals)
    futures = draw(begin, 1, 0.5, seed=1)
    wards = wards_of(begin, futures.rests, 0, 1)
    drive = ground.columns.to_hospital_s
    for column, needs in enumerate(begin.needs):
        for cell in range(0, SIDE * SIDE, 7):
            able, others = destination.sift(hospitals, needs, NOON, city.centre)
            ways = [Travel(drive[cell, known.index(each.hospital_id)], 0.0) for each in able]
            rule = destination.rank(able, ways, others, needs, SHORT.destination, NOON).hospitals
            found = chosen_by_kernel(cell, column, 1.0, ground.columns, begin.plan.beds, wards)
            assert known[found] == rule[0].hospital_id, (needs, cell)


def test_beds_are_taken_as_a_future_goes_on(city, ground):
    """Three who live beside the northern hospital, which has one bed: the others are taken elsewhere."""
    first = city.hospitals[0].id
    hospitals = hospitals_of(city, **{first: emergency(1)})
    asks = [waits(name, "P2", square(10, 1), rang) for name, rang in (("a", 90), ("b", 80), ("c", 70))]
    fleet = [unit(f"A{i}", square(10, 1), square(0, 0)) for i in range(3)]
    by_way = replace(SHORT.destination, scarce_s=0.0, doubt_s=0.0, waiting_s=0.0, inbound_s=0.0)
    rules = replace(SHORT, destination=by_way)
    begin = forked(city, ground, fleet, rules, waiting=asks, hospitals=hospitals)
    futures = draw(begin, 1, 0.001, seed=1)
    taken = play(futures, 0, futures.incidents[0]).hospital.tolist()
    assert taken[0] == 0
    assert 0 not in taken[1:]


def test_a_bed_that_is_held_for_somebody_who_stays_at_home_is_free_again(city, ground):
    """A crew on scene leaves in ten seconds, with nobody or to the hospital ten squares north."""
    first = city.hospitals[0].id
    nobody_carried = replace(CERTAIN, transported=0.0)
    serving = replace(
        task("on_scene", 590, square(10, 10), square(10, 0)), hospital_id=first
    )  # ten seconds left there
    hospitals = hospitals_of(city, **{first: {**emergency(0), "inbound": 1}})
    fleet = [unit("A1", square(10, 10), CORNERS[0], serving), unit("A2", square(10, 1), CORNERS[0])]
    begin = forked(city, ground, fleet, hospitals=hospitals, stages=nobody_carried)
    futures = draw(begin, 1, 0.001, seed=1)
    wards = wards_of(begin, futures.rests, 0, 1)
    assert wards.free[0].tolist() == begin.beds.free[0].tolist()
    assert (wards.size[0], wards.at_s[0]) == (1, pytest.approx(10.0))
    carried = forked(city, ground, fleet, hospitals=hospitals)
    futures = draw(carried, 1, 0.001, seed=1)
    wards = wards_of(carried, futures.rests, 0, 1)
    assert wards.at_s[: wards.size[0]].tolist() == pytest.approx([10 + 100, 10 + 100 + 900])


# --- who is there ----------------------------------------------------------------------------------


def test_nobody_is_sent_once_their_shift_has_ended(city, ground):
    near = unit("A1", square(10, 10), CORNERS[0])
    leaving = unit_with(near, shift=Shift(NOON - timedelta(hours=8), NOON + timedelta(minutes=5), None))
    far = unit("A2", CORNERS[3], CORNERS[3])
    begin = forked(city, ground, [leaving, far], lately=Lately(3.0, {"P2": 60}))
    futures = draw(begin, 20, 1.0, seed=2)
    late = [
        begin.units[who].callsign
        for number, incidents in enumerate(futures.incidents)
        for who, at in zip(*_sent(futures, number, incidents), strict=True)
        if who != NOBODY and at > 300
    ]
    assert late
    assert set(late) == {"A2"}


def _sent(futures, number, incidents):
    served = play(futures, number, incidents)
    return served.unit.tolist(), served.sent_s.tolist()


def test_who_serves_and_is_off_duty_is_not_sent_again(city, ground):
    serving = unit_with(
        unit("A1", square(10, 10), CORNERS[0], task("on_scene", 500, square(10, 10))), duty="off_duty"
    )
    begin = forked(city, ground, [serving], waiting=[waits("one", "P2", square(10, 10))])
    assert first_sent(begin) == []


def test_who_is_out_of_sight_is_sent_after_all_others_and_counts_for_no_coverage(city, ground):
    here = square(10, 10)
    lost = unit_with(unit("A1", here, CORNERS[0]), position_at=NOON - timedelta(minutes=30))
    far = unit("A2", CORNERS[3], CORNERS[3])
    asks = [waits("one", "P2", here), waits("two", "P2", here, 30)]
    assert first_sent(forked(city, ground, [lost, far], waiting=asks)) == ["A2", "A1"]
    begin = forked(city, ground, [lost, far], policies=everywhere("dmexclp"))
    counts = begin.plan.cover.counts[begin.fleet.kind]
    assert counts.tolist() == [False, True]


def test_who_never_reported_is_counted_from_its_station_and_who_has_none_is_left_out(city, ground):
    silent = unit_with(unit("A1", CORNERS[0], CORNERS[1]), position=None, position_at=None)
    begin = forked(city, ground, [silent, unit_with(silent, callsign="A2", station=None)])
    assert [each.callsign for each in begin.units] == ["A1"]
    assert ground.places[begin.cell[0]] == CORNERS[1]


def test_who_is_free_off_the_map_is_asked_once_it_is_home(city, ground):
    away = square(-100, 0)  # 100 squares west of its station, 10.9 km: with a third more 1,419 s at 36 km/h
    begin = forked(city, ground, [unit("A1", away, CORNERS[0])], off_map=frozenset({away}))
    assert begin.returns_s[0] == pytest.approx(1419, abs=3)
    assert not begin.may_go("A1")
    begin = forked(
        city,
        ground,
        [unit("A1", away, CORNERS[0])],
        off_map=frozenset({away}),
        waiting=[waits("one", "P2", CORNERS[0])],
    )
    futures = draw(begin, 1, 0.001, seed=1)
    assert play(futures, 0, futures.incidents[0]).sent_s[0] == begin.returns_s[0]
    nowhere = forked(city, ground, [unit("A1", away, away)], off_map=frozenset({away}))
    assert nowhere.units == ()


# --- moves -----------------------------------------------------------------------------------------


def test_who_was_told_to_wait_at_a_post_waits_there(city, ground):
    post = city.stations[3]
    moved = MovedUp(post={"A1": post.id}, moves={"A1": 2})
    begin = forked(city, ground, [unit("A1", CORNERS[0], CORNERS[0])], moved_up=moved)
    futures = draw(begin, 1, 1.0, seed=1)
    wards = wards_of(begin, futures.rests, 0, 0)
    state = state_of(futures.there, futures.incidents[0], np.zeros(1), begin.cell, wards)
    assert state.where.towards.tolist() == [3]
    assert (state.post.tolist(), state.moves.tolist()) == ([3], [2])


def test_a_desk_that_makes_the_moves_it_is_shown_makes_them_in_its_futures(city, ground):
    """All vans in one corner, a call there: where moves are made somebody has gone to another corner."""
    fleet = [unit(f"A{i}", CORNERS[0], CORNERS[0]) for i in range(4)]

    def bound(mends):
        begin = forked(
            city, ground, fleet, waiting=[waits("one", "P2", CORNERS[0])], moved_up=MovedUp(mends=mends)
        )
        futures = draw(begin, 1, 0.001, seed=1)
        wards = wards_of(begin, futures.rests, 0, 1)
        state = state_of(futures.there, futures.incidents[0], np.zeros(4), begin.cell, wards)
        carry_on(
            futures.incidents[0],
            begin.fleet,
            ground.columns,
            begin.hospital_of,
            futures.plan,
            nothing_yet(1),
            state,
        )
        return (state.post != -1).sum()

    assert bound(False) == 0
    assert bound(True) > 0


# --- the hour of the week --------------------------------------------------------------------------

BUSY_FROM_19 = tuple(10.0 if hour % 24 < 19 else 40.0 for hour in range(168))
"""Local clocks: noon by Greenwich is 19 o'clock in Ho Chi Minh City."""


def test_the_rate_of_the_next_hour_is_that_of_its_hour_of_the_week_at_the_level_of_late():
    here = NOON.replace(hour=18, minute=30)
    usual = Usual({"P2": BUSY_FROM_19}, (1.0,) * 168)
    law = coming(Lately(3.0, {"P2": 60}), usual, here, 1.0)
    # 30 were expected in three hours and 60 came: (10 + 60) / (10 + 30); 5 until seven, 20 after it
    assert law.mean == pytest.approx(70 / 40 * 25)
    assert law.edges_s.tolist() == [0, 1800, 3600]
    assert law.share.tolist() == pytest.approx([0, 0.2, 1])
    assert law.mix.tolist() == pytest.approx([0, 1, 0, 0])


def test_calls_ring_in_the_busy_half_of_the_hour(city, ground):
    usual = Usual({"P2": BUSY_FROM_19, "P4": (5.0,) * 168}, (1.0,) * 168)
    moment = NOON - timedelta(minutes=30)  # half past six in the evening there
    begin = forked(
        city,
        ground,
        [unit("A1", CORNERS[0], CORNERS[0])],
        at=moment,
        lately=Lately(3.0, {"P2": 45}),
        usual=usual,
    )
    futures = draw(begin, 200, 1.0, seed=3)
    rang = np.concatenate([each.rang_s for each in futures.incidents])
    early, late = (rang < 1800).sum() / 200, (rang >= 1800).sum() / 200
    assert early == pytest.approx(7.5, rel=0.15)
    assert late == pytest.approx(22.5, rel=0.1)


def test_drives_take_what_the_hour_to_come_has_them_take(city, ground):
    pace = tuple(1.5 if hour % 24 < 19 else 3.0 for hour in range(168))
    usual = Usual({"P2": BUSY_FROM_19}, pace)
    moment = NOON - timedelta(minutes=1)
    fleet = [unit_with(unit("A1", CORNERS[0], CORNERS[0]), position_at=moment)]
    begin = forked(city, ground, fleet, at=moment, usual=usual, lately=Lately(1.0, {"P2": 80}))
    assert begin.plan.pace.multiple[int(begin.plan.pace.begins_s // 3600)] == 1.0
    futures = draw(begin, 30, 1.0, seed=3)
    checked = 0
    for number, incidents in enumerate(futures.incidents):
        served = play(futures, number, incidents)
        first = int(np.argmin(served.sent_s))
        if 60 <= served.sent_s[first] < np.inf:
            way_s = ground.columns.to_scene_s[0, begin.cell[0], incidents.place[first]]
            took_s = served.on_scene_s[first] - served.sent_s[first] - begin.fleet.turnout_s[0]
            assert took_s == pytest.approx(2 * way_s, abs=0.1)
            checked += 1
    assert checked > 10


# --- so many as fit in -----------------------------------------------------------------------------


def test_no_more_futures_are_played_than_there_is_time_for_and_never_fewer_than_the_least(city, ground):
    fleet = [unit("A1", CORNERS[0], CORNERS[0]), unit("A2", CORNERS[3], CORNERS[3])]
    begin = forked(
        city, ground, fleet, waiting=[waits("one", "P2", CORNERS[0])], lately=Lately(3.0, {"P2": 30})
    )
    futures = draw(begin, 60, 1.0, seed=3)
    going = [Going("A1", 10.0), Going("A2", 400.0)]
    whole = look_ahead(futures, "one", going)
    assert whole.futures == 60
    assert look_ahead(futures, "one", going, lambda: True).futures == LEAST
    answers = iter([False] * (LEAST + 8) + [True])
    cut = look_ahead(futures, "one", going, lambda: next(answers))
    assert cut.futures == LEAST + 9
    fewer = look_ahead(draw(begin, LEAST + 9, 1.0, seed=3), "one", going)
    assert cut == fewer


def test_late_calls_of_a_fork_are_those_of_its_plan(city, ground):
    """The policy matters: with another one other calls are late."""
    fleet, lately = scattered(5), Lately(3.0, {"P1": 30, "P3": 60})
    by = {
        policy: late_calls(
            draw(forked(city, ground, fleet, lately=lately, policies=everywhere(policy)), 40, 1.0, seed=1)
        )
        for policy in ("closest", "dmexclp", "preparedness")
    }
    assert all(one != other for one, other in pairwise(by.values()))


def test_needs_of_who_is_served_are_known_beside_those_of_who_waits(city, ground):
    serving = unit("A1", CORNERS[0], CORNERS[0], task("on_scene", 10, CORNERS[0]))
    strange = replace(serving.task, needs=Needs(("ALS", "isolation"), None, None))
    begin = forked(city, ground, [unit_with(serving, task=strange)])
    assert begin.needs[:4] == tuple(needs_of(f"P{i}") for i in range(1, 5))
    assert strange.needs in begin.needs
