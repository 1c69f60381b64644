"""When later answers change an incident: every case of the table, and what is left over or missing then."""

from itertools import product

import pytest

from dispatch.policies.plan_rules import CARRY, FIRST, MORE, ResponsePlan
from dispatch.policies.plans import Sized
from dispatch.policies.retriage import REASONS, Retriage, Standing, retriage
from dispatch.policies.surplus import Serving, balance
from dispatch.policies.triage import Determinant, Judgement, needs_of
from dispatch.policies.urgency import rank
from tests.builders import a_unit_now

PRIORITIES = ("P1", "P2", "P3", "P4")


def said(priority: str | None, settled: bool = True) -> Judgement:
    words = {"vi": "?", "en": "?"}
    return Judgement(Determinant("d", words, priority, needs_of(priority or "P4")), settled, False, ())


@pytest.mark.parametrize(
    ("standing", "outcome", "found"),
    [
        (Standing("P3", False, True), said("P1", settled=False), Retriage("apply")),
        (Standing("P3", False, False), said("P1", settled=False), Retriage("apply")),
        (Standing("P1", False, True), said("P3", settled=True), Retriage("apply")),
        (Standing("P1", False, True), said("P3", settled=False), Retriage("propose", "unfinished")),
        (Standing("P1", False, False), said("P3"), Retriage("propose", "other_call")),
        (Standing("P2", True, True), said("P1"), Retriage("propose", "set_by_hand")),
        (Standing("P2", True, True), said("P3"), Retriage("propose", "set_by_hand")),
        (Standing("P2", False, True), said(None), Retriage("propose", "no_emergency")),
        (Standing("P2", False, True), said("P2"), Retriage("apply")),
        (Standing("P2", True, True), said("P2"), Retriage("apply")),
        (Standing("P2", False, True, "e", other_card=True), said("P2"), Retriage("apply")),
        (Standing("P2", False, True, "e"), said("P2", settled=False), Retriage("apply")),
        (
            Standing("P2", False, True, "e", other_card=True),
            said("P2", settled=False),
            Retriage("propose", "other_card"),
        ),
        (
            Standing("P2", False, True, "e", other_card=True),
            said("P1", settled=False),
            Retriage("apply"),
        ),
        (Standing("P2", False, True, "d", other_card=True), said("P2", settled=False), Retriage("apply")),
        (Standing("P2", False, False), said("P2"), Retriage("apply")),
        (Standing("P2", False, False, "d"), said("P2"), Retriage("keep")),
        (Standing("P2", False, False, "e"), said("P2"), Retriage("propose", "other_picture")),
    ],
)
def test_each_case_has_its_move(standing, outcome, found):
    assert retriage(standing, outcome) == found


def test_help_never_shrinks_by_itself_but_for_a_finished_card_of_the_believed_caller():
    for now, then, by_hand, believed, settled in product(
        PRIORITIES, (*PRIORITIES, None), *[(True, False)] * 3
    ):
        found = retriage(Standing(now, by_hand, believed), said(then, settled))
        lowered = found.move == "apply" and rank(then) > rank(now)
        assert not lowered or (believed and settled and not by_hand and then is not None)
        assert (found.move == "propose") == (found.why in REASONS)


def test_every_reason_is_told_in_both_languages():
    assert all(words["vi"] and words["en"] for words in REASONS.values())


# --- who is left over ---------------------------------------------------------------------------

PLAN = ResponsePlan("single", (CARRY, MORE))


def serving(callsign: str, *capabilities: str, at_scene: bool = False, kind: str = "van") -> Serving:
    unit = a_unit_now(callsign, capabilities=capabilities or ("BLS",), kind=kind)
    return Serving(f"run of {callsign}", unit, at_scene)


def names(found) -> list[str]:
    return [each.unit.callsign for each in found.surplus]


def test_the_most_able_crew_is_freed_where_a_plain_one_is_enough():
    found = balance(PLAN, Sized(needs_of("P3"), 1, 1), [serving("A1", "ALS"), serving("B1")])
    assert (names(found), found.missing) == (["A1"], ())


def test_who_is_there_already_keeps_the_patient():
    found = balance(PLAN, Sized(needs_of("P3"), 1, 1), [serving("A1", "ALS", at_scene=True), serving("B1")])
    assert names(found) == ["B1"]


def test_a_threat_to_life_misses_the_crew_that_can_treat_it():
    found = balance(PLAN, Sized(needs_of("P1"), 1, 1), [serving("B1")])
    assert [slot.role for slot in found.missing] == ["carry"]
    assert names(found) == ["B1"]


def test_more_patients_and_a_higher_alarm_keep_more_units():
    fleet = [serving("B1"), serving("B2"), serving("B3")]
    assert len(names(balance(PLAN, Sized(needs_of("P3"), 1, 1), fleet))) == 2
    assert len(names(balance(PLAN, Sized(needs_of("P3"), 3, 1), fleet))) == 1
    assert names(balance(PLAN, Sized(needs_of("P3"), 3, 2), fleet)) == []


def test_a_motorbike_that_goes_ahead_is_kept_and_never_missed():
    plan = ResponsePlan("urgent", (FIRST, CARRY))
    size = Sized(needs_of("P2"), 1, 1)
    bike = serving("M1", "BLS", kind="motorbike")
    assert names(balance(plan, size, [serving("B1"), bike])) == []
    assert balance(plan, size, [serving("B1")]).missing == ()


def test_nobody_is_both_needed_and_left_over():
    units = [serving("A1", "ALS"), serving("B1"), serving("M1", "BLS", kind="motorbike")]
    for patients, level, priority in product((1, 2, 5), (1, 2, 3), PRIORITIES):
        found = balance(PLAN, Sized(needs_of(priority), patients, level), units)
        held = len(units) - len(found.surplus)
        wanted = -(-patients // CARRY.per_patients) + (level >= MORE.from_alarm)
        assert held + len(found.missing) == wanted or held <= wanted
