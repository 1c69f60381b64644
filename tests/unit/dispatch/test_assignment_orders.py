"""Offers, prompts, undoing, crews in distress and automatic dispatch, as orders decided on the log."""

from dataclasses import replace
from uuid import UUID

import pytest

from dispatch.handlers.answer_prompt import AnswerPrompt, answer_prompt
from dispatch.handlers.auto_dispatch import (
    ProposeDispatch,
    SendByItself,
    VetoDispatch,
    propose_dispatch,
    send_by_itself,
    veto_dispatch,
)
from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.crew_alarms import CheckIn, MissCheck, SoundSos, check_in, miss_check, sound_sos
from dispatch.handlers.lapse_offer import LapseOffer, lapse_offer
from dispatch.handlers.pass_on_offer import PassOnOffer, pass_on_offer
from dispatch.handlers.raise_prompt import RaisePrompt, raise_prompt
from dispatch.handlers.take_by_moving import TakeByMoving, take_by_moving
from dispatch.handlers.undo_step import UndoStep, undo_step
from dispatch.handlers.withdraw_unit import ReturnUnit, WithdrawUnit, return_unit, withdraw_unit
from dispatch.offering import standing_offer
from dispatch.policies.assignment_rules import OfferRules, shift_day
from domain.assignment_errors import (
    NothingProposed,
    NothingToUndo,
    NotTheLast,
    OfferOver,
    OfferWentOn,
    TooLateToUndo,
    UnitWithdrawn,
    UnknownMove,
)
from domain.auto_dispatch import AutoDispatch
from domain.city import Commitment, Ownership, StationFacts
from domain.crew_safety import CrewSafety
from domain.errors import IllegalMilestone, IncidentOver, UnitBusy
from domain.places_said import SaidPlace
from domain.values import Duty, Milestone
from projections.memory import MemoryViews
from tests.builders import HERE, NOON, SAIGON, Room, an_act, an_id, minutes, seconds

LATE = seconds(46)


@pytest.fixture
def room():
    """Who is sent has 45 seconds to answer."""
    room = Room(units=("C1", "C2", "C3"))
    offers = OfferRules(within_s={"P1": 45.0}, escalate="offer_next")
    room.desk = replace(room.desk, rules=replace(room.desk.rules, offers=offers))
    return room


def offer(room, run):
    return standing_offer(room.log.run(run), room.desk)


def lapse(room, run, at=LATE):
    return room.carry_out(LapseOffer(an_act(at), run), lapse_offer).body["lapsed"]


def pass_on(room, run, *orders, serving=()):
    command = PassOnOffer(an_act(LATE), run, "lapsed", orders, serving)
    return room.carry_out(command, pass_on_offer).body


# --- offers ---------------------------------------------------------------------------------------


def test_an_offer_lapses_at_its_moment_and_frees_unit_and_bed(room):
    incident = room.incident()
    run = room.send(incident)
    assert not lapse(room, run, seconds(44.9))
    assert lapse(room, run, seconds(45))
    assert room.log.run(run).milestone == Milestone.STOOD_DOWN
    assert room.log.unit("C1").run_id is None
    assert room.ledger().holds == {}
    assert room.log.incident(incident).serving == {}
    assert offer(room, run).lapsed


def test_an_answer_that_came_before_stands(room):
    run = room.send(room.incident())
    room.report(run, "accepted", at=seconds(44))
    assert not lapse(room, run)
    assert room.log.run(run).milestone == Milestone.ACCEPTED
    assert offer(room, run).answer == "accepted"


@pytest.mark.parametrize("answer", ["accepted", "declined", "en_route"])
def test_who_answers_after_it_lapsed_is_told(room, answer):
    run = room.send(room.incident())
    lapse(room, run)
    with pytest.raises(OfferOver, match="within 45 s"):
        room.report(run, answer, at=seconds(44))


def test_who_drives_without_a_word_has_answered(room):
    run = room.send(room.incident())
    room.report(run, "en_route", at=seconds(10))
    assert (offer(room, run).answer, lapse(room, run)) == ("accepted", False)


def take(room, run, at=20.0, heard=30.0):
    act = replace(an_act(seconds(heard)), at=seconds(at))
    return room.carry_out(TakeByMoving(act, run, HERE, 180.0, 22.0), take_by_moving).body["taken"]


def test_who_is_seen_driving_to_the_scene_has_accepted_with_the_time_it_set_out(room):
    run = room.send(room.incident())
    assert take(room, run)
    assert room.log.run(run).times[Milestone.ACCEPTED] == seconds(20)
    taken = offer(room, run)
    assert (taken.answer, taken.by_moving, lapse(room, run)) == ("accepted", True, False)
    assert not take(room, run), "said again it is nothing new"
    room.report(run, "accepted", at=seconds(40))
    assert room.log.run(run).times[Milestone.ACCEPTED] == seconds(20), "a yes is heard and changes nothing"
    room.report(run, "en_route", at=seconds(41))


def test_what_positions_say_comes_behind_what_people_said(room):
    declined, lapsed = (room.send(room.incident(), unit) for unit in ("C1", "C2"))
    room.report(declined, "declined", at=seconds(10))
    assert not take(room, declined)
    assert lapse(room, lapsed)
    assert not take(room, lapsed, heard=50.0)
    ordered = room.send(room.incident(priority="P3"), "C3")
    assert not take(room, ordered), "nobody asked it"


def test_it_goes_to_the_first_of_the_next_that_can_go(room):
    incident = room.incident()
    other, run = room.send(room.incident(), "C2"), room.send(incident)
    lapse(room, run)
    orders = [replace(room.order_to_send(incident, unit, at=LATE), turn=2) for unit in ("C2", "C3")]
    answer = pass_on(room, run, *orders)
    assert (answer["callsign"], answer["next_run_id"]) == ("C3", str(orders[1].run_id))
    assert offer(room, orders[1].run_id).turn == 2
    assert room.log.unit("C2").run_id == other, "who is busy is passed over"


def test_passed_on_again_nobody_more_is_sent(room):
    incident = room.incident()
    run = room.send(incident)
    lapse(room, run)
    pass_on(room, run, room.order_to_send(incident, "C2", at=LATE))
    again = pass_on(room, run, room.order_to_send(incident, "C3", at=LATE))
    assert again["next_run_id"] is None
    assert list(room.log.incident(incident).serving.values()) == ["C2"]


def test_where_somebody_was_sent_meanwhile_nobody_more_is(room):
    incident = room.incident()
    run = room.send(incident)
    lapse(room, run)
    room.send(incident, "C3", at=LATE)
    assert pass_on(room, run, room.order_to_send(incident, "C2", at=LATE))["callsign"] is None
    assert room.log.unit("C2").run_id is None
    assert offer(room, run).settled


def test_a_second_unit_that_was_there_before_keeps_nobody_from_going(room):
    incident = room.incident()
    first, run = room.send(incident, "C3"), room.send(incident)
    lapse(room, run)
    orders = (room.order_to_send(incident, "C2", at=LATE),)
    assert pass_on(room, run, *orders, serving=(first,))["callsign"] == "C2"


def test_a_bed_that_is_gone_keeps_no_patient_waiting(room):
    incident = room.incident()
    run = room.send(incident)
    lapse(room, run)
    room.beds("cho-ray", 2, 2, at=LATE)
    order = room.order_to_send(incident, "C2", at=LATE)
    assert pass_on(room, run, order)["callsign"] == "C2"
    sent = room.log.run(order.run_id)
    assert (sent.hospital_id, sent.bed_kind) == ("cho-ray", None)


def test_a_priority_that_is_not_named_may_take_as_long_as_it_likes(room):
    run = room.send(room.incident("P3"))
    assert offer(room, run) is None
    assert not lapse(room, run, minutes(600))


STATION = StationFacts("x", "X", HERE, "cho-ray", Ownership.HOSPITAL, "", assumed=True)


def test_a_loosely_committed_station_has_longer_and_answers_itself():
    rules = OfferRules(within_s={"P1": 45.0}, more_s={Commitment.LOOSE: 30.0})
    centre = replace(STATION, ownership=Ownership.CENTRE)
    assert (rules.answer_within_s("P1", STATION), rules.whom(STATION)) == (75.0, "station")
    assert (rules.answer_within_s("P1", centre), rules.whom(centre)) == (45.0, "crew")
    said = replace(STATION, said_commitment=Commitment.FULL)
    assert rules.answer_within_s("P1", said) == 45.0, "what a station says goes before its ownership"


@pytest.mark.parametrize(
    ("clock", "day"), [("06:29", "2026-03-01"), ("06:30", "2026-03-02"), ("23:59", "2026-03-02")]
)
def test_a_shift_day_begins_at_half_past_six(clock, day):
    hour, minute = map(int, clock.split(":"))
    assert shift_day(NOON.replace(hour=hour, minute=minute), SAIGON) == day


# --- prompts --------------------------------------------------------------------------------------


def prompted(room, run, move="arrived_scene", at=2.0):
    command = RaisePrompt(an_act(minutes(at), minutes(at + 0.25)), an_id(), run, move, HERE)
    room.carry_out(command, raise_prompt)
    return command.prompt_id


def dismiss(room, run, prompt, at=10.0):
    return room.carry_out(AnswerPrompt(an_act(minutes(at)), run, prompt, False, None), answer_prompt)


def confirm(room, run, prompt, at=10.0):
    return room.carry_out(AnswerPrompt(an_act(minutes(at)), run, prompt, True, None), answer_prompt)


def test_what_is_confirmed_is_reported_with_the_time_of_the_move(room):
    run = room.send(room.incident())
    room.report(run, "en_route", at=minutes(1))
    confirm(room, run, prompted(room, run))
    assert room.log.run(run).times["on_scene"] == minutes(2)


def test_what_the_crew_told_meanwhile_stands_as_it_told_it(room):
    run = room.send(room.incident())
    room.report(run, "en_route", at=minutes(1))
    prompt = prompted(room, run)
    room.report(run, "on_scene", at=minutes(3))
    confirm(room, run, prompt)
    assert room.log.run(run).times["on_scene"] == minutes(3)


def asked(room, run):
    """What the run's row asks for, by the facts as they stand in the log."""
    views = MemoryViews()
    for seq, fact in room.log.select(1, 1_000):
        views.apply(seq, fact)
    prompt = views.row("runs", str(run))["prompt"]
    return prompt and (UUID(prompt["id"]), prompt["milestone"])


def test_of_two_moves_the_later_one_is_asked_for_whichever_was_found_first(room):
    run = room.send(room.incident())
    room.drive(run, "en_route")
    at_the_hospital = prompted(room, run, "arrived_hospital", at=6)
    at_the_scene = prompted(room, run, "arrived_scene", at=3)
    assert asked(room, run) == (at_the_hospital, "at_hospital")
    dismiss(room, run, at_the_hospital)
    assert asked(room, run) == (at_the_scene, "on_scene")


def test_an_arrival_that_was_told_and_taken_back_is_asked_for_again_until_somebody_answers(room):
    run = room.send(room.incident())
    room.drive(run, "en_route")
    prompt = prompted(room, run)
    room.report(run, "on_scene", at=minutes(3))
    assert asked(room, run) is None
    room.carry_out(UndoStep(an_act(minutes(4)), run, None, None), undo_step)
    assert asked(room, run) == (prompt, "on_scene")
    dismiss(room, run, prompt)
    assert asked(room, run) is None


def test_confirming_skips_no_step_and_the_question_stands(room):
    run = room.send(room.incident())
    prompt = prompted(room, run)
    with pytest.raises(IllegalMilestone):
        confirm(room, run, prompt)
    room.report(run, "en_route", at=minutes(1.5))
    confirm(room, run, prompt, at=11)
    assert room.log.run(run).milestone == "on_scene"


def test_who_leaves_the_hospital_handed_over_and_who_had_said_so_is_clear(room):
    run = room.send(room.incident())
    room.drive(run, "en_route", "on_scene", "transporting", "at_hospital")
    confirm(room, run, prompted(room, run, "left_hospital", at=6), at=7)
    assert room.log.run(run).milestone == "handed_over"
    confirm(room, run, prompted(room, run, "left_hospital", at=8), at=9)
    assert room.log.run(run).milestone == "clear"


def test_a_move_nobody_knows_is_refused(room):
    run = room.send(room.incident())
    with pytest.raises(UnknownMove):
        prompted(room, run, "flew_away")


# --- undoing --------------------------------------------------------------------------------------


def undo(room, run, at=3.0, of=None):
    return room.carry_out(UndoStep(an_act(minutes(at)), run, of, None), undo_step).body["undone"]


def test_after_a_quarter_of_an_hour_a_time_is_corrected_and_not_undone(room):
    run = room.send(room.incident())
    room.report(run, "en_route", at=minutes(1))
    with pytest.raises(TooLateToUndo, match="15 minutes"):
        undo(room, run, at=16.1)
    assert undo(room, run, at=16) == "en_route"


def test_the_step_that_is_named_must_be_the_last(room):
    run = room.send(room.incident())
    room.report(run, "en_route", at=minutes(1))
    first = room.log.position() - 1
    room.report(run, "on_scene", at=minutes(2))
    places = {fact.milestone: seq for seq, fact in room.log.select(1, 1000) if hasattr(fact, "milestone")}
    assert first < places["on_scene"]
    with pytest.raises(NotTheLast):
        undo(room, run, of=places["en_route"])
    assert undo(room, run, of=places["on_scene"]) == "on_scene"


def test_a_run_is_undone_step_by_step_back_to_nothing(room):
    incident = room.incident()
    run = room.send(incident)
    room.drive(run, "en_route", "on_scene", "transporting", "at_hospital", "handed_over", "clear")
    undone = [undo(room, run, at=8) for _ in range(7)]
    assert undone == [
        "clear", "handed_over", "at_hospital", "transporting", "on_scene", "en_route", "assigned"
    ]  # fmt: skip
    assert room.log.run(run).is_over
    assert room.log.unit("C1").run_id is None
    assert room.log.incident(incident).serving == {}
    ledger = room.ledger()
    assert (ledger.occupied, ledger.holds) == (0, {}), "as if nobody had ever been sent"


def test_an_assignment_that_was_taken_back_stays_so(room):
    run = room.send(room.incident())
    assert undo(room, run) == "assigned"
    with pytest.raises(NothingToUndo):
        undo(room, run, at=4)
    assert room.log.unit("C1").run_id is None


def test_an_arrival_the_hospital_has_counted_since_is_not_counted_twice(room):
    run = room.send(room.incident())
    room.drive(run, "en_route", "on_scene", "transporting", "at_hospital")
    room.beds("cho-ray", 2, 0, at=minutes(5))
    undo(room, run, at=6)
    assert room.ledger().occupied == 0


def test_nothing_is_undone_over_what_was_built_on_it(room):
    incident = room.incident()
    run = room.send(incident)
    room.report(run, "stood_down", at=minutes(1))
    again = room.send(room.incident(), at=minutes(2))
    with pytest.raises(UnitBusy):
        undo(room, run)
    room.report(again, "stood_down", at=minutes(3))
    room.carry_out(CloseIncident(an_act(minutes(4)), incident, "xong"), close_incident)
    with pytest.raises(IncidentOver):
        undo(room, run, at=5)


def test_an_offer_that_lapsed_is_not_undone_whether_it_went_on_or_not(room):
    incident = room.incident()
    run = room.send(incident)
    lapse(room, run)
    with pytest.raises(OfferWentOn, match="The order of C1 lapsed"):
        undo(room, run)
    pass_on(room, run, room.order_to_send(incident, "C2", at=LATE))
    with pytest.raises(OfferWentOn, match="went on to C2"):
        undo(room, run)
    assert list(room.log.incident(incident).serving.values()) == ["C2"]
    assert room.log.unit("C1").run_id is None


def test_a_no_by_mistake_is_undone_until_the_order_went_on_and_then_it_is_not(room):
    incident = room.incident()
    run = room.send(incident)
    room.report(run, "declined", at=seconds(5))
    assert undo(room, run, at=0.1) == "declined"
    assert pass_on(room, run, room.order_to_send(incident, "C2", at=LATE))["next_run_id"] is None
    assert list(room.log.incident(incident).serving.values()) == ["C1"]
    room.report(run, "declined", at=seconds(9))
    pass_on(room, run, room.order_to_send(incident, "C2", at=LATE))
    with pytest.raises(OfferWentOn, match="went on to C2"):
        undo(room, run)
    assert list(room.log.incident(incident).serving.values()) == ["C2"]


# --- crews and cars -------------------------------------------------------------------------------


def safety(room, callsign="C1"):
    return room.log.find(CrewSafety, CrewSafety.create_id(callsign))


def test_presses_while_an_alarm_stands_are_one_alarm(room):
    pressed = [
        room.carry_out(SoundSos(an_act(), an_id(), "C1", HERE, None), sound_sos).body["alarm_id"]
        for _ in range(3)
    ]
    assert len(set(pressed)) == 1
    assert len(safety(room).standing) == 1


def test_a_missed_check_is_told_once_and_a_word_of_the_crew_ends_it(room):
    run = room.send(room.incident("P3"))
    room.drive(run, "en_route", "on_scene")
    alarm = an_id("missed")
    for _ in range(2):
        room.carry_out(MissCheck(an_act(minutes(30)), alarm, run), miss_check)
    assert list(safety(room).standing) == [alarm]
    room.carry_out(CheckIn(an_act(minutes(31)), run, True, an_id(), None), check_in)
    assert safety(room).standing == {}
    room.carry_out(MissCheck(an_act(minutes(31)), alarm, run), miss_check)
    assert safety(room).standing == {}, "the same check is not missed again"


def test_a_withdrawn_car_keeps_its_duty_for_its_return(room):
    until = minutes(60)
    room.carry_out(WithdrawUnit(an_act(), "C1", "cần xe", until), withdraw_unit)
    assert room.log.unit("C1").duty == Duty.OUT_OF_SERVICE
    with pytest.raises(UnitWithdrawn, match="cần xe"):
        room.sign("C1", Duty.ON_DUTY)
    room.carry_out(ReturnUnit(an_act(minutes(1)), "C1"), return_unit)
    assert room.log.unit("C1").duty == Duty.ON_DUTY
    room.sign("C2", Duty.OFF_DUTY)
    room.carry_out(WithdrawUnit(an_act(), "C2", "cần xe", None), withdraw_unit)
    room.carry_out(ReturnUnit(an_act(minutes(1)), "C2"), return_unit)
    assert room.log.unit("C2").duty == Duty.OFF_DUTY


# --- by itself ------------------------------------------------------------------------------------


def proposed(room, *callsigns):
    incident = room.incident()
    plan = ProposeDispatch(an_act(), incident, callsigns, "cho-ray", "EmergencyDepartment", an_id())
    room.carry_out(plan, propose_dispatch)
    return incident


def auto(room, incident):
    return room.log.find(AutoDispatch, AutoDispatch.create_id(incident))


def go(room, incident, *callsigns):
    orders = tuple(
        room.order_to_send(incident, callsign, "cho-ray" if not place else None, at=seconds(20))
        for place, callsign in enumerate(callsigns)
    )
    bedless = tuple(replace(order, bed_kind=None) for order in orders)
    command = SendByItself(an_act(seconds(20), actor="auto"), incident, orders, bedless)
    return room.carry_out(command, send_by_itself).body["run_ids"]


def test_a_whole_plan_goes_in_one_save(room):
    incident = proposed(room, "C1", "C2")
    assert len(go(room, incident, "C1", "C2")) == 2
    assert sorted(room.log.incident(incident).serving.values()) == ["C1", "C2"]
    assert auto(room, incident).state == "sent"


def test_of_a_plan_with_one_who_is_taken_nobody_goes(room):
    incident = proposed(room, "C1", "C2")
    room.send(room.incident(), "C2")
    assert go(room, incident, "C1", "C2") == []
    assert room.log.unit("C1").run_id is None
    assert (auto(room, incident).state, auto(room, incident).open_to_proposals) == ("dropped", True)


def test_to_a_place_that_came_in_doubt_nobody_goes_until_it_is_confirmed(room):
    incident = proposed(room, "C1")
    heard = room.log.incident(incident)
    heard.say_place(SaidPlace("gazetteer", 0.3, False), certain=False, act=an_act(seconds(5)))
    room.log.save(heard)
    assert go(room, incident, "C1") == []
    assert (auto(room, incident).state, auto(room, incident).open_to_proposals) == ("dropped", True)
    again = ProposeDispatch(an_act(seconds(21)), incident, ("C1",), None, None, an_id())
    room.carry_out(again, propose_dispatch)
    assert auto(room, incident).state == "dropped", "no countdown to an order that would be refused"


def test_after_a_veto_nobody_goes_and_nothing_is_proposed_again(room):
    incident = proposed(room, "C1")
    room.carry_out(VetoDispatch(an_act(), incident, None), veto_dispatch)
    assert go(room, incident, "C1") == []
    assert not auto(room, incident).open_to_proposals
    with pytest.raises(NothingProposed, match="vetoed already"):
        room.carry_out(VetoDispatch(an_act(seconds(1)), incident, None), veto_dispatch)


def test_a_hospital_without_beds_keeps_nobody_at_home(room):
    incident = proposed(room, "C1")
    room.beds("cho-ray", 2, 2)
    (run,) = go(room, incident, "C1")
    assert room.log.run(UUID(run)).bed_kind is None
