"""Alarms of the desk as time passes: raised, told to the supervisor, brought back from the shelf, ended.

All is worked out from the rows and the lines as they stand, so a restart forgets nothing and tells nothing
twice.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from api.alarms import Alarm
from api.centre import Centre
from api.hand import machine_act, now
from dispatch.commands import C, Outcome
from dispatch.desk import Desk
from dispatch.handlers.crew_alarms import EscalateAlarm, escalate_alarm
from dispatch.handlers.desk_alarms import (
    EndDeskAlarm,
    EscalateDeskAlarm,
    RaiseDeskAlarm,
    UnshelveDeskAlarm,
    end_desk_alarm,
    escalate_desk_alarm,
    raise_desk_alarm,
    unshelve_desk_alarm,
)
from dispatch.reactions.desk_alarms import (
    Cause,
    crews_overdue,
    due,
    held_at_hospitals,
    left_to_the_desk,
    unread_messages,
    waiting_too_long,
)
from domain.desk_alarm import Level
from domain.errors import Refused
from domain.values import Act
from projections.rows import Row

log = logging.getLogger("vigil.clockwork")

RED = frozenset({"roads", "pings", "mqtt"})
"""Lines that say that a part of the service fails. That of the log is not on it: nothing could be stored."""
AMBER = frozenset({"traffic"})
ASKED = "acceptance-"
"""A hospital sends a patient on: for the duty officer, in red. That one did not answer is amber, and nobody
is called for it: the ambulance drives on, and a hospital may say yes late."""


class AlarmClock:
    """`turn` about once a second, from one thread at a time."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    def turn(self) -> None:
        centre, moment = self._centre, now()
        rules, targets = centre.desk.rules.alarms, centre.city.targets
        incidents, runs = centre.views.rows("incidents"), centre.views.rows("runs")
        causes = [
            *waiting_too_long(incidents, targets, rules, moment),
            *left_to_the_desk(incidents, {row["id"]: row for row in runs}),
            *held_at_hospitals(runs, targets, moment),
            *unread_messages(centre.views.rows("messages"), self._units(), rules, moment),
            *failing(centre.alarms.lines(), centre.views.rows("referrals")),
        ]
        told = due(causes, centre.views.rows("desk_alarms"), rules, moment)
        for cause, times in told.raised:
            self._raise(cause, times)
        for each in told.escalated:
            escalation = EscalateDeskAlarm(self._act("escalate", each), UUID(each))
            self._order("escalate", escalation, escalate_desk_alarm)
        for each in told.returned:
            command = UnshelveDeskAlarm(machine_act("clock"), UUID(each))
            self._order("return", command, unshelve_desk_alarm)
        for each in told.ended:
            self._order("end", EndDeskAlarm(self._act("end", each), UUID(each)), end_desk_alarm)
        for row in crews_overdue(centre.views.rows("crew_alarms"), rules, moment):
            act = self._act("escalate_crew", row["id"])
            self._order("escalate", EscalateAlarm(act, row["callsign"], UUID(row["id"])), escalate_alarm)

    def _units(self) -> dict[str, dict[str, Any]]:
        return {row["callsign"]: row for row in self._centre.views.rows("units")}

    def _raise(self, cause: Cause, times: int) -> None:
        act = machine_act("clock", "raise_desk_alarm", *cause.key, times)
        command = RaiseDeskAlarm(
            act, cause.kind, cause.subject, cause.level, cause.since, cause.incident_id, cause.callsign
        )
        self._order("raise", command, raise_desk_alarm)

    def _act(self, what: str, alarm_id: str) -> Act:
        """Named by the alarm as it sounds now: looked at twice before the view has it, it is one order."""
        row = self._centre.views.row("desk_alarms", alarm_id) or {}
        return machine_act("clock", f"{what}_desk_alarm", alarm_id, row.get("sounding_since"))

    def _order(self, what: str, command: C, handler: Callable[[C, Desk], Outcome]) -> None:
        """One that cannot be told keeps no other from being told."""
        try:
            self._centre.order(command, handler)
        except Refused as refusal:
            log.warning("The clock could not %s an alarm: %s", what, refusal)


def failing(lines: Iterable[Alarm], referrals: Iterable[Row]) -> Iterable[Cause]:
    sent_on = {ASKED + row["id"] for row in referrals if row["state"] == "redirect"}
    for line in lines:
        level: Level | None = None
        if line.code in RED or line.code in sent_on:
            level = "red"
        elif line.code in AMBER or line.code.startswith(ASKED):
            level = "amber"
        if level is not None:
            yield Cause("service", line.code, level, line.since, line.since)
