"""A stored decision made again: the same letters, or which of them differ."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from dispatch import inputs
from dispatch.advise import BY_TIME, Choosing, Need, advise
from dispatch.city_file import load_city
from dispatch.covering import choosing_again
from dispatch.explain import why
from dispatch.inputs import CannotRead
from dispatch.override_report import override_report
from dispatch.policies.coverage import CoverageNow, UnitCover
from dispatch.policies.fleet import Task
from dispatch.policies.hospital_now import BedsNow
from dispatch.policies.named import NAMES, PolicyRules
from dispatch.policies.plan_rules import PlanRules
from dispatch.replay import replay, stored_letters, traffic_at
from dispatch.rules import Rules
from dispatch.rules_file import load_rules
from domain.decision import Decision
from domain.letters import Letters
from domain.roads import Roads
from domain.traffic import Closure, Stretch
from domain.values import Needs, OnStreet, Position
from tests.builders import NOON, Room, a_desk, a_hospital_now, a_unit_now, an_act, an_id, minutes
from tests.fakes import FakeRoads, StillPicture

HCMC = Path(__file__).parents[3] / "cities" / "hcmc"
SCENE, NEAR, FAR = Position(10.78, 106.70), Position(10.781, 106.70), Position(10.79, 106.70)
FLEET = (
    a_unit_now("C1", position=FAR),
    a_unit_now("C2", position=OnStreet(10.788, 106.70, "drawn-1", 12, 3.25, -1, 0.123456789)),
    a_unit_now("C3", duty="off_duty"),
    a_unit_now("M1", kind="motorbike", capabilities=("BLS", "motorbike"), position=NEAR),
)


def letters_of(chosen: Choosing = BY_TIME) -> str:
    need = Need("incident", SCENE, Needs(), "P1", 3, 2, "injury", None, 480.0)
    picture = StillPicture(FLEET, (a_hospital_now("near", position=NEAR),))
    desk = a_desk()
    return advise(need, picture, desk, NOON, an_id("decision"), chosen).written(desk).letters().text


def on_coverage(policy: str) -> Choosing:
    """A policy as the desk chooses it, with figures that no grid is needed for."""
    units = {"C1": UnitCover(0.7512, 0.1 / 3, 2.5), "C2": UnitCover(0.9, 0.0, 2.75)}
    coverage = CoverageNow(420.0, 0.9134, 2 / 3, 2, units, 2.75, "free-flow", True)
    inputs = {"policy": policy, "rules": msgspec.to_builtins(PolicyRules()), "coverage": coverage.inputs()}
    return choosing_again(json.loads(json.dumps(inputs)))


def test_the_same_letters_come_out_again():
    letters = letters_of()
    found = replay(an_id("decision"), letters, a_desk(), FakeRoads())
    assert (found.same, found.letters, found.differences) == (True, len(letters), ())
    assert (found.map_version, found.traffic_version) == ("drawn-1", "free-flow")


@pytest.mark.parametrize("policy", NAMES)
def test_under_every_policy_the_same_letters_come_out_again(policy):
    letters = letters_of(on_coverage(policy))
    assert f'"policy":"{policy}"' in letters
    assert replay(an_id("decision"), letters, a_desk(), FakeRoads()).same


@pytest.mark.parametrize("policy", NAMES)
def test_inputs_that_are_read_are_written_with_the_same_letters(policy):
    stored = letters_of(on_coverage(policy))
    read = inputs.read(json.loads(stored))
    again = inputs.told(read.need, read.fleet, read.hospitals, read.rules, read.choosing)
    assert stored.endswith(f',"inputs":{msgspec.json.encode(again).decode()}}}')


def test_what_a_hospital_tells_between_two_decisions_stands_in_the_second():
    need, near = Need("incident", SCENE, Needs(), "P1", 1, 1, None, None, 480.0), a_hospital_now("near")
    other, crowded = a_hospital_now("other"), replace(near, waiting=7)
    seen = (near, other), (near, other), (crowded, other), (other, crowded), (other,), (), (near, other)
    for hospitals in seen:
        told = json.loads(msgspec.json.encode(inputs.told(need, FLEET, hospitals, a_desk().rules, {})))
        names = [row[inputs.HOSPITAL.index("hospital_id")] for row in told["hospitals"]]
        waiting = [row[inputs.HOSPITAL.index("waiting")] for row in told["hospitals"]]
        assert names == [each.hospital_id for each in hospitals]
        assert waiting == [each.waiting for each in hospitals]


def test_a_decision_of_the_format_before_comes_out_again_in_its_own_letters():
    letters = (Path(__file__).parent / "decision_of_format_2.json").read_text(encoding="utf-8")
    assert '"coverage":[0.9134,0.7512]' in letters
    assert replay(an_id("decision"), letters, a_desk(), FakeRoads()).same


def test_a_decision_that_held_every_plan_and_every_bed_comes_out_again_in_its_own_letters():
    letters = (Path(__file__).parent / "decision_of_format_6.json").read_text(encoding="utf-8")
    held = json.loads(letters)["inputs"]
    assert len(held["rules"]["plans"]["plan"]) > 1
    assert [sorted(row[inputs.BEDS]) for row in held["hospitals"]] == [
        ["AdultICU", "EmergencyDepartment"],
        ["Burn", "EmergencyDepartment"],
    ]
    assert replay(an_id("decision"), letters, a_desk(), FakeRoads()).same


@pytest.mark.parametrize("kind", ["EmergencyDepartment", "AdultICU", None])
@pytest.mark.parametrize(("name", "determinant"), [("arrest", None), (None, "cardiac_arrest"), (None, None)])
def test_what_is_stored_holds_the_plan_and_the_beds_that_were_wanted_and_no_other(kind, name, determinant):
    beds = {"EmergencyDepartment": BedsNow(4, NOON, 9), "AdultICU": BedsNow(1, None, 3)}
    hospitals = (a_hospital_now("near", position=NEAR, beds=beds), a_hospital_now("other", position=FAR))
    need = Need("incident", SCENE, Needs(bed_kind=kind), "P2", 1, 1, determinant, name, 480.0)
    desk = a_desk(rules=load_rules(HCMC, load_city(HCMC).targets))
    letters = (
        advise(need, StillPicture(FLEET, hospitals), desk, NOON, an_id("decision")).written(desk).letters()
    )
    held = letters.read()["inputs"]
    (plan,) = held["rules"]["plans"]["plan"]
    assert plan["name"] == letters.read()["plan"]["name"]
    assert [list(row[inputs.BEDS]) for row in held["hospitals"]] == [
        [kind] if kind in each.beds else [] for each in hospitals
    ]
    assert replay(an_id("decision"), letters.text, a_desk(), FakeRoads()).same


def test_a_city_that_has_no_plan_for_it_is_asked_for_one_unit_again():
    need = Need("incident", SCENE, Needs(), "P2", 1, 1, None, None, 480.0)
    desk = a_desk(rules=Rules(plans=PlanRules(plan=())))
    letters = advise(need, StillPicture(FLEET, ()), desk, NOON, an_id("decision")).written(desk).letters()
    assert letters.read()["inputs"]["rules"]["plans"]["plan"] == []
    assert replay(an_id("decision"), letters.text, a_desk(), FakeRoads()).same


def test_advice_of_before_there_was_a_last_resort_still_names_no_hospital():
    need = Need("incident", SCENE, Needs(speciality="burns"), "P1", 3, 2, "injury", None, 480.0)
    picture = StillPicture(FLEET, (a_hospital_now("near", position=NEAR),))
    ((before, is_same), (now, _)) = [
        (letters, replay(an_id("decision"), letters, a_desk(), FakeRoads()).same)
        for letters in (
            advise(need, picture, a_desk(), NOON, an_id("decision"), BY_TIME, last_resort)
            .written(a_desk())
            .letters()
            .text.replace('"format":7', f'"format":{7 if last_resort else 3}')
            for last_resort in (False, True)
        )
    ]
    assert is_same
    assert '"hospitals":[],"hospitals_rejected":[{' in before
    assert '"flags":["all_lack"]' in now


def test_advice_that_forgot_who_was_on_the_way_comes_out_again_as_it_was():
    need = Need("incident", SCENE, Needs(("BLS", "transport")), "P1", 1, 1, "injury", None, 480.0)
    task = Task("run-9", "incident", "P1", need.needs, SCENE, "en_route", NOON)
    fleet = (
        a_unit_now("C9", position=NEAR, incident_number=7, task=task),
        a_unit_now("C1", position=FAR),
        a_unit_now("M1", kind="motorbike", capabilities=("BLS", "motorbike"), position=NEAR),
    )
    picture = StillPicture(fleet, ())
    for number, asked in ((4, ["first_care", "carry"]), (7, ["carry"])):
        desk = a_desk()
        advice = advise(need, picture, desk, NOON, an_id("decision"), reckon_serving=number == 7)
        letters = advice.written(desk).letters().text.replace('"format":7', f'"format":{number}')
        assert [slot["role"] for slot in json.loads(letters)["plan"]["slots"]] == asked
        assert replay(an_id("decision"), letters, desk, FakeRoads()).same


def test_who_is_on_the_way_and_sends_no_position_is_reckoned_from_its_station():
    """Else a motorbike was asked for at once: it is sooner than the van that stayed behind."""
    need = Need("incident", SCENE, Needs(("BLS", "transport")), "P1", 1, 1, "injury", None, 480.0)
    task = Task("run-9", "incident", "P1", need.needs, SCENE, "assigned", NOON)
    fleet = (
        a_unit_now("C9", position=None, position_at=None, station=NEAR, incident_number=7, task=task),
        a_unit_now("C1", position=FAR),
        a_unit_now("M1", kind="motorbike", capabilities=("BLS", "motorbike"), position=NEAR),
    )
    for number, asked in ((5, ["first_care", "carry"]), (7, ["carry"])):
        desk = a_desk()
        picture = StillPicture(fleet, ())
        advice = advise(need, picture, desk, NOON, an_id("decision"), reckon_unseen=number == 7)
        letters = advice.written(desk).letters().text.replace('"format":7', f'"format":{number}')
        assert [slot["role"] for slot in json.loads(letters)["plan"]["slots"]] == asked
        assert replay(an_id("decision"), letters, desk, FakeRoads()).same


def test_what_was_changed_afterwards_is_named():
    stored = json.loads(letters_of())
    stored["units"][0]["eta_s"] += 1.0
    found = replay(an_id("decision"), json.dumps(stored), a_desk(), FakeRoads())
    assert not found.same
    (difference,) = found.differences
    assert difference.place == "units.0.eta_s"
    assert difference.stored == difference.again + 1.0


def test_another_road_shows_in_every_value_it_touches():
    found = replay(an_id("decision"), letters_of(), a_desk(), FakeRoads(islands={FAR}))
    assert not found.same
    assert "units.1" in {each.place for each in found.differences}


def test_a_decision_of_an_older_version_is_refused_in_a_sentence():
    old = Decision(
        decision_id=an_id(), incident_id=an_id(), run_id=an_id(), advice={"units": []}, act=an_act()
    )
    with pytest.raises(CannotRead, match="older version"):
        stored_letters(old)
    with pytest.raises(CannotRead, match="another version"):
        replay(
            an_id(), json.dumps({"at": NOON.isoformat(), "inputs": {"positions": {}}}), a_desk(), FakeRoads()
        )


def test_the_traffic_of_any_change_is_read_from_the_log():
    desk = a_desk()
    roads = Roads(city_id="letters", act=an_act())
    for number in (1, 2):
        stretch = Stretch("point", ((10.78 + number / 1000, 106.7),))
        closure = Closure(an_id(number), stretch, "ngập", until=NOON + timedelta(hours=1))
        roads.close(closure, an_act())
        desk.log.record(roads)
        roads = desk.log.roads("letters")
    assert [len(traffic_at(desk.log, change).closures) for change in (0, 1, 2)] == [0, 1, 2]
    with pytest.raises(CannotRead, match="no change 3"):
        traffic_at(desk.log, 3)


def test_why_not_is_answered_for_ranked_and_rejected_alike():
    told = json.loads(letters_of())
    assert why(told, "nobody") is None
    first, second = why(told, "C2"), why(told, "C1")
    assert (first["rank"], first["behind_s"]) == (1, None)
    assert (second["rank"], second["first"]) == (2, "C2")
    assert second["behind_s"] == round(told["units"][1]["score"] - told["units"][0]["score"], 1)
    assert any(line.startswith("on the road: +") for line in second["en"])
    assert why(told, "C3")["vi"][0] == "C3 không được chọn: không trực"
    assert any("motorbike for first care" in line for line in why(told, "M1")["en"])


def test_the_report_counts_overrides_of_a_stretch_of_time_by_reason_and_by_dispatcher():
    room = Room(units=("C1", "C2"))
    decision = Decision(
        decision_id=an_id(), incident_id=an_id(), run_id=an_id(), advice=Letters.of("{}"), act=an_act()
    )
    said = [
        ("an", 1, "road", 30.0),
        ("an", 2, "road", None),
        ("binh", 3, "other", -5.0),
        ("binh", 90, "road", 9.0),
    ]
    for actor, minute, code, seconds in said:
        decision.override(
            incident_number=7, priority="P2", run_id=an_id(), callsign="C2", instead="C1", code=code,
            reason=code, given_up_s=seconds, act=replace(an_act(minutes(minute)), actor=actor),
        )  # fmt: skip
    room.log.record(decision)
    report = override_report(room.log, NOON, minutes(60))
    assert (report["count"], report["given_up_s"]) == (3, 25.0)
    assert [(row["name"], row["count"], row["given_up_s"]) for row in report["by_reason"]] == [
        ("road", 2, 30.0),
        ("other", 1, -5.0),
    ]
    assert [(row["name"], row["count"]) for row in report["by_dispatcher"]] == [("an", 2), ("binh", 1)]
    assert [row["at"] for row in report["overrides"]] == sorted(row["at"] for row in report["overrides"])
