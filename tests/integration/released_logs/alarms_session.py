"""An evening in which alarms are left, put away, taken up and over: every kind of fact of them."""

from datetime import timedelta

from dispatch.handlers.answer_move_up import AcceptMoveUp, AnswerPost, accept_move_up, answer_post
from dispatch.handlers.crew_alarms import (
    AcknowledgeAlarm,
    CloseAlarm,
    EscalateAlarm,
    SoundSos,
    acknowledge_alarm,
    close_alarm,
    escalate_alarm,
    sound_sos,
)
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
from dispatch.handlers.message_crew import MessageCrew, ReadMessage, message_crew, read_message
from domain.move_up import MoveUp
from domain.values import Duty
from tests.builders import HERE, Room, an_act, an_id, minutes

BEGINS = 1_500
"""Minutes after noon: behind all that the session told before."""


def later(number: float):
    return minutes(BEGINS + number)


def alarms_of_the_desk(room: Room) -> None:
    incident = room.incident("P1", at=later(0))
    cause = RaiseDeskAlarm(an_act(later(2)), "waiting", str(incident), "red", later(0), incident, None)
    alarm = room.carry_out(cause, raise_desk_alarm).body["alarm_id"]
    room.carry_out(EscalateDeskAlarm(an_act(later(3)), alarm), escalate_desk_alarm)
    until = later(4) + timedelta(minutes=10)
    room.carry_out(ShelveDeskAlarm(an_act(later(4)), alarm, until, "chờ xe tỉnh"), shelve_desk_alarm)
    room.carry_out(UnshelveDeskAlarm(an_act(until), alarm), unshelve_desk_alarm)
    room.carry_out(AcknowledgeDeskAlarm(an_act(later(15)), alarm), acknowledge_desk_alarm)
    room.carry_out(EndDeskAlarm(an_act(later(16)), alarm), end_desk_alarm)
    in_distress(room)
    words_to_a_crew(room)
    to_wait_somewhere_else(room)


def in_distress(room: Room) -> None:
    """A crew calls for help, and nobody takes it up in time."""
    alarm = an_id("sos that nobody took up")
    room.carry_out(SoundSos(an_act(later(20)), alarm, "C1", HERE, None), sound_sos)
    room.carry_out(EscalateAlarm(an_act(later(21)), "C1", alarm), escalate_alarm)
    room.carry_out(AcknowledgeAlarm(an_act(later(22)), "C1", alarm), acknowledge_alarm)
    room.carry_out(CloseAlarm(an_act(later(23)), "C1", alarm, "safe", None), close_alarm)


def words_to_a_crew(room: Room) -> None:
    message = an_id("message")
    room.carry_out(MessageCrew(an_act(later(25)), message, "C1", "cổng sau, tầng 3"), message_crew)
    room.carry_out(ReadMessage(an_act(later(26)), message), read_message)


def to_wait_somewhere_else(room: Room) -> None:
    """The crew that is sent to a post goes there; later it cannot stay."""
    names = ("C1", "C2", "T1", "M1")
    unit = next(name for name in names if room.log.unit(name).run_id is None)
    room.sign(unit, Duty.ON_DUTY, at=later(29))
    move_up = MoveUp(an_id("to the market again"), unit, "cho", "Chợ", HERE, 0.04, 0.7, 0.74, 240.0, 1800.0)
    going = AnswerPost(an_act(later(31)), unit, move_up.move_up_id, True, None)
    room.carry_out(AcceptMoveUp(an_act(later(30)), str(move_up.move_up_id), move_up), accept_move_up)
    room.carry_out(going, answer_post)
    staying = AnswerPost(an_act(later(32)), unit, move_up.move_up_id, False, "đường ngập")
    room.carry_out(staying, answer_post)
