"""What our own cities send to what our own cards find."""

import pytest

from dispatch.city_file import load_city
from dispatch.policies.plan_rules import ResponsePlan, Slot, plan_for
from dispatch.policies.triage import Determinant
from dispatch.protocol_file import shipped_cards, shipped_protocols
from dispatch.rules_file import load_rules
from domain.incident import HIGHEST_ALARM
from domain.values import Priority
from tests.server import ROOT

CITIES = ROOT / "cities"
PLANS = {city: load_rules(CITIES / city).plans for city in ("demo", "hcmc")}
FLEETS = {city: load_city(CITIES / city).units for city in PLANS}
NEWEST = [each for card in shipped_protocols().values() for each in card.determinants.values()]
EVER = [each for shipped in shipped_cards() for each in shipped.card.determinants.values()]

cities = pytest.mark.parametrize("city", sorted(PLANS))


def plan_of(city: str, determinant: Determinant) -> ResponsePlan:
    assert determinant.priority is not None
    return plan_for(PLANS[city], determinant.plan, determinant.code, determinant.priority)


def sent_to(city: str, code: str, alarm: int = 1) -> list[Slot]:
    plan = plan_of(city, next(each for each in NEWEST if each.code == code))
    return [slot for slot in plan.slots if slot.from_alarm <= alarm]


def roles(slots: list[Slot]) -> list[str]:
    return [slot.role for slot in slots]


@cities
def test_every_plan_that_a_card_names_is_one_of_the_citys(city):
    named = {each.plan for each in EVER if each.priority is not None}
    bare = {priority.value.lower() for priority in Priority}  # what a card is read as that names none
    assert named - bare == {each.name for each in PLANS[city].plan} & named
    assert len(named - bare) >= 14


@cities
def test_where_a_card_names_none_the_priority_has_a_plan(city):
    for priority in Priority:
        assert any(priority in each.priorities for each in PLANS[city].plan), priority


@cities
def test_whatever_is_found_somebody_carries_the_patient_who_can_do_what_is_needed(city):
    for each in NEWEST:
        if each.priority is None:
            continue
        always = [
            slot for slot in plan_of(city, each).slots if slot.when == "always" and slot.from_alarm == 1
        ]
        able = [
            slot
            for slot in always
            if slot.capabilities is None or set(each.needs.capabilities) <= set(slot.capabilities)
        ]
        assert able, f"{each.code} needs {each.needs.capabilities}"


@cities
def test_the_city_has_units_for_every_slot(city):
    for plan in PLANS[city].plan:
        for slot in plan.slots:
            wanted = set(slot.capabilities or ("BLS", "transport"))
            fitting = [
                unit
                for unit in FLEETS[city]
                if wanted <= set(unit.capabilities) and (not slot.kinds or unit.kind in slot.kinds)
            ]
            assert fitting, f"{plan.name}: {slot.en}"


@cities
def test_a_higher_alarm_adds_to_every_plan(city):
    for plan in PLANS[city].plan:
        if plan.name in ("newborn", "isolation"):
            continue
        at = {
            level: sum(slot.from_alarm <= level for slot in plan.slots)
            for level in range(1, HIGHEST_ALARM + 1)
        }
        assert at[1] < at[2] < at[3], plan.name


@cities
def test_what_a_slot_is_for_is_found_by_some_card(city):
    known = {each.code for each in NEWEST}
    for plan in PLANS[city].plan:
        for slot in plan.slots:
            assert set(slot.determinants) <= known, plan.name


@cities
def test_a_cardiac_arrest_has_an_als_van_and_whoever_can_press_the_chest_before_it(city):
    first, als, crew = sent_to(city, "cardiac_arrest")
    assert (first.kinds, first.when) == (("motorbike",), "sooner")
    assert als.capabilities == ("ALS", "transport")
    assert (crew.kinds, crew.capabilities, crew.when) == (("van",), ("BLS",), "sooner")


@cities
def test_a_neonatal_van_comes_to_the_children_that_need_one_and_to_no_other_birth(city):
    for code in ("newborn_weak", "early_birth", "birth_wrong_way"):
        assert "neonatal" in roles(sent_to(city, code)), code
    for code in ("birth", "birth_now", "eclampsia"):
        assert roles(sent_to(city, code)) == ["first_care", "carry"], code


@cities
def test_the_gravely_hurt_and_the_trapped_have_a_second_crew(city):
    assert roles(sent_to(city, "major_injury")) == ["first_care", "carry", "hands"]
    assert roles(sent_to(city, "fracture")) == ["first_care", "carry"]
    assert roles(sent_to(city, "major_injury", alarm=2))[3:] == ["more", "more"]


@cities
def test_nobody_goes_alone_on_a_motorbike_to_somebody_violent_or_for_a_transfer(city):
    for code in ("violent", "psychiatric", "transfer", "transfer_newborn"):
        assert all("motorbike" not in slot.kinds for slot in sent_to(city, code, HIGHEST_ALARM)), code
