"""Scenarios on the river town: what is asked is what happens, on its real road times.

The one bridge leads from N to R: when it is under water, the town has two halves.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dispatch.rules import Rules
from routing import map_file
from routing.times import RoadTimes
from simulations.city_model.durations import constant
from simulations.city_model.model import (
    CallKind,
    CallTaking,
    CityModel,
    Desks,
    Hospital,
    Period,
    Place,
    Shift,
    Station,
    Times,
    Unit,
)
from simulations.city_model.week import ALL_WEEK
from simulations.experiment.replicate import Replication, Ringing
from simulations.lean.of_day import NEEDS
from simulations.scenario.models import Standing
from simulations.scenario.nearest import changed
from simulations.scenario.play import play
from simulations.scenario.scenario import (
    Casualties,
    Course,
    HospitalOpened,
    HospitalsLost,
    Isolation,
    Paper,
    Roads,
    Scenario,
    Travel,
    UnitsAdded,
    UnitsAway,
)
from simulations.scenario.stage import make_ready
from simulations.scenario.values import on_paper, values_of
from tests.river_city import river_town

TOWN = river_town()
HOUR = 3600.0
VAN = ("ALS", "BLS", "transport")
CREW = ("BLS", "transport")
COURSES = (Course("dry", {"vi": "Khô", "en": "Dry"}), Course("what-if", {"vi": "Nếu", "en": "What if"}))


@pytest.fixture(scope="module")
def roads(tmp_path_factory):
    folder = tmp_path_factory.mktemp("river")
    return RoadTimes(map_file.load(map_file.build(TOWN.write(folder, "river.osm"), folder / "maps")))


def model():
    times = Times(*(constant(seconds) for seconds in (60.0, 600.0, 300.0, 120.0, 3600.0)))
    return CityModel(
        id="river",
        name="Hai Bờ",
        timezone="Asia/Ho_Chi_Minh",
        about="",
        periods=(Period("always", ALL_WEEK),),
        places=(Place("b", TOWN.at("B"), (1.0,)),),
        kinds=(CallKind("serious", "P1", (1.0,) * 168),),
        times={"P1": times},
        transported={"P1": 1.0},
        target_s={"P1": 480, "P2": 900, "P3": 1800, "P4": 3600},
        shifts=(Shift("always", ALL_WEEK),),
        stations=(Station("south", "Nam", TOWN.at("C")), Station("north", "Bắc", TOWN.at("M"))),
        units=(Unit("C1", "van", VAN, "south", "always"), Unit("C2", "van", VAN, "north", "always")),
        turnout_s={"van": 60.0},
        hospitals=(
            Hospital("east", "Đông", TOWN.at("N"), ("general",), {"EmergencyDepartment": 9}),
            Hospital("west", "Tây", TOWN.at("L"), ("general",), {"EmergencyDepartment": 9}),
        ),
        call_taking=CallTaking(9, (Desks("always", 9),), {"P1": constant(60.0)}, constant(300.0)),
        pace=(1.0,) * 168,
    )


def stage_of(roads, *changes, city=None, **more):
    scenario = Scenario(
        id="what-if",
        question={"vi": "Có sao không?", "en": "Does it matter?"},
        explains={"vi": "Ít.", "en": "Little."},
        model="river",
        begins=date(2026, 7, 6),
        days=1,
        warm_up_hours=0.0,
        replications=3,
        seed=4,
        courses=COURSES,
        changes=tuple(replace(each, courses=("what-if",)) for each in changes),
    )
    return make_ready(replace(scenario, **more), Standing(city or model(), roads, Rules()))


def night(stage, course, replication=0):
    return play(stage, stage.courses[course], replication)


def done_of(played, stay_s=None):
    """As a file of an experiment has it."""
    rang, answers = played.opened.calls, played.opened.answers
    ringing = Ringing(rang.rang_s, rang.priority, answers.at_s, answers.fate)
    stay_s = np.zeros(0) if stay_s is None else stay_s
    return Replication(played.opened.incidents, played.served, np.zeros(0), stay_s, ringing)


def callsigns(stage, course, played):
    names = (*stage.courses[course].callsigns, None)
    return [names[unit] for unit in played.served.unit.tolist()]


def box(corner, *, east_m, west_m, north_m, south_m):
    sides = ((-west_m, -south_m), (east_m, -south_m), (east_m, north_m), (-west_m, north_m))
    return tuple((p.lat, p.lon) for p in (TOWN.at(corner, x, y) for x, y in sides))


BRIDGE = box("N", east_m=20, west_m=20, north_m=-30, south_m=70)


def test_slow_streets_hold_up_who_drives_there_in_those_hours_alone(roads):
    slow = Roads(spells=((6 * HOUR, 18 * HOUR),), inside=BRIDGE, share=0.02)
    stage = stage_of(roads, slow, city=replace(model(), units=model().units[:1]))
    dry, wet = night(stage, 0), night(stage, 1)
    hour = wet.opened.incidents.rang_s / HOUR
    inside = (hour >= 6) & (hour < 17)
    assert np.median((wet.served.on_scene_s - wet.served.sent_s)[inside]) > 2 * np.median(
        dry.served.on_scene_s - dry.served.sent_s
    )


def test_a_flood_changes_who_is_nearest(roads):
    city = model()
    city = replace(
        city,
        places=(Place("p", TOWN.at("P"), (1.0,)),),
        stations=(Station("south", "Nam", TOWN.at("C")), Station("north", "Bắc", TOWN.at("N"))),
        kinds=(CallKind("serious", "P1", (0.7,) * 168),),
    )
    between_c_and_o = box("C", east_m=60, west_m=-40, north_m=20, south_m=20)
    closed = Roads(spells=((6 * HOUR, 18 * HOUR),), inside=between_c_and_o, share=0.0)
    stage = stage_of(roads, closed, city=city)
    dry, wet = night(stage, 0), night(stage, 1)
    assert np.array_equal(dry.opened.incidents.rang_s, wet.opened.incidents.rang_s)
    opened_h = wet.opened.incidents.opened_s / HOUR
    before = opened_h < 6
    inside = (opened_h >= 6) & (opened_h < 18)
    assert callsigns(stage, 0, dry)[: before.sum()] == callsigns(stage, 1, wet)[: before.sum()]
    assert {name for name, wet_then in zip(callsigns(stage, 1, wet), inside, strict=True) if wet_then} == {
        "C2"
    }
    assert "C1" in {name for name, then in zip(callsigns(stage, 0, dry), inside, strict=True) if then}
    fleet = stage.courses[0].fleet
    assert changed(stage.columns, fleet, stage.first_places, 0, 1) == (1, 0, 0)
    assert changed(stage.columns, fleet, stage.first_places, 1, 1) == (1, 1, 0)


def test_whom_no_street_leads_to_is_reached_when_the_water_has_fallen(roads):
    closed = Roads(spells=((6 * HOUR, 9 * HOUR),), inside=BRIDGE, share=0.0)
    stage = stage_of(roads, closed, city=replace(model(), units=model().units[:1]))
    wet = night(stage, 1)
    rang_h = wet.opened.incidents.rang_s / HOUR
    cut_off = (rang_h >= 6) & (rang_h < 8.9)
    assert cut_off.any(), "the only unit is on the other bank"
    assert (wet.served.sent_s[cut_off] >= 9 * HOUR).all()
    assert wet.served.sent_s[cut_off].min() == 9 * HOUR, "though the other bank's own station reaches them"
    queue_s = wet.served.sent_s[cut_off][1:] - wet.served.clear_s[cut_off][:-1]
    assert queue_s.tolist() == pytest.approx([0.0] * len(queue_s)), "one after the other, without a break"
    assert changed(stage.columns, stage.courses[0].fleet, stage.first_places, 1, 1) == (1, 0, 1)
    assert np.isfinite(wet.served.on_scene_s).all()


def test_on_paper_the_nearest_as_the_crow_flies_is_sent_and_drives_the_real_way(roads):
    city = replace(model(), target_s={"P1": 150, "P2": 900, "P3": 1800, "P4": 3600})
    paper = Paper(spells=((6 * HOUR, 18 * HOUR),), longer_s=100.0)
    stage = stage_of(roads, paper, city=city)
    usual, lost = night(stage, 0), night(stage, 1)
    at_h = usual.opened.incidents.rang_s / HOUR
    then = (at_h >= 6.1) & (at_h < 17.9)
    sent = np.array(callsigns(stage, 1, lost))
    # B and C are 100 m apart, with the river between them.
    quiet = then & (lost.served.sent_s == lost.opened.incidents.opened_s)
    assert "C1" in set(sent[quiet].tolist())
    assert set(np.array(callsigns(stage, 0, usual))[~then].tolist()) >= {"C2"}
    first = np.flatnonzero(quiet & (sent == "C1"))[0]
    assert lost.served.on_scene_s[first] - lost.served.sent_s[first] > 60 + 60, "nine steps round"
    delay = lost.opened.incidents.opened_s - lost.opened.incidents.rang_s
    assert delay[then].tolist() == [160.0] * then.sum()
    assert delay[at_h < 5.9].tolist() == [60.0] * (at_h < 5.9).sum()
    values = values_of(stage, stage.courses[1], done_of(lost))
    late_s = np.round(lost.served.on_scene_s - lost.opened.incidents.rang_s, 3)
    assert values["late_as_shown"] != pytest.approx((late_s > 150).mean()), "all of them, on paper or not"
    assert on_paper(stage, stage.courses[1], done_of(lost)).tolist() == lost.opened.on_paper.tolist()
    assert (
        lost.opened.on_paper.sum() == ((at_h * HOUR + 60 >= 6 * HOUR) & (at_h * HOUR + 60 < 18 * HOUR)).sum()
    )


def test_on_paper_whoever_meets_the_water_turns_back_and_the_next_goes(roads):
    """C stands 100 m from B, with the river between them and the bridge under water; M is on its bank."""
    spells = ((6 * HOUR, 9 * HOUR),)
    closed = Roads(spells=spells, inside=BRIDGE, share=0.0)
    stage = stage_of(roads, closed, Paper(spells=spells, longer_s=0.0))
    known, lost = night(stage_of(roads, closed), 1), night(stage, 1)
    opened_h = lost.opened.incidents.opened_s / HOUR
    then = (opened_h >= 6) & (opened_h < 9)
    assert set(np.array(callsigns(stage, 1, lost))[then].tolist()) == {"C2"}
    assert np.isfinite(lost.served.on_scene_s).all(), "nobody drives for ever"
    first = np.flatnonzero(then)[0]
    later_s = lost.served.sent_s[first] - known.served.sent_s[first]
    assert 60.0 < later_s < 80.0, "turnout and straight on at ten metres a second"


def test_a_lost_hospital_is_passed_over_and_one_that_opens_is_used(roads):
    lost = HospitalsLost(spells=((0.0, 12 * HOUR),), hospitals=("west",))
    opened = HospitalOpened(
        spells=((12 * HOUR, 24 * HOUR),),
        id="tent",
        name="Dã chiến",
        position=TOWN.at("K"),
        specialities=("general",),
        beds={"EmergencyDepartment": 9},
    )
    stage = stage_of(roads, lost, opened)
    ids = [each.id for each in stage.model.hospitals]
    usual, changed = night(stage, 0), night(stage, 1)
    door_h = changed.served.at_hospital_s / HOUR
    taken = np.array([ids[number] for number in changed.served.hospital.tolist()])
    assert {ids[number] for number in usual.served.hospital.tolist()} == {"west"}
    assert set(taken[door_h < 11.7].tolist()) == {"east"}
    assert set(taken[door_h > 12.3].tolist()) == {"tent"}


def test_units_come_and_go_when_they_are_told_to(roads):
    away = UnitsAway(spells=((0.0, 24 * HOUR),), callsigns=("C2",))
    added = UnitsAdded(
        spells=((12 * HOUR, 24 * HOUR),),
        count=1,
        kind="van",
        capabilities=CREW,
        stations=("north",),
        turnout_s=5.0,
        called="TX",
    )
    stage = stage_of(roads, away, added)
    played = night(stage, 1)
    sent_h = played.served.sent_s / HOUR
    names = np.array(callsigns(stage, 1, played))
    assert set(names[sent_h < 12].tolist()) == {"C1"}
    assert "TX1" in set(names[sent_h >= 12].tolist())
    assert "C2" not in set(names.tolist())


def test_all_who_are_hurt_at_once_are_found_and_come_to_the_same_place(roads):
    hurt = Casualties(
        spells=((8 * HOUR, 8 * HOUR + 1),),
        at_s=8 * HOUR,
        place=TOWN.at("E"),
        priorities={"P1": 7},
        found_s=600.0,
        callers=5,
    )
    stage = stage_of(roads, hurt)
    usual, disaster = night(stage, 0), night(stage, 1)
    there = disaster.opened.incidents.place == stage.hurt_at[TOWN.at("E")]
    assert there.sum() == 7
    told_s = disaster.opened.incidents.rang_s[there]
    assert ((told_s >= 8 * HOUR) & (told_s <= 8 * HOUR + 600)).all()
    assert len(disaster.opened.calls.rang_s) == len(usual.opened.calls.rang_s) + 5
    assert np.isfinite(disaster.served.on_scene_s[there]).all()
    values = values_of(stage, stage.courses[1], done_of(disaster))
    late_s = np.round(disaster.served.on_scene_s - disaster.opened.incidents.rang_s, 3)
    assert values["late_elsewhere"] != pytest.approx((late_s > 480).mean()), "seven people and two vans"


def test_every_drive_takes_longer_in_the_hours_that_are_said_and_no_others(roads):
    slow = Travel(spells=((6 * HOUR, 12 * HOUR),), factor=3.0)
    stage = stage_of(roads, slow, days=8)  # longer than a week: the second Monday is as always
    usual, slowed = night(stage, 0), night(stage, 1)
    drive = slowed.served.on_scene_s - slowed.served.sent_s - 60.0
    home = slowed.served.scene_m == np.median(usual.served.scene_m)
    sent_h = slowed.served.sent_s / HOUR
    then = home & (sent_h >= 6) & (sent_h < 12)
    later = home & (sent_h > 13)
    assert np.median(drive[then]) == pytest.approx(3 * np.median(drive[later]), abs=0.11)
    assert drive[home & (sent_h >= 7 * 24 + 6) & (sent_h < 7 * 24 + 12)].max() < np.median(drive[then])


def test_the_same_scenario_says_the_same_again_and_another_seed_something_else(roads):
    slow = Roads(spells=((6 * HOUR, 12 * HOUR),), inside=BRIDGE, share=0.2)
    once, again = (night(stage_of(roads, slow), 1) for _ in range(2))
    assert np.array_equal(once.served.on_scene_s, again.served.on_scene_s)
    other = night(stage_of(roads, slow, seed=5), 1)
    assert not np.array_equal(other.opened.calls.rang_s, once.opened.calls.rang_s)


def with_wards(**more):
    """A town in which one of the hospitals takes in who may infect others."""
    city = model()
    east, west = city.hospitals
    west = replace(west, specialities=("general", "infectious"), beds={**west.beds, "OtherIsolation": 2})
    return replace(city, hospitals=(east, west), **more)


BEDS_TAKEN = tuple(replace(each, beds=True) for each in COURSES)
EPIDEMIC = Isolation(spells=((0.0, 24 * HOUR),), share=0.6, stay_factor=20.0)


def field_hospital(isolation):
    return HospitalOpened(
        spells=((0.0, 24 * HOUR),),
        id="tent",
        name="Dã chiến",
        position=TOWN.at("K"),
        specialities=("infectious",),
        beds={"OtherIsolation": isolation},
    )


def test_how_many_isolation_beds_a_field_hospital_has_makes_a_difference_in_an_epidemic(roads):
    found = []
    for beds in (1, 2_000):
        stage = stage_of(roads, EPIDEMIC, field_hospital(beds), city=with_wards(), courses=BEDS_TAKEN)
        played = night(stage, 1)
        done = done_of(played, played.opened.stay_s)
        ids = [each.id for each in stage.model.hospitals]
        taken = [ids[number] for number in played.served.hospital.tolist()]
        found.append((taken.count("tent"), values_of(stage, stage.courses[1], done)["no_bed"]))
    (few, without), (many, none_without) = found
    assert few < many
    assert without > none_without == 0.0


def test_who_may_infect_others_goes_where_that_is_known_and_everybody_else_where_they_always_did(roads):
    stage = stage_of(roads, EPIDEMIC, field_hospital(2_000), city=with_wards(), courses=BEDS_TAKEN)
    usual, wave = night(stage, 0), night(stage, 1)
    ids = [each.id for each in stage.model.hospitals]
    alone = wave.opened.incidents.need % (2 * len(NEEDS)) >= len(NEEDS)
    assert 0.3 < alone.mean() < 0.9
    assert "tent" not in {ids[number] for number in usual.served.hospital.tolist()}
    assert {ids[number] for number in wave.served.hospital[alone].tolist()} <= {"tent", "west"}
    assert (wave.opened.stay_s[alone] == 20 * 3600.0).all()
    assert (wave.opened.stay_s[~alone] == 3600.0).all()


def test_beds_that_other_patients_lie_in_are_not_free(roads):
    city = with_wards(kinds=(CallKind("serious", "P1", (4.0,) * 168),))
    full = replace(city, occupied={"EmergencyDepartment": 0.9})
    without = []
    for each in (city, full):
        stage = stage_of(roads, city=each, courses=BEDS_TAKEN[:1])
        played = night(stage, 0)
        done = done_of(played, played.opened.stay_s)
        without.append(values_of(stage, stage.courses[0], done)["no_bed"])
    assert without[0] < without[1]


def test_where_patients_stay_longer_beds_are_taken_longer(roads):
    city = with_wards(kinds=(CallKind("serious", "P1", (2.0,) * 168),))
    slow = replace(city, hospitals=tuple(replace(each, stay_factor=8.0) for each in city.hospitals))
    taken = []
    for each in (city, slow):
        stage = stage_of(roads, city=each, courses=BEDS_TAKEN[:1])
        ids = [each.id for each in stage.model.hospitals]
        taken.append([ids[number] for number in night(stage, 0).served.hospital.tolist()].count("west"))
    assert taken[0] > taken[1], "the near one is full more often"


def test_where_beds_are_not_taken_nobody_says_who_had_none(roads):
    stage = stage_of(roads, EPIDEMIC, city=with_wards())
    assert np.isnan(values_of(stage, stage.courses[1], done_of(night(stage, 1)))["no_bed"])


def test_every_need_in_every_state_of_the_hospitals_has_its_row(roads):
    stage = stage_of(roads, EPIDEMIC, field_hospital(2_000), city=with_wards(), courses=BEDS_TAKEN)
    beds, needs = stage.courses[1].plan.beds, stage.courses[1].fleet.able.shape[1]
    assert needs == 2 * 2 * len(NEEDS)
    assert len(beds.able) == len(beds.kind) == len(beds.age_s) == stage.hospital_of.shape[1] == needs
