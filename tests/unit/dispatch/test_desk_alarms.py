"""Alarms of the desk: what makes one, who is told when nobody takes it up, and what a shelf does."""

from dataclasses import replace
from uuid import UUID

import pytest

from dispatch.handlers.crew_alarms import EscalateAlarm, SoundSos, escalate_alarm, sound_sos
from dispatch.handlers.desk_alarms import (
    AcknowledgeDeskAlarm,
    EndDeskAlarm,
    EscalateDeskAlarm,
    RaiseDeskAlarm,
    ShelveDeskAlarm,
    UnshelveDeskAlarm,
    acknowledge_desk_alarm,
    end_desk_alarm,
    escalate_desk_alarm,
    raise_desk_alarm,
    shelve_desk_alarm,
    unshelve_desk_alarm,
)
from dispatch.policies.alarm_rules import AlarmRules
from dispatch.reactions.desk_alarms import (
    Cause,
    crews_overdue,
    due,
    held_at_hospitals,
    left_to_the_desk,
    waiting_too_long,
)
from domain.city import Limit, Targets
from domain.desk_alarm_errors import BadShelfEnd, DeskAlarmOver, UnknownDeskAlarm
from projections.desk_alarms import DeskAlarms
from projections.memory import MemoryViews
from projections.rows import moment
from tests.builders import NOON, Room, an_act, an_id, minutes, seconds

RULES = AlarmRules()
LIMIT = Limit(60, 120)
TARGETS = Targets(
    response_s=dict.fromkeys(("P1", "P2", "P3", "P4"), 900),
    queue=dict.fromkeys(("P1", "P2", "P3", "P4"), LIMIT),
    acknowledge=LIMIT,
    on_scene=LIMIT,
    handover=LIMIT,
    bed_age=LIMIT,
    unit_position=LIMIT,
)
INCIDENT = str(an_id("incident"))


@pytest.fixture
def room():
    return Room(units=("C1",))


def raised(room, level="red", at=NOON):
    command = RaiseDeskAlarm(an_act(at), "waiting", INCIDENT, level, NOON, an_id("incident"), None)
    return room.carry_out(command, raise_desk_alarm).body["alarm_id"]


def row(room, alarm_id):
    views = MemoryViews((DeskAlarms(),))
    for seq, fact in room.log.select(1, 1000):
        views.apply(seq, fact)
    return views.row("desk_alarms", alarm_id)


def ask(room, kind, handler, alarm_id, *more, at=NOON, actor="lan"):
    return room.carry_out(kind(an_act(at, actor=actor), UUID(alarm_id), *more), handler)


def test_it_is_acknowledged_by_name_and_the_second_changes_nothing(room):
    its_id = raised(room)
    ask(room, AcknowledgeDeskAlarm, acknowledge_desk_alarm, its_id, at=seconds(20), actor="lan")
    ask(room, AcknowledgeDeskAlarm, acknowledge_desk_alarm, its_id, at=seconds(30), actor="minh")
    told = row(room, its_id)
    assert (told["status"], told["acknowledged_by"]) == ("acknowledged", "lan")


def test_what_was_acknowledged_is_never_escalated_and_what_was_escalated_is_so_once(room):
    first, second = raised(room), raised(room)
    ask(room, AcknowledgeDeskAlarm, acknowledge_desk_alarm, first)
    for each in (first, second, second):
        ask(room, EscalateDeskAlarm, escalate_desk_alarm, each, at=seconds(60))
    assert row(room, first)["escalated_at"] is None
    assert row(room, second)["escalated_at"] == moment(seconds(60))
    topics = [fact.TOPIC for _, fact in room.log.select(1, 1000)]
    assert topics.count("DeskAlarm.Escalated") == 1


def test_a_shelf_has_an_end_and_a_reason_and_the_alarm_sounds_again_after_it(room):
    its_id = raised(room)
    for until in (NOON, minutes(61), seconds(-5)):
        with pytest.raises(BadShelfEnd, match="60 minutes"):
            ask(room, ShelveDeskAlarm, shelve_desk_alarm, its_id, until, "xe hỏng")
    ask(room, ShelveDeskAlarm, shelve_desk_alarm, its_id, minutes(10), "đang chờ xe tỉnh bạn")
    told = row(room, its_id)
    assert (told["status"], told["shelf_reason"]) == ("shelved", "đang chờ xe tỉnh bạn")
    ask(room, UnshelveDeskAlarm, unshelve_desk_alarm, its_id, at=minutes(10))
    told = row(room, its_id)
    assert (told["status"], told["shelved_until"]) == ("sounding", None)
    assert told["sounding_since"] == moment(minutes(10))


def test_what_is_over_is_neither_taken_up_nor_shelved(room):
    its_id = raised(room)
    ask(room, EndDeskAlarm, end_desk_alarm, its_id)
    with pytest.raises(DeskAlarmOver):
        ask(room, AcknowledgeDeskAlarm, acknowledge_desk_alarm, its_id)
    with pytest.raises(DeskAlarmOver):
        ask(room, ShelveDeskAlarm, shelve_desk_alarm, its_id, minutes(5), "x")
    with pytest.raises(UnknownDeskAlarm):
        ask(room, AcknowledgeDeskAlarm, acknowledge_desk_alarm, str(an_id("nobody")))


def test_a_crew_nobody_took_up_is_told_to_the_supervisor_once(room):
    sos = SoundSos(an_act(), an_id("sos"), "C1", None, None)
    room.carry_out(sos, sound_sos)
    for at in (60, 61):
        room.carry_out(EscalateAlarm(an_act(seconds(at)), "C1", an_id("sos")), escalate_alarm)
    topics = [fact.TOPIC for _, fact in room.log.select(1, 1000)]
    assert topics.count("CrewSafety.AlarmEscalated") == 1


# --- what makes one -------------------------------------------------------------------------------


def incident(**facts):
    waits = {"id": INCIDENT, "priority": "P1", "status": "waiting", "waiting_since": NOON.isoformat()}
    return {**waits, "runs": [], **facts}


def test_who_waits_beyond_the_red_limit_of_its_priority_is_an_alarm_red_for_the_first_two():
    limit = TARGETS.queue["P1"].red_s
    assert list(waiting_too_long([incident()], TARGETS, RULES, seconds(limit - 1))) == []
    (cause,) = waiting_too_long([incident()], TARGETS, RULES, seconds(limit))
    assert (cause.level, cause.due_at) == ("red", seconds(limit))
    (cause,) = waiting_too_long([incident(priority="P4")], TARGETS, RULES, minutes(600))
    assert cause.level == "amber"
    assert not list(waiting_too_long([incident(waiting_since=None)], TARGETS, RULES, minutes(600)))


def test_an_offer_nobody_took_is_the_desks():
    runs = {"r": {"id": "r", "offer": {"settled": True, "next_run_id": None}}}
    waits = incident(runs=[{"run_id": "r"}])
    assert [cause.kind for cause in left_to_the_desk([waits], runs)] == ["untaken"]
    runs["r"]["offer"]["next_run_id"] = "another"
    assert not list(left_to_the_desk([waits], runs))


def test_a_crew_that_cannot_hand_over_is_an_alarm_after_the_red_limit():
    run = {"id": "r", "status": "at_hospital", "callsign": "C1", "incident_id": INCIDENT}
    run["milestones"] = {"at_hospital": NOON.isoformat()}
    assert not list(held_at_hospitals([run], TARGETS, seconds(TARGETS.handover.red_s - 1)))
    (cause,) = held_at_hospitals([run], TARGETS, seconds(TARGETS.handover.red_s))
    assert (cause.level, cause.callsign) == ("amber", "C1")


# --- what is told of it ---------------------------------------------------------------------------


CAUSE = Cause("waiting", INCIDENT, "red", NOON, seconds(120), an_id("incident"))


def standing(**facts):
    base = {"id": "a", "kind": "waiting", "subject": INCIDENT, "level": "red", "since": NOON.isoformat()}
    sounds = {"status": "sounding", "sounding_since": seconds(120).isoformat(), "escalated_at": None}
    return {**base, **sounds, **facts}


def test_a_cause_is_raised_once_and_its_alarm_ends_with_it():
    assert due([CAUSE], [], RULES, seconds(121)).raised == ((CAUSE, 0),)
    assert due([CAUSE], [standing()], RULES, seconds(121)).raised == ()
    assert due([], [standing()], RULES, seconds(121)).ended == ("a",)
    assert due([], [standing(status="ended")], RULES, seconds(121)).ended == ()


def test_a_cause_that_comes_back_is_another_alarm():
    assert due([CAUSE], [standing(status="ended")], RULES, seconds(300)).raised == ((CAUSE, 1),)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, True),
        ({"status": "acknowledged"}, False),
        ({"status": "shelved", "shelved_until": minutes(60).isoformat()}, False),
        ({"level": "amber"}, False),
        ({"escalated_at": NOON.isoformat()}, False),
    ],
)
def test_after_a_minute_the_supervisor_is_told_of_what_is_red_and_nobody_has(facts, told):
    assert due([CAUSE], [standing(**facts)], RULES, seconds(179)).escalated == ()
    assert due([CAUSE], [standing(**facts)], RULES, seconds(180)).escalated == (("a",) if told else ())


def test_what_is_on_the_shelf_comes_back_at_its_time():
    shelved = standing(status="shelved", shelved_until=minutes(10).isoformat())
    assert due([CAUSE], [shelved], RULES, minutes(9)).returned == ()
    assert due([CAUSE], [shelved], RULES, minutes(10)).returned == ("a",)


def test_crews_who_wait_for_an_answer_are_told_by_the_same_rule():
    sounding = {"id": "s", "status": "sounding", "since": NOON.isoformat(), "escalated_at": None}
    quicker = replace(RULES, escalate_after_s=5.0)
    assert crews_overdue([sounding], quicker, seconds(4)) == []
    assert crews_overdue([sounding], quicker, seconds(5)) == [sounding]
    assert crews_overdue([{**sounding, "status": "acknowledged"}], quicker, seconds(5)) == []
