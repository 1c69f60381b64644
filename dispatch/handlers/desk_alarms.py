"""Alarms of the desk: the clock raises, escalates and ends them, people take them up or put them away."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.desk_alarm import DeskAlarm, Kind, Level
from domain.desk_alarm_errors import BadShelfEnd, UnknownDeskAlarm
from domain.values import Act


@dataclass(frozen=True, slots=True)
class RaiseDeskAlarm:
    act: Act
    kind: Kind
    subject: str
    level: Level
    since: datetime
    incident_id: UUID | None
    callsign: str | None


@dataclass(frozen=True, slots=True)
class EscalateDeskAlarm:
    act: Act
    alarm_id: UUID


@dataclass(frozen=True, slots=True)
class EndDeskAlarm:
    act: Act
    alarm_id: UUID


@dataclass(frozen=True, slots=True)
class AcknowledgeDeskAlarm:
    act: Act
    alarm_id: UUID


@dataclass(frozen=True, slots=True)
class ShelveDeskAlarm:
    act: Act
    alarm_id: UUID
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class UnshelveDeskAlarm:
    """By hand, or because its time is over."""

    act: Act
    alarm_id: UUID


def raise_desk_alarm(command: RaiseDeskAlarm, desk: Desk) -> Outcome:
    alarm = DeskAlarm(
        kind=command.kind,
        subject=command.subject,
        level=command.level,
        since=command.since,
        incident_id=command.incident_id,
        callsign=command.callsign,
        act=command.act,
    )
    return _told(alarm)


def escalate_desk_alarm(command: EscalateDeskAlarm, desk: Desk) -> Outcome:
    alarm = _known(command.alarm_id, desk)
    alarm.escalate(command.act)
    return _told(alarm)


def end_desk_alarm(command: EndDeskAlarm, desk: Desk) -> Outcome:
    alarm = _known(command.alarm_id, desk)
    alarm.end(command.act)
    return _told(alarm)


def acknowledge_desk_alarm(command: AcknowledgeDeskAlarm, desk: Desk) -> Outcome:
    alarm = _known(command.alarm_id, desk)
    alarm.acknowledge(command.act)
    return _told(alarm)


def shelve_desk_alarm(command: ShelveDeskAlarm, desk: Desk) -> Outcome:
    """Refuses a shelf without an end, or one longer than the city allows: BadShelfEnd."""
    longest = timedelta(seconds=desk.rules.alarms.longest_shelf_s)
    if not command.act.heard_at < command.until <= command.act.heard_at + longest:
        raise BadShelfEnd(longest_min=desk.rules.alarms.longest_shelf_s / 60)
    alarm = _known(command.alarm_id, desk)
    alarm.shelve(command.until, checks.words("reason", command.reason, 300), command.act)
    return _told(alarm)


def unshelve_desk_alarm(command: UnshelveDeskAlarm, desk: Desk) -> Outcome:
    alarm = _known(command.alarm_id, desk)
    alarm.bring_back(command.act)
    return _told(alarm)


def _known(alarm_id: UUID, desk: Desk) -> DeskAlarm:
    alarm = desk.log.find(DeskAlarm, alarm_id)
    if alarm is None:
        raise UnknownDeskAlarm(alarm_id=alarm_id)
    return alarm


def _told(alarm: DeskAlarm) -> Outcome:
    return Outcome((alarm,), {"alarm_id": str(alarm.id)})
