"""An evening in which alarms are left, put away, taken up and over: every kind of fact of them."""

from datetime import timedelta

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
