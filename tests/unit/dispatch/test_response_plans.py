"""Plans are filled by who is on the way and who should go; what is short says why; swaps show their cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import msgspec
import pytest

from dispatch.policies.arriving import arriving_s
from dispatch.policies.choice import Asked, Candidate
from dispatch.policies.fleet import Task, UnitNow
from dispatch.policies.override import OverrideRules, as_good, code_of, passed_over
from dispatch.policies.plan_rules import SHIPPED, PlanRules, ResponsePlan, Slot, plan_for
from dispatch.policies.plans import Sized, fill, in_alley
from dispatch.policies.send import SendRules
from dispatch.policies.swaps import swaps
from domain.values import Needs, Position, Travel
from tests.builders import HERE, NOON, a_unit_now, minutes

BLS = Needs(("BLS", "transport"))
RULES = PlanRules()
LIFE_THREAT, URGENT, SINGLE = SHIPPED


def who(callsign: str, seconds: float, gap_m: float = 0.0, **other) -> Candidate:
    if callsign.startswith("M"):
        other = {"kind": "motorbike", "capabilities": ("BLS", "motorbike"), **other}
    return Candidate(
        a_unit_now(callsign, **other), Travel(seconds, 10 * seconds, to_gap_m=gap_m), seconds, 60.0
    )


def filled(plan: ResponsePlan, candidates: Sequence[Candidate], serving: Sequence[UnitNow] = (), **size):
    ordered = sorted(candidates, key=lambda each: each.arrival_s)
    sized = Sized(BLS, size.get("patients", 1), size.get("alarm_level", 1))
    fleet = [each.unit for each in candidates] + list(serving)
    return fill(plan, sized, ordered, fleet, serving, RULES, in_alley(candidates, 25.0))


def chosen(plan) -> list[str | None]:
    return [slot.unit.callsign if slot.unit else None for slot in plan.slots]


@pytest.mark.parametrize(("patients", "vans"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_one_van_for_every_two_patients(patients, vans):
    plan = filled(SINGLE, [who(f"C{n}", 100 + n) for n in range(1, 6)], patients=patients)
    assert chosen(plan) == [f"C{n}" for n in range(1, vans + 1)]
    assert plan.complete


def test_no_unit_fills_two_slots_and_what_is_short_says_why():
    plan = filled(SINGLE, [who("C1", 100)], [], patients=4)
    assert chosen(plan) == ["C1", None]
    assert not plan.complete
    (short,) = plan.shortfalls
    assert short.en == "ambulance: none left of 1 (1 sent elsewhere in this plan or out of reach)"


def test_who_is_busy_or_off_duty_is_counted_in_the_shortfall():
    others = [a_unit_now("C2", incident_number=3), a_unit_now("C3", duty="off_duty")]
    plan = fill(SINGLE, Sized(BLS, 1, 1), [], others, [], RULES, False)
    assert plan.shortfalls[0].en == "ambulance: none left of 2 (1 busy, 1 off duty)"
    assert plan.shortfalls[0].vi == "xe cứu thương: không còn trong 2 (1 đang bận, 1 không trực)"


def test_who_is_on_the_way_fills_its_slot():
    task = Task("run-1", "it", "P2", BLS, HERE, "en_route", NOON)
    van = a_unit_now("C9", incident_number=7, task=task)
    plan = filled(SINGLE, [who("C1", 100)], [van], patients=3)
    assert [slot.filled_by for slot in plan.slots] == ["C9", None]
    assert plan.slots[0].filled_by_run == "run-1"
    assert chosen(plan) == [None, "C1"]


@pytest.mark.parametrize(("arrives_s", "goes"), [(0, False), (199, False), (260, True)])
def test_a_motorbike_must_be_sooner_than_the_van_on_the_way_too(arrives_s, goes):
    task = Task("run-1", "it", "P1", BLS, HERE, "en_route", NOON)
    van = a_unit_now("C9", incident_number=7, task=task)
    further = [who("M1", 140), who("C1", 900)]
    ordered = sorted(further, key=lambda each: each.arrival_s)
    fleet = [*(each.unit for each in further), van]
    plan = fill(LIFE_THREAT, Sized(BLS, 1, 1), ordered, fleet, [van], RULES, False, {"C9": float(arrives_s)})
    assert chosen(plan) == (["M1", None] if goes else [None])
    assert plan.slots[-1].filled_by == "C9"


@pytest.mark.parametrize(
    ("milestone", "since_s", "expected"),
    [
        ("assigned", 0, 160.0),
        ("accepted", 50, 110.0),
        ("assigned", 400, 100.0),
        ("en_route", 0, 100.0),
        ("on_scene", 0, 0.0),
    ],
)
def test_who_serves_is_there_after_the_rest_of_the_turnout_and_the_drive(milestone, since_s, expected):
    task = Task("run-1", "it", "P1", BLS, HERE, milestone, NOON - timedelta(seconds=since_s))
    van = a_unit_now("C9", incident_number=7, task=task)
    rules = SendRules(turnout_s={"van": 60.0})
    assert arriving_s([van], [Travel(100.0, 900.0)], rules, NOON) == {"C9": expected}
    lost = arriving_s([van], [None], rules, NOON)
    assert lost == ({"C9": 0.0} if milestone == "on_scene" else {})


@pytest.mark.parametrize(("level", "count"), [(1, 1), (2, 2), (3, 4)])
def test_the_alarm_level_adds_units(level, count):
    plan = filled(URGENT, [who(f"C{n}", 100 + n) for n in range(1, 7)], alarm_level=level)
    assert len(plan.slots) == count


@pytest.mark.parametrize(("saved_s", "goes"), [(59, False), (60, True)])
def test_for_a_life_a_motorbike_goes_first_where_it_saves_a_minute(saved_s, goes):
    plan = filled(LIFE_THREAT, [who("C1", 200), who("M1", 200 - saved_s)])
    assert chosen(plan) == (["M1", "C1"] if goes else ["C1"])


def test_in_an_alley_the_motorbike_goes_first_whatever_it_saves():
    candidates = [who("C1", 100, gap_m=80), who("M1", 190, gap_m=3)]
    assert in_alley(candidates, 25.0)
    assert chosen(filled(URGENT, candidates)) == ["M1", "C1"]
    assert [slot.unit.on_foot_m for slot in filled(URGENT, candidates).slots] == [3, 80]


def test_a_scene_that_lies_far_from_every_street_is_no_alley():
    assert not in_alley([who("C1", 100, gap_m=80), who("M1", 100, gap_m=70)], 25.0)
    assert not in_alley([who("C1", 100, gap_m=80)], 25.0)


def test_the_soon_free_are_part_of_no_plan():
    soon = msgspec.structs.replace(who("C1", 10), free_in_s=60.0)
    assert chosen(filled(SINGLE, [soon, who("C2", 500)])) == ["C2"]


def test_a_plan_is_found_by_name_then_determinant_then_priority():
    arrest = ResponsePlan(
        "arrest", (Slot("als", "ALS van", "xe ALS", ("ALS", "transport")),), ("cardiac_arrest",)
    )
    rules = PlanRules((*SHIPPED, arrest))
    assert plan_for(rules, "arrest", None, "P4").name == "arrest"
    assert plan_for(rules, None, "cardiac_arrest", "P1").name == "arrest"
    assert plan_for(rules, "unheard of", "stroke", "P1").name == "life_threat"
    assert plan_for(PlanRules(()), None, None, "P1").name == "single"


def test_a_slot_may_be_for_some_determinants_alone():
    neonatal = Slot("neonatal", "neonatal van", "xe sơ sinh", ("neonatal",), determinants=("newborn_weak",))
    rules = PlanRules((ResponsePlan("birth", (SINGLE.slots[0], neonatal), priorities=("P1",)),))
    assert [slot.role for slot in plan_for(rules, "birth", "newborn_weak", "P1").slots] == [
        "carry",
        "neonatal",
    ]
    assert [slot.role for slot in plan_for(rules, "birth", "birth_now", "P1").slots] == ["carry"]
    assert [slot.role for slot in plan_for(rules, None, None, "P1").slots] == ["carry"]


# --- swaps ----------------------------------------------------------------------------------------


THERE = Position(10.90, 106.70)


def bound(callsign: str, priority: str, milestone: str = "en_route") -> UnitNow:
    task = Task(f"run-{callsign}", "other", priority, BLS, THERE, milestone, minutes(-2))
    return a_unit_now(callsign, incident_number=3, task=task)


def offered(
    fleet: Sequence[UnitNow], seconds: dict[tuple[str, str], float], best: Candidate | None, priority="P1"
):
    """seconds : of each unit by callsign and "here" or "there"."""

    def ways(units: Sequence[UnitNow], place: Position) -> list[Travel | None]:
        name = "here" if place == HERE else "there"
        return [
            Travel(s, s) if (s := seconds.get((each.callsign, name))) is not None else None for each in units
        ]

    found = [best] if best else []
    return swaps(fleet, Asked(priority, BLS), HERE, found, ways, SendRules(), NOON)


def test_a_swap_shows_what_it_saves_here_and_costs_there():
    fleet = [bound("C1", "P3"), a_unit_now("C2")]
    seconds = {("C1", "here"): 30.0, ("C1", "there"): 200.0, ("C2", "there"): 500.0}
    (swap,) = offered(fleet, seconds, who("C2", 600.0))
    assert (swap.callsign, swap.eta_s, swap.gain_s) == ("C1", 30.0, 630.0)
    assert (swap.cost.priority, swap.cost.instead, swap.cost.delay_s) == ("P3", "C2", 360.0)


def test_a_crew_that_has_not_left_yet_needs_its_turnout():
    (swap,) = offered([bound("C1", "P3", "accepted")], {("C1", "here"): 30.0}, None)
    assert (swap.eta_s, swap.gain_s, swap.cost.instead) == (90.0, None, None)


@pytest.mark.parametrize(
    "unit",
    [bound("C1", "P1"), bound("C1", "P3", "on_scene"), bound("C1", "P3", "at_hospital"), a_unit_now("C1")],
)
def test_nobody_is_offered_who_is_with_a_patient_or_bound_for_something_as_urgent(unit):
    assert offered([unit], {("C1", "here"): 30.0}, who("C2", 600.0)) == []


def test_little_is_gained_and_nothing_offered():
    assert offered([bound("C1", "P3")], {("C1", "here"): 30.0}, who("C2", 80.0)) == []


# --- overriding -----------------------------------------------------------------------------------


def test_the_first_of_any_slot_follows_the_advice():
    orders = [["M1", "M2"], ["C1", "C2", "C3"]]
    assert passed_over("M1", orders, lambda each: True) is None
    assert passed_over("C1", orders, lambda each: True) is None
    assert passed_over("C2", orders, lambda each: True) == "M1"


def test_who_is_gone_is_passed_over_by_nobody():
    assert passed_over("C2", [["C1", "C2"]], lambda each: each != "C1") is None
    assert passed_over("C9", [["C1", "C2"]], lambda each: each != "C1") == "C2"
    assert passed_over("C9", [["C1"]], lambda each: False) is None


@dataclass(frozen=True)
class ARow:
    callsign: str
    score: float
    tier: int = 0
    reasons: Sequence[Mapping[str, str]] = ()
    free_in_s: float | None = None


KEPT = ({"en": "kept back: only 1 ALS units are free", "vi": "để dành"},)


@pytest.mark.parametrize(
    ("other", "policy", "ties"),
    [
        (ARow("C2", 124.9), "closest", True),
        (ARow("C2", 125.0), "closest", False),
        (ARow("C2", 120.0, tier=1), "closest", False),
        (ARow("C2", 120.0, reasons=KEPT), "closest_kept_back", False),
        (ARow("C2", 121.0), "closest_kept_back", True),
        (ARow("C2", 120.0), "dmexclp", False),  # ordered by what each is worth elsewhere, not by seconds
        (ARow("C2", 121.0, free_in_s=60.0), "closest", False),
    ],
)
def test_a_few_seconds_are_a_tie_where_nothing_else_differs(other, policy, ties):
    assert as_good([ARow("C1", 120.0), other], policy, 5.0) == (["C2"] if ties else [])


def test_nobody_is_as_good_as_no_one():
    assert as_good([], "closest", 5.0) == []


def test_who_ties_with_the_first_passes_nobody_over():
    def alike(one, other):
        return {one, other} == {"C1", "C2"}

    assert passed_over("C2", [["C1", "C2", "C3"]], lambda each: True, alike) is None
    assert passed_over("C3", [["C1", "C2", "C3"]], lambda each: True, alike) == "C1"
    assert passed_over("C2", [["C1", "C3"]], lambda each: True, alike) == "C1"  # cannot fill that place


@pytest.mark.parametrize(
    ("reason", "code"),
    [("road", "road"), ("road: ngập", "road"), ("ngập đường", "other"), ("no such: x", "other")],
)
def test_a_reason_begins_with_its_code(reason, code):
    assert code_of(reason, OverrideRules()) == code
