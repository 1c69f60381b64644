"""Words to a crew: read once, by the first who reads them; what nobody reads alarms the desk."""

from datetime import timedelta

import pytest

from dispatch.handlers.message_crew import MessageCrew, ReadMessage, message_crew, read_message
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from dispatch.policies.alarm_rules import AlarmRules
from dispatch.reactions.desk_alarms import unread_messages
from domain.crew_message_errors import NobodyAboard, UnknownMessage
from domain.errors import BadText, IdUsedTwice, UnknownUnit
from domain.values import Duty
from projections.memory import MemoryViews
from projections.message_list import MessageList
from projections.rows import moment
from tests.builders import NOON, Room, an_act, an_id, seconds

RULES = AlarmRules()
MESSAGE = an_id("message")
ON_DUTY = {"C1": {"callsign": "C1", "duty": "on_duty"}}


@pytest.fixture
def room():
    return Room(units=("C1",))


def write(room, words="cổng sau, tầng 3", its_id=MESSAGE, callsign="C1", at=NOON):
    return room.carry_out(MessageCrew(an_act(at), its_id, callsign, words), message_crew)


def read(room, at, its_id=MESSAGE, actor="crew"):
    return room.carry_out(ReadMessage(an_act(at, actor=actor), its_id), read_message)


def row_of(room, its_id=MESSAGE):
    views = MemoryViews((MessageList(),))
    for seq, event in room.log.select(1, 10_000):
        views.apply(seq, event)
    return views.row("messages", str(its_id))


def test_a_message_is_read_by_the_first_who_reads_it(room):
    write(room)
    assert row_of(room)["read_at"] is None
    read(room, seconds(20), actor="front seat")
    read(room, seconds(30), actor="back seat")
    row = row_of(room)
    assert (row["words"], row["sent_by"]) == ("cổng sau, tầng 3", an_act().actor)
    assert (row["read_at"], row["read_by"]) == (moment(seconds(20)), "front seat")


def test_nobody_reads_a_message_before_it_was_sent(room):
    write(room, at=seconds(60))
    room.carry_out(ReadMessage(an_act(NOON, seconds(90)), MESSAGE), read_message)
    assert row_of(room)["read_at"] == moment(seconds(60))


def test_it_tells_what_the_unit_was_on(room):
    incident = room.incident()
    run = room.send(incident, "C1")
    write(room, at=seconds(60))
    row = row_of(room)
    assert (row["incident_id"], row["run_id"]) == (str(incident), str(run))


@pytest.mark.parametrize("words", ["", "   ", "a" * 301])
def test_a_message_has_words_and_not_too_many(room, words):
    with pytest.raises(BadText):
        write(room, words)
    assert row_of(room) is None


def test_who_is_off_duty_is_written_nothing_and_who_is_broken_down_may_be(room):
    room.carry_out(SignUnit(an_act(), "C1", Duty.OUT_OF_SERVICE, "nổ lốp"), sign_unit)
    write(room)
    room.carry_out(SignUnit(an_act(seconds(1)), "C1", Duty.OFF_DUTY, None), sign_unit)
    with pytest.raises(NobodyAboard, match="C1"):
        write(room, its_id=an_id("another"), at=seconds(2))


def test_a_message_nobody_knows_and_an_id_that_something_has_are_refused(room):
    with pytest.raises(UnknownMessage):
        read(room, NOON)
    with pytest.raises(UnknownUnit):
        write(room, callsign="X9")
    write(room)
    with pytest.raises(IdUsedTwice):
        write(room, "anders", at=seconds(5))


def test_what_is_not_read_in_time_is_an_alarm_until_it_is(room):
    write(room)
    late = NOON + timedelta(seconds=RULES.unread_after_s)
    assert list(unread_messages([row_of(room)], ON_DUTY, RULES, late - timedelta(seconds=1))) == []
    (cause,) = unread_messages([row_of(room)], ON_DUTY, RULES, late)
    assert (cause.kind, cause.level, cause.callsign, cause.due_at) == ("unread", "amber", "C1", late)
    read(room, late)
    assert list(unread_messages([row_of(room)], ON_DUTY, RULES, late)) == []


def test_nobody_waits_for_a_crew_that_has_gone_home(room):
    write(room)
    gone = {"C1": {"callsign": "C1", "duty": "off_duty"}}
    assert list(unread_messages([row_of(room)], gone, RULES, NOON + timedelta(hours=1))) == []
