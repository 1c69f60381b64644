"""Orders of hospitals and crews: counts, diversions, what runs out, duty; and a city's first day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dispatch.handlers.divert_hospital import EndDiversion, StartDiversion, end_diversion, start_diversion
from dispatch.handlers.expire_promises import ExpirePromises, expire_promises
from dispatch.handlers.report_beds import ReportBeds, report_beds
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from dispatch.reactions.expiry import Due, due_promises
from domain.errors import (
    BadBedCount,
    BadDiversion,
    BadText,
    CountOvertaken,
    CountsMoved,
    FromTheFuture,
    NotDiverting,
    UnitBusy,
    UnknownBedKind,
    UnknownHospital,
    UnknownService,
    UnknownUnit,
)
from domain.values import Act, BedCount, Duty, ReadBeds
from tests.builders import NOON, Room, a_ledger, an_act, an_id, minutes
from tests.unit.dispatch.test_call_orders import refused

ED = "EmergencyDepartment"


# --- counts ---------------------------------------------------------------------------------------


def test_a_report_says_how_many_are_free_after_the_promises():
    room = Room()
    room.send(room.incident())
    assert room.beds("cho-ray", staffed=5, occupied=2).body["free"] == {ED: 2}


def test_all_kinds_of_one_report_are_taken_or_none():
    room = Room()
    room.log.record(a_ledger(5, kind="AdultICU"))
    counts = {"AdultICU": BedCount(5, 1), ED: BedCount(2, 3)}
    refused(room, ReportBeds(an_act(), "cho-ray", counts), report_beds, BadBedCount)
    assert room.log.ledger(room.log.hospital("cho-ray"), "AdultICU").occupied == 0


@pytest.mark.parametrize(
    ("hospital_id", "counts", "kind"),
    [
        ("nowhere", {ED: BedCount(1, 0)}, UnknownHospital),
        ("cho-ray", {"Hammock": BedCount(1, 0)}, UnknownBedKind),
        ("cho-ray", {ED: BedCount(-1, 0)}, BadBedCount),
        ("cho-ray", {ED: BedCount(2, 2, 1)}, BadBedCount),
    ],
)
def test_a_wrong_report_changes_nothing(hospital_id, counts, kind):
    refused(Room(), ReportBeds(an_act(), hospital_id, counts), report_beds, kind)


def test_a_count_of_tomorrow_is_refused():
    act = Act(NOON + timedelta(days=1), NOON, "hospital", an_id(), an_id())
    refused(Room(), ReportBeds(act, "cho-ray", {ED: BedCount(1, 0)}), report_beds, FromTheFuture)


def test_an_older_count_that_arrives_late_does_not_overwrite_a_newer_one():
    room = Room()
    room.beds("cho-ray", staffed=10, occupied=9, at=minutes(30))
    late = Act(minutes(10), minutes(40), "hospital", an_id(), an_id())
    said = refused(room, ReportBeds(late, "cho-ray", {ED: BedCount(10, 2)}), report_beds, CountOvertaken)
    assert said.startswith("EmergencyDepartment: a newer count, of 2026-03-02T12:30:00+07:00, is known")
    assert room.ledger().occupied == 9


def test_a_report_over_figures_that_moved_is_refused_whole_and_names_the_kinds():
    room = Room()
    room.log.record(a_ledger(5, kind="AdultICU"))
    room.beds("cho-ray", staffed=10, occupied=9, at=minutes(5))
    counts = {"AdultICU": BedCount(5, 1), ED: BedCount(10, 3)}
    read = {kind: ReadBeds(count.staffed, 2, 0, None) for kind, count in counts.items()}
    order = ReportBeds(an_act(minutes(6)), "cho-ray", counts, read)
    assert f": {ED}. Nothing of this report was taken" in refused(room, order, report_beds, CountsMoved)
    assert room.ledger().occupied == 9
    assert room.log.ledger(room.log.hospital("cho-ray"), "AdultICU").occupied == 0
    room.carry_out(replace(order, beds={"AdultICU": BedCount(5, 1)}), report_beds)
    assert room.log.ledger(room.log.hospital("cho-ray"), "AdultICU").occupied == 1


# --- diversions -----------------------------------------------------------------------------------


def diverting(until: float, *services: str, reason: str = "quá tải") -> StartDiversion:
    return StartDiversion(an_act(), "cho-ray", reason, services, minutes(until))


def test_a_diversion_begins_with_an_end():
    room = Room()
    room.carry_out(diverting(60, "trauma", ED), start_diversion)
    assert room.log.hospital("cho-ray").diverting_until == minutes(60)


@pytest.mark.parametrize("until", [-1, 0, 24 * 60 + 1])
def test_a_diversion_that_has_ended_or_never_will_is_refused(until):
    refused(Room(), diverting(until), start_diversion, BadDiversion)


def test_a_diversion_of_a_service_nobody_can_ask_for_is_refused():
    said = refused(Room(), diverting(60, "Trauma"), start_diversion, UnknownService)
    assert said.startswith("'Trauma' is no speciality and no kind of bed")


def test_a_diversion_has_a_reason():
    refused(Room(), diverting(60, reason=" "), start_diversion, BadText)


def test_who_does_not_divert_cannot_stop():
    refused(Room(), EndDiversion(an_act(), "cho-ray"), end_diversion, NotDiverting)


def test_a_diversion_is_ended_by_people():
    room = Room()
    room.carry_out(diverting(60), start_diversion)
    room.carry_out(EndDiversion(an_act(), "cho-ray"), end_diversion)
    assert room.log.hospital("cho-ray").diverting_until is None


# --- what runs out --------------------------------------------------------------------------------


def expiring(at: float) -> ExpirePromises:
    return ExpirePromises(an_act(minutes(at)), "cho-ray", (ED,))


def test_what_ran_out_is_taken_back_and_nothing_before():
    room = Room()
    run_id = room.send(room.incident())
    room.carry_out(diverting(120), start_diversion)
    room.carry_out(expiring(119.9), expire_promises)
    assert list(room.ledger().holds) == [run_id]
    assert room.log.hospital("cho-ray").diverting_until is not None
    room.carry_out(expiring(120), expire_promises)
    assert room.ledger().holds == {}
    assert room.log.hospital("cho-ray").diverting_until is None


def test_a_lapsed_promise_gives_way_to_a_new_one_at_once():
    room = Room(beds={"cho-ray": 1})
    room.send(room.incident(), "C1")
    run_id = room.send(room.incident(at=minutes(121)), "T1", at=minutes(121))
    assert list(room.ledger().holds) == [run_id]


def row(**other: object) -> dict[str, object]:
    return {"id": "cho-ray", "beds": {}, "diversion": None, **other}


def held_until(*ends: float) -> dict[str, object]:
    """Beds held for somebody, a run or a patient, until so many minutes after noon."""
    return {"holds": {str(an_id(end)): minutes(end).isoformat() for end in ends}}


def test_nothing_is_due_before_its_time():
    diversion = {"until": minutes(1).isoformat()}
    assert due_promises([row(beds={ED: held_until(1)}, diversion=diversion)], NOON) == []


def test_due_promises_name_each_ledger_once():
    beds = {ED: held_until(-1, 0, 5), "AdultICU": held_until(-2), "Burn": held_until()}
    assert due_promises([row(beds=beds)], NOON) == [Due("cho-ray", ("AdultICU", ED))]


def test_a_diversion_alone_is_due_without_ledgers():
    assert due_promises([row(diversion={"until": NOON.isoformat()})], NOON) == [Due("cho-ray", ())]


# --- duty -----------------------------------------------------------------------------------------


def test_nobody_goes_off_duty_in_the_middle_of_a_run():
    room = Room()
    room.send(room.incident(), "C1")
    refused(room, SignUnit(an_act(), "C1", Duty.OFF_DUTY, None), sign_unit, UnitBusy)


def test_a_crew_that_does_not_exist_cannot_sign():
    refused(Room(), SignUnit(an_act(), "C9", Duty.ON_DUTY, None), sign_unit, UnknownUnit)


def test_an_unknown_name_may_be_anything():
    for name in ("", "a/b", "../hospitals/cho-ray", str(an_id("x")), "{callsign}", "Ộ" * 300):
        order = SignUnit(an_act(), name, Duty.ON_DUTY, None)
        refused(Room(), order, sign_unit, UnknownUnit)


def test_a_hospital_is_not_taken_for_a_unit():
    room = Room()
    order = SignUnit(an_act(), str(room.log.hospital("cho-ray").id), Duty.ON_DUTY, None)
    refused(room, order, sign_unit, UnknownUnit)


def test_a_reason_too_long_is_refused():
    order = replace(SignUnit(an_act(), "C1", Duty.OUT_OF_SERVICE, None), reason="x" * 501)
    refused(Room(), order, sign_unit, BadText)
