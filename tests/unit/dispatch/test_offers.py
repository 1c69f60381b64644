"""Offers to crews, as orders decided on the log."""

from dataclasses import replace

import pytest

from dispatch.handlers.take_by_moving import TakeByMoving, take_by_moving
from dispatch.policies.assignment_rules import OfferRules, shift_day
from domain.assignment_errors import (
    OfferOver,
)
from domain.city import Commitment, Ownership, StationFacts
from domain.values import Milestone
from tests.builders import HERE, NOON, SAIGON, an_act, minutes, seconds
from tests.unit.dispatch.offered import LATE, lapse, offer, pass_on, room

__all__ = ["room"]


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
