"""Orders about runs: sending, milestones, redirecting, correcting; unit, bed and incident follow."""

from dataclasses import replace
from uuid import UUID

import pytest

from dispatch.handlers.assign_unit import assign_unit
from dispatch.handlers.correct_milestone import CorrectMilestone, correct_milestone
from dispatch.handlers.redirect_run import RedirectRun, redirect_run
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from dispatch.rules import BedRules, Rules
from domain.errors import (
    BadText,
    FromTheFuture,
    IdUsedTwice,
    IllegalMilestone,
    NoBedFree,
    NothingToCorrect,
    OutOfOrder,
    UnitBusy,
    UnitNotOnDuty,
    UnknownBedKind,
    UnknownHospital,
    UnknownIncident,
    UnknownMilestone,
    UnknownRun,
    UnknownUnit,
)
from domain.values import Act, Duty
from tests.builders import NOON, Room, an_act, an_id, minutes
from tests.unit.dispatch.test_call_orders import refused

TWO_HOSPITALS = {"cho-ray": 1, "binh-dan": 1}
WHOLE_COURSE = ("accepted", "en_route", "on_scene", "transporting", "at_hospital", "handed_over", "clear")


# --- sending --------------------------------------------------------------------------------------


def test_one_order_binds_unit_incident_run_and_bed():
    room = Room()
    incident_id = room.incident()
    run_id = room.send(incident_id, "C1")
    assert room.log.unit("C1").run_id == run_id
    assert room.log.incident(incident_id).serving == {run_id: "C1"}
    assert room.log.run(run_id).hospital_id == "cho-ray"
    assert list(room.ledger().holds) == [run_id]


def test_a_unit_is_sent_by_its_id_as_well_as_by_its_callsign():
    room = Room()
    unit_id = str(room.log.unit("C1").id)
    room.send(room.incident(), unit_id)
    assert room.log.unit("C1").run_id is not None


def test_a_unit_on_a_run_takes_no_other():
    room = Room()
    room.send(room.incident(), "C1")
    said = refused(room, room.order_to_send(room.incident(), "C1"), assign_unit, UnitBusy)
    assert said == "C1 is no longer available: it serves incident 1."


def test_two_units_may_serve_one_incident():
    room = Room()
    incident_id = room.incident()
    room.send(incident_id, "C1")
    room.send(incident_id, "T1")
    assert sorted(room.log.incident(incident_id).serving.values()) == ["C1", "T1"]


def test_nobody_off_duty_is_sent():
    room = Room()
    room.sign("C1", Duty.OFF_DUTY)
    refused(room, room.order_to_send(room.incident(), "C1"), assign_unit, UnitNotOnDuty)


def test_the_last_bed_is_promised_once_and_the_loser_hears_to_whom():
    room = Room(beds={"cho-ray": 1})
    room.send(room.incident(), "C1")
    order = room.order_to_send(room.incident(), "T1")
    with pytest.raises(NoBedFree) as refusal:
        room.carry_out(order, assign_unit)
    assert refusal.value.facts["held_for"] == ["C1"]
    assert room.log.unit("T1").run_id is None


def test_a_full_hospital_blocks_no_dispatcher_who_asks_for_no_bed():
    room = Room(beds={"cho-ray": 0})
    run_id = room.send(room.incident(), "C1", bed_kind=None)
    assert room.log.run(run_id).hospital_id == "cho-ray"
    assert room.log.run(run_id).bed_kind is None


def test_a_bed_without_a_hospital_is_no_bed():
    room = Room()
    run_id = room.send(room.incident(), "C1", hospital_id=None, bed_kind="EmergencyDepartment")
    assert room.log.run(run_id).bed_kind is None


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"unit": "C9"}, UnknownUnit),
        ({"incident_id": an_id("never")}, UnknownIncident),
        ({"hospital_id": "nowhere"}, UnknownHospital),
        ({"hospital_id": "nowhere", "bed_kind": None}, UnknownHospital),
        ({"bed_kind": "Hammock"}, UnknownBedKind),
        ({"override_reason": "x" * 501}, BadText),
        ({"act": Act(minutes(1), NOON, "d", an_id("f"), an_id("f"))}, FromTheFuture),
    ],
)
def test_an_order_with_one_wrong_word_changes_nothing(change, kind):
    room = Room()
    order = replace(room.order_to_send(room.incident()), **change)
    refused(room, order, assign_unit, kind)
    assert room.log.unit("C1").run_id is None
    assert room.ledger().holds == {}


def test_a_run_cannot_have_the_id_of_its_incident_or_of_its_advice():
    room = Room()
    incident_id = room.incident()
    refused(room, room.order_to_send(incident_id, run_id=incident_id), assign_unit, IdUsedTwice)
    one_id = an_id("for both")
    order = room.order_to_send(incident_id, run_id=one_id, decision_id=one_id, advice={"units": []})
    refused(room, order, assign_unit, IdUsedTwice)


def test_advice_cannot_have_the_id_of_something_else():
    room = Room()
    incident_id = room.incident()
    order = room.order_to_send(incident_id, decision_id=incident_id, advice={"units": []})
    refused(room, order, assign_unit, IdUsedTwice)


def test_the_advice_is_stored_with_the_first_unit_that_follows_it():
    room = Room()
    incident_id = room.incident()
    advice = {"units": [{"callsign": "C1", "eta_s": 12.5}], "map_version": "drawn-1"}
    first = room.send(incident_id, "C1", decision_id=an_id("advice"), advice=advice)
    room.send(incident_id, "T1", decision_id=an_id("advice"), advice={"units": ["changed"]})
    decision = room.log.decision(an_id("advice"))
    assert decision is not None
    assert decision.advice == advice
    assert decision.run_id == first


def test_a_bed_promised_in_an_order_that_came_late_is_kept_as_long_as_any():
    room = Room(beds={"cho-ray": 1})
    late = Act(minutes(-90), NOON, "dispatcher", an_id(), an_id())
    run_id = room.send(room.incident(at=minutes(-100)), "C1", act=late)
    assert room.ledger().holds[run_id].until == NOON + room.desk.hold_for
    refused(room, room.order_to_send(room.incident(), "T1"), assign_unit, NoBedFree)


# --- milestones -----------------------------------------------------------------------------------


def test_a_whole_run_frees_the_unit_and_fills_the_bed():
    room = Room()
    incident_id = room.incident()
    run_id = room.send(incident_id)
    room.drive(run_id, *WHOLE_COURSE)
    assert room.log.unit("C1").run_id is None
    assert room.log.incident(incident_id).serving == {}
    assert (room.ledger().occupied, room.ledger().holds) == (1, {})


@pytest.mark.parametrize(
    "course", [("declined",), ("stood_down",), ("accepted", "stood_down"), ("en_route", "on_scene", "clear")]
)
def test_a_run_that_ends_early_gives_unit_and_bed_back(course):
    room = Room()
    incident_id = room.incident()
    run_id = room.send(incident_id)
    room.drive(run_id, *course)
    assert room.log.unit("C1").run_id is None
    assert room.log.incident(incident_id).serving == {}
    assert (room.ledger().occupied, room.ledger().holds) == (0, {})


def test_the_answer_says_what_may_come_next():
    room = Room()
    run_id = room.send(room.incident())
    answer = room.report(run_id, "en_route", at=minutes(1))
    assert answer.body["next"] == ["on_scene", "stood_down"]


def test_a_milestone_said_twice_changes_nothing():
    room = Room()
    run_id = room.send(room.incident())
    room.report(run_id, "en_route", at=minutes(1))
    version = room.log.run(run_id).version
    room.report(run_id, "en_route", at=minutes(1))
    assert room.log.run(run_id).version == version


def test_a_milestone_that_crew_and_desk_tell_is_one_and_the_first_time_stands():
    room = Room()
    run_id = room.send(room.incident())
    assert not room.report(run_id, "accepted", at=minutes(1)).repeated
    version = room.log.run(run_id).version
    again = room.report(run_id, "accepted", at=minutes(2))
    assert (again.repeated, again.body["next"]) == (True, ["en_route", "stood_down"])
    run = room.log.run(run_id)
    assert (run.version, run.times["accepted"]) == (version, minutes(1))
    room.report(run_id, "stood_down", at=minutes(3))
    later = room.send(room.incident(), at=minutes(3))
    assert room.report(run_id, "stood_down", at=minutes(4)).repeated
    assert room.log.unit("C1").run_id == later


def test_the_end_said_twice_does_not_free_the_unit_of_its_next_run():
    room = Room()
    first = room.send(room.incident())
    room.report(first, "stood_down", at=minutes(1))
    second = room.send(room.incident(), at=minutes(1))
    room.report(first, "stood_down", at=minutes(1))
    assert room.log.unit("C1").run_id == second


@pytest.mark.parametrize(
    ("milestone", "kind"),
    [("teleported", UnknownMilestone), ("clear", IllegalMilestone), ("x" * 99, UnknownMilestone)],
)
def test_a_milestone_that_cannot_be_is_refused(milestone, kind):
    room = Room()
    run_id = room.send(room.incident())
    order = ReportMilestone(an_act(minutes(1)), run_id, milestone, None, None)
    refused(room, order, report_milestone, kind)


def test_a_milestone_of_no_run_is_refused():
    order = ReportMilestone(an_act(), an_id("no run"), "clear", None, None)
    refused(Room(), order, report_milestone, UnknownRun)


def test_a_milestone_before_the_one_before_it_is_refused():
    room = Room()
    run_id = room.send(room.incident())
    room.report(run_id, "en_route", at=minutes(5))
    act = Act(minutes(3), minutes(6), "crew", an_id(), an_id())
    refused(room, ReportMilestone(act, run_id, "on_scene", None, None), report_milestone, OutOfOrder)


def test_who_arrives_after_the_promise_ran_out_takes_no_bed_twice():
    from dispatch.handlers.expire_promises import ExpirePromises, expire_promises

    room = Room()
    run_id = room.send(room.incident())
    room.drive(run_id, "en_route", "on_scene", "transporting")
    late = an_act(NOON + room.desk.hold_for)
    room.carry_out(ExpirePromises(late, "cho-ray", ("EmergencyDepartment",)), expire_promises)
    assert room.ledger().holds == {}
    room.report(run_id, "at_hospital", at=minutes(70))
    assert (room.ledger().occupied, room.ledger().holds) == (0, {})


# --- redirecting ----------------------------------------------------------------------------------


def test_a_redirect_lets_one_bed_go_and_holds_another():
    room = Room(beds=TWO_HOSPITALS)
    run_id = room.send(room.incident())
    room.redirect(run_id, "binh-dan")
    assert room.ledger("cho-ray").holds == {}
    assert list(room.ledger("binh-dan").holds) == [run_id]
    assert room.log.run(run_id).hospital_id == "binh-dan"


def test_a_redirect_to_a_full_hospital_keeps_the_first_bed():
    room = Room(beds={"cho-ray": 1, "binh-dan": 0})
    run_id = room.send(room.incident())
    order = RedirectRun(an_act(), run_id, "binh-dan", "EmergencyDepartment", None)
    refused(room, order, redirect_run, NoBedFree)
    assert list(room.ledger("cho-ray").holds) == [run_id]
    assert room.log.run(run_id).hospital_id == "cho-ray"


def test_a_redirect_to_nowhere_lets_the_bed_go():
    room = Room()
    run_id = room.send(room.incident())
    room.redirect(run_id, None)
    assert room.ledger().holds == {}
    assert room.log.run(run_id).bed_kind is None


def test_a_redirect_to_where_it_goes_anyway_changes_nothing():
    room = Room()
    run_id = room.send(room.incident())
    version = room.log.run(run_id).version
    room.redirect(run_id, "cho-ray")
    assert room.log.run(run_id).version == version
    assert list(room.ledger().holds) == [run_id]


@pytest.mark.parametrize(
    ("hospital_id", "bed_kind", "kind"),
    [("nowhere", "EmergencyDepartment", UnknownHospital), ("binh-dan", "Hammock", UnknownBedKind)],
)
def test_a_redirect_to_what_is_not_there_is_refused(hospital_id, bed_kind, kind):
    room = Room(beds=TWO_HOSPITALS)
    run_id = room.send(room.incident())
    refused(room, RedirectRun(an_act(), run_id, hospital_id, bed_kind, None), redirect_run, kind)


def test_nobody_is_redirected_who_has_arrived():
    room = Room(beds=TWO_HOSPITALS)
    run_id = room.send(room.incident())
    room.drive(run_id, "en_route", "on_scene", "transporting", "at_hospital")
    order = RedirectRun(an_act(minutes(9)), run_id, "binh-dan", "EmergencyDepartment", None)
    refused(room, order, redirect_run, IllegalMilestone)


def test_a_redirect_heard_late_holds_its_bed_as_long_as_any():
    room = Room(beds=TWO_HOSPITALS)
    run_id = room.send(room.incident(at=minutes(-100)), at=minutes(-100))
    late = Act(minutes(-90), NOON, "dispatcher", an_id(), an_id())
    order = RedirectRun(late, run_id, "binh-dan", "EmergencyDepartment", None)
    room.carry_out(order, redirect_run)
    assert room.ledger("binh-dan").holds[run_id].until == NOON + room.desk.hold_for


# --- correcting -----------------------------------------------------------------------------------


def correcting(run_id: UUID, milestone: str, at: float, reason: str = "quên bấm") -> CorrectMilestone:
    return CorrectMilestone(an_act(minutes(30)), run_id, milestone, minutes(at), reason)


def test_a_corrected_time_counts_and_the_first_one_stays_in_the_log():
    room = Room()
    run_id = room.send(room.incident())
    room.drive(run_id, "en_route", "on_scene")
    room.carry_out(correcting(run_id, "on_scene", 1.5), correct_milestone)
    assert room.log.run(run_id).times["on_scene"] == minutes(1.5)
    facts = [fact for _, fact in room.log.select(1, 1000)]
    assert facts[-2].was == minutes(2)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("milestone", "at", "reason", "kind"),
    [
        ("on_scene", 0.5, "sai", OutOfOrder),
        ("en_route", 2.5, "sai", OutOfOrder),
        ("on_scene", 31, "sai", FromTheFuture),
        ("clear", 3, "sai", NothingToCorrect),
        ("teleported", 3, "sai", UnknownMilestone),
        ("on_scene", 2, " ", BadText),
    ],
)
def test_a_correction_that_cannot_be_is_refused(milestone, at, reason, kind):
    room = Room()
    run_id = room.send(room.incident())
    room.drive(run_id, "en_route", "on_scene")
    refused(room, correcting(run_id, milestone, at, reason), correct_milestone, kind)


def test_the_settings_of_the_desk_say_how_long_a_bed_is_kept():
    room = Room()
    room.desk = replace(room.desk, rules=Rules(beds=BedRules(hold_s=1200.0)))
    run_id = room.send(room.incident())
    assert room.ledger().holds[run_id].until == minutes(20)


# --- one patient, one bed ---------------------------------------------------------------------------


def test_a_second_unit_for_the_same_patient_holds_no_second_bed():
    room = Room()
    incident_id = room.incident()
    first = room.send(incident_id, "C1")
    second = room.send(incident_id, "T1")
    assert list(room.ledger().holds) == [first]
    assert room.log.run(second).bed_kind == "EmergencyDepartment"


def test_it_is_sent_although_the_one_bed_there_is_promised_to_the_first():
    room = Room(beds={"cho-ray": 1})
    incident_id = room.incident()
    room.send(incident_id, "C1")
    room.send(incident_id, "T1")
    assert room.ledger().free == 0


def test_whichever_of_them_carries_the_patient_takes_the_bed():
    room = Room()
    incident_id = room.incident()
    room.send(incident_id, "C1")
    second = room.send(incident_id, "T1")
    room.drive(second, "en_route", "on_scene", "transporting", "at_hospital")
    assert (room.ledger().occupied, room.ledger().holds) == (1, {})


def test_who_turns_back_leaves_its_bed_to_the_other():
    room = Room()
    incident_id = room.incident()
    first = room.send(incident_id, "C1")
    second = room.send(incident_id, "T1")
    room.report(first, "stood_down", at=minutes(1))
    assert list(room.ledger().holds) == [second]
    room.report(second, "stood_down", at=minutes(2))
    assert room.ledger().holds == {}


def test_a_lapsed_hold_is_renewed_by_saying_the_same_hospital_again():
    room = Room()
    run_id = room.send(room.incident(), "C1")
    lapsed = room.ledger().holds[run_id].until
    room.redirect(run_id, "cho-ray")
    assert room.ledger().holds[run_id].until == lapsed
    order = RedirectRun(an_act(lapsed), run_id, "cho-ray", "EmergencyDepartment", None)
    room.carry_out(order, redirect_run)
    assert room.ledger().holds[run_id].until > lapsed


def test_who_has_arrived_is_promised_nothing_by_saying_the_hospital_again():
    room = Room()
    run_id = room.send(room.incident(), "C1")
    room.drive(run_id, "en_route", "on_scene", "transporting", "at_hospital")
    room.redirect(run_id, "cho-ray")
    assert room.ledger().holds == {}
