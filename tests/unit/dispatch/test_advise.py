"""Advice asks the roads little, and can be explained long after."""

import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import msgspec

from dispatch import inputs
from dispatch.advise import Advice, Need, WrittenAdvice, advise
from dispatch.desk import Desk
from dispatch.policies.destination import BedsNow
from dispatch.policies.send import SendRules
from dispatch.rules import Rules
from domain.values import Needs, Position
from tests.builders import HERE, NOON, a_desk, a_hospital_now, a_unit_now, an_id, minutes
from tests.fakes import FakeRoads, StillPicture

SCENE = Position(10.78, 106.70)
NEAR, FAR = Position(10.781, 106.70), Position(10.79, 106.70)
FLEET = (
    a_unit_now("C1", position=FAR),
    a_unit_now("C2", position=NEAR),
    a_unit_now("C3", duty="off_duty"),
    a_unit_now("C4", position_at=minutes(-10)),
    a_unit_now("M1", kind="motorbike", position=NEAR),
    a_unit_now("M2", kind="motorbike", position=FAR),
)
HOSPITALS = (
    a_hospital_now("near", position=NEAR),
    a_hospital_now("far", position=FAR),
    a_hospital_now("full", beds={"EmergencyDepartment": BedsNow(0, NOON)}),
)


def advice_for(needs: Needs, desk: Desk, fleet=FLEET, hospitals=HOSPITALS) -> Advice:
    need = Need(str(an_id("incident")), SCENE, needs)
    return advise(need, StillPicture(fleet, hospitals), desk, NOON, an_id("decision"))


def test_roads_are_asked_once_a_profile_and_only_for_those_who_could_go():
    roads = FakeRoads()
    advice_for(Needs(("BLS",)), a_desk(roads=roads))
    assert sorted(roads.asked) == [
        ("from_scene", "van", 2),
        ("to_scene", "motorbike", 2),
        ("to_scene", "van", 2),
    ]


def test_nobody_on_duty_asks_no_road_to_the_scene():
    roads = FakeRoads()
    fleet = [msgspec.structs.replace(unit, duty="off_duty") for unit in FLEET]
    advice = advice_for(Needs(("neonatal",)), a_desk(roads=roads), fleet)
    assert [question for question in roads.asked if question[0] == "to_scene"] == []
    assert len(advice.units.rejected) == len(FLEET)


def test_units_and_hospitals_come_soonest_first():
    advice = advice_for(Needs(), a_desk())
    assert [row.callsign for row in advice.units.units] == ["C2", "C1"]
    assert [row.hospital_id for row in advice.hospitals.hospitals] == ["near", "far"]
    assert [row.callsign for row in advice.units.rejected] == ["C3", "C4", "M1", "M2"]


def test_a_unit_on_an_island_is_rejected():
    advice = advice_for(Needs(), a_desk(roads=FakeRoads(islands={NEAR})))
    assert "no_way" in {row.code for row in advice.units.rejected if row.callsign == "C2"}
    assert [row.hospital_id for row in advice.hospitals.hospitals] == ["far"]


def test_the_time_of_a_unit_is_found_by_callsign_and_by_id():
    advice = advice_for(Needs(), a_desk())
    soonest = advice.units.units[0]
    written = advice.written(a_desk())
    assert written.eta_of("C2") == written.eta_of(soonest.unit_id) == soonest.eta_s + 60.0  # the turnout
    assert written.eta_of("C3") is None


def test_the_same_picture_gives_the_same_advice_to_the_letter():
    one, other = (advice_for(Needs(), a_desk(), fleet=FLEET).written(a_desk()) for _ in range(2))
    assert (one.answer, one.inputs) == (other.answer, other.inputs)


def test_what_is_stored_is_what_was_answered_and_what_made_it():
    written = advice_for(Needs(), a_desk()).written(a_desk())
    stored = written.letters().read()
    assert {name: said for name, said in stored.items() if name != "inputs"} == json.loads(written.answer)
    assert stored["inputs"] == json.loads(written.inputs)
    (row,) = [row for row in stored["inputs"]["units"] if "C1" in row]
    assert [FAR.lat, FAR.lon] in row
    assert NOON.isoformat() in row


def test_stored_advice_explains_itself_without_the_world_around_it():
    desk = replace(a_desk(), rules=Rules(send=SendRules(stale_after_s=90.0)))
    stored = advice_for(Needs(("ALS", "transport"), None, "trauma"), desk).written(desk).letters().read()
    assert (stored["map_version"], stored["traffic_version"]) == ("drawn-1", "free-flow")
    assert stored["needs"] == {
        "capabilities": ["ALS", "transport"],
        "bed_kind": None,
        "speciality": "trauma",
    }
    everyone = [row["callsign"] for row in stored["units"] + stored["rejected"]]
    assert sorted(everyone) == [unit.callsign for unit in FLEET]
    again = made_again(stored)
    assert again.letters().read() == stored
    twin = advice_for(Needs(("ALS", "transport"), None, "trauma"), desk)
    assert again.letters() == twin.written(desk).letters()


def made_again(stored: dict) -> WrittenAdvice:
    """The advice worked out anew from what was stored alone; the roads are those of the map."""
    found = inputs.read(stored)
    desk = replace(a_desk(), rules=found.rules)
    at = datetime.fromisoformat(stored["at"])
    return advise(found.need, found, desk, at, UUID(stored["decision_id"])).written(desk)


def test_a_city_without_units_or_hospitals_gets_empty_advice():
    advice = advice_for(Needs(), a_desk(), (), ())
    written = advice.written(a_desk())
    assert written.letters().read()["units"] == []
    assert written.eta_of("C1") is None


def test_a_unit_without_position_is_named_among_the_rejected_and_has_none_in_what_is_stored():
    advice = advice_for(Needs(), a_desk(), (a_unit_now("C1", position=None), a_unit_now("C2", position=HERE)))
    assert [row.code for row in advice.units.rejected] == ["no_position"]
    found = inputs.read(advice.written(a_desk()).letters().read())
    assert [unit.position for unit in found.fleet] == [None, HERE]
