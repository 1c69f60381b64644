"""Calls are taken out of a log with what it tells of them, and what it does not tell is guessed once."""

from datetime import date, timedelta

import pytest

from simulations.policy_day.from_log import day_of, facts_of
from tests.builders import NOON, SAIGON, Room, minutes

ZONE = "Asia/Ho_Chi_Minh"


def test_what_the_log_tells_of_a_call_is_what_is_played():
    room = Room()
    call = room.call(at=NOON)
    incident = room.incident("P1", at=minutes(2), call_id=call)
    run = room.send(incident, "C1")
    milestones = ("accepted", "en_route", "on_scene", "patient_contact", "transporting", "at_hospital")
    room.drive(run, *milestones, "handed_over", "clear", start=3)
    (found,) = day_of(facts_of(room.log), "hcmc", ZONE).calls
    assert found.at_s == 12 * 3600
    assert (found.decide_s, found.scene_s, found.handover_s, found.clear_s) == (120.0, 120.0, 60.0, 60.0)
    assert found.transports
    assert found.priority == "P1"


def test_what_nobody_reported_is_guessed_and_guessed_alike():
    room = Room()
    room.incident("P3", at=NOON)
    (one,) = day_of(facts_of(room.log), "hcmc", ZONE).calls
    (two,) = day_of(facts_of(room.log), "hcmc", ZONE).calls
    assert one == two
    assert 420 <= one.scene_s <= 1500


def test_a_call_belongs_to_the_day_on_which_it_rang():
    room = Room()
    midnight = NOON.astimezone(SAIGON).replace(hour=0) + timedelta(days=1)
    call = room.call(at=midnight - timedelta(seconds=30))
    room.incident("P2", at=midnight + timedelta(seconds=30), call_id=call)
    day = day_of(facts_of(room.log), "hcmc", ZONE)
    assert day.begins.date() == date(2026, 3, 2)
    assert day.calls[0].at_s == 86_370.0
    with pytest.raises(ValueError, match="no incident on 2026-03-03"):
        day_of(facts_of(room.log), "hcmc", ZONE, date(2026, 3, 3))


def test_the_busiest_day_is_taken_where_none_is_named():
    room = Room()
    for days in (0, 1, 1):
        room.incident("P2", at=NOON + timedelta(days=days))
    assert day_of(facts_of(room.log), "hcmc", ZONE).begins.date() == date(2026, 3, 3)
