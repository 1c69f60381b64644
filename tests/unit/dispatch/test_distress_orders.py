"""Crews in distress and cars withdrawn, as orders decided on the log."""

import pytest

from dispatch.handlers.crew_alarms import CheckIn, MissCheck, SoundSos, check_in, miss_check, sound_sos
from dispatch.handlers.withdraw_unit import ReturnUnit, WithdrawUnit, return_unit, withdraw_unit
from domain.assignment_errors import (
    UnitWithdrawn,
)
from domain.crew_safety import CrewSafety
from domain.values import Duty
from tests.builders import HERE, an_act, an_id, minutes
from tests.unit.dispatch.offered import room

__all__ = ["room"]


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
