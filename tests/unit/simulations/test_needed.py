"""What of a log needed a unit, as it was corrected: what was merged, closed or a mistake is no emergency."""

from datetime import timedelta

import pytest

from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.correct_milestone import CorrectMilestone, correct_milestone
from dispatch.handlers.locate_call import LocateCall, locate_call
from dispatch.handlers.merge_incidents import (
    MergeIncidents,
    UnmergeIncident,
    merge_incidents,
    unmerge_incident,
)
from dispatch.handlers.undo_step import UndoStep, undo_step
from domain.incident import Incident
from domain.transfer import Transfer
from domain.values import Position
from projections.memory import MemoryViews
from simulations.calibration.of_log import calls_of
from simulations.demand.of_log import history_of, read_log
from simulations.fork.of_views import _lately
from simulations.left_out import in_words
from simulations.needed import read_needed
from simulations.policy_day.from_log import NoSuchDay, day_of, facts_of
from tests.builders import NOON, Room, an_act, an_id, minutes

ZONE = "Asia/Ho_Chi_Minh"
DONE = ("accepted", "en_route", "on_scene", "transporting", "at_hospital", "handed_over", "clear")


def merge(room: Room, incident, into, at=NOON) -> None:
    room.carry_out(MergeIncidents(an_act(at), incident, into), merge_incidents)


def close(room: Room, incident, at=NOON, outcome="nuisance") -> None:
    room.carry_out(CloseIncident(an_act(at), incident, "Trêu chọc", outcome), close_incident)


def one_real_of_nine() -> Room:
    """Four others were the same, four were nothing."""
    room = Room()
    real = room.incident("P1", at=minutes(2), call_id=room.call(at=NOON))
    room.drive(room.send(real, "C1", at=minutes(3)), *DONE, start=4)
    for number in range(4):
        merge(room, room.incident("P1", at=minutes(4 + number)), real, minutes(9))
        close(room, room.incident("P3", at=minutes(20 + number)), minutes(30))
    return room


def test_a_run_with_eight_that_were_merged_or_closed_is_one_emergency_for_all_who_read():
    room = one_real_of_nine()
    day = day_of(facts_of(room.log), "hcmc", ZONE)
    assert len(day.calls) == 1
    assert (day.calls[0].at_s, day.calls[0].decide_s, day.calls[0].scene_s) == (12 * 3600, 120.0, 60.0)
    assert day.left_out == {"merged": 4, "without_run": 4}
    found, left_out = read_log(facts_of(room.log))
    assert left_out == day.left_out
    assert len(history_of(found, ZONE)) == len(calls_of(read_needed(facts_of(room.log)))) == 1
    assert in_words(left_out, "en") == "Left out: 4 merged into other incidents, 4 closed with nobody sent."
    assert "4 ca trùng" in in_words(left_out, "vi")


def test_hoaxes_that_were_closed_are_no_calls_of_late_for_a_look_ahead():
    room = one_real_of_nine()
    room.incident("P2", at=minutes(40))
    views = MemoryViews()
    for seq, fact in room.log.select(1, 10_000):
        views.apply(seq, fact)
    lately = _lately(views.rows("incidents"), minutes(60))
    assert lately.hours == pytest.approx(58 / 60)
    assert lately.incidents == {"P2": 1}  # those since the first, with which what is known begins


def test_what_was_merged_by_mistake_counts_again_and_takes_its_run_along():
    room = Room()
    one, two = room.incident("P1", at=NOON), room.incident("P2", at=minutes(3))
    run = room.send(two, "C1", at=minutes(4))
    merge(room, two, one, minutes(5))
    room.drive(run, *DONE, start=6)
    (only,) = read_needed(facts_of(room.log)).needed
    assert (only.incident_id, only.opened_at, only.crews) == (one, NOON, 1)
    room.carry_out(UnmergeIncident(an_act(minutes(20)), two), unmerge_incident)
    first, second = read_needed(facts_of(room.log)).needed
    assert (first.crews, second.crews) == (0, 1)


def test_an_emergency_rang_with_the_first_of_the_calls_that_were_about_it():
    room = Room()
    early = room.incident("P2", at=minutes(1), call_id=room.call(at=NOON))
    late = room.incident("P1", at=minutes(4), call_id=room.call(at=minutes(3)))
    merge(room, early, late, minutes(5))
    (only,) = read_needed(facts_of(room.log)).needed
    assert (only.incident_id, only.rang_at, only.opened_at) == (late, NOON, minutes(1))


def test_it_is_where_it_was_found_to_be():
    room = Room()
    call = room.call(at=NOON)
    room.incident("P1", at=minutes(1), call_id=call)
    there = Position(10.80, 106.65)
    room.carry_out(LocateCall(an_act(minutes(2)), call, there, "1 Cộng Hòa"), locate_call)
    (played,) = day_of(facts_of(room.log), "hcmc", ZONE).calls
    assert (played.lat, played.lon) == (there.lat, there.lon)


def test_corrected_times_count_and_what_was_taken_back_does_not():
    room = Room()
    incident = room.incident("P1", at=NOON)
    run = room.send(incident, "C1", at=minutes(1))
    room.drive(run, "accepted", "en_route", "on_scene", "transporting", start=2)
    order = CorrectMilestone(an_act(minutes(6)), run, "transporting", minutes(4.5), "nhầm giờ")
    room.carry_out(order, correct_milestone)
    (played,) = day_of(facts_of(room.log), "hcmc", ZONE).calls
    assert played.scene_s == 30.0
    room.carry_out(UndoStep(an_act(minutes(7)), run, None, None), undo_step)
    (needed,) = read_needed(facts_of(room.log)).needed
    assert needed.transported is None
    assert "transporting" not in needed.at


def test_a_crew_that_was_turned_back_and_a_unit_sent_by_mistake_served_nobody():
    room = Room(units=("C1", "T1"))
    cancelled, mistaken = room.incident("P3", at=NOON), room.incident("P3", at=NOON)
    room.drive(room.send(cancelled, "C1", at=minutes(1)), "accepted", "en_route", "stood_down", start=2)
    wrong = room.send(mistaken, "T1", at=minutes(1))
    room.carry_out(UndoStep(an_act(minutes(2)), wrong, None, None), undo_step)
    assert len(read_needed(facts_of(room.log)).needed) == 2  # both wait for somebody else
    close(room, cancelled, minutes(9), "cancelled")
    close(room, mistaken, minutes(9))
    with pytest.raises(NoSuchDay, match="needed a unit") as nobody:
        day_of(facts_of(room.log), "hcmc", ZONE, NOON.date())
    assert "1 closed with nobody sent, 1 whose crews were turned back" in str(nobody.value)
    assert "1 ca đóng mà không điều xe" in nobody.value.vi


def test_several_crews_are_one_emergency_with_the_times_of_the_first_that_came():
    room = Room(units=("C1", "T1"))
    incident = room.incident("P1", at=NOON)
    slow, quick = room.send(incident, "C1", at=minutes(1)), room.send(incident, "T1", at=minutes(1))
    room.drive(quick, "accepted", "en_route", "on_scene", "clear", start=2)
    room.drive(slow, *DONE, start=8)
    day = day_of(facts_of(room.log), "hcmc", ZONE)
    (played,) = day.calls
    assert played.scene_s == 60.0
    assert played.transports  # by the other
    assert day.left_out == {"further_crews": 1}


def test_a_transfer_between_hospitals_is_no_emergency_at_the_one_it_leaves():
    room = Room()
    room.incident("P1", at=NOON)
    moved = room.incident("P3", at=minutes(1))
    room.log.record(_begun(room.log.incident(moved)))
    day = day_of(facts_of(room.log), "hcmc", ZONE)
    assert [call.priority for call in day.calls] == ["P1"]
    assert day.left_out == {"transfer": 1}


def _begun(incident: Incident) -> Transfer:
    act = an_act(minutes(1))
    transfer = Transfer(
        transfer_id=an_id(),
        from_hospital_id="cho-ray",
        to_hospital_id="115",
        bed_kind="AdultICU",
        priority="P3",
        phone="0903115115",
        packet={},
        not_before=None,
        act=act,
    )
    transfer.approve("peacetime", "hospital", act)
    transfer.begin(incident.id, incident.number, act)
    return transfer


def test_only_the_days_that_are_asked_for_say_what_was_left_out_of_them():
    room = one_real_of_nine()
    close(room, room.incident("P4", at=NOON + timedelta(days=1)), NOON + timedelta(days=1))
    assert day_of(facts_of(room.log), "hcmc", ZONE, NOON.date()).left_out == {"merged": 4, "without_run": 4}
