"""Which alarms should stand by the rows as they are, and what has to be told of those that do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from dispatch.policies.alarm_rules import AlarmRules
from domain.city import Targets
from domain.desk_alarm import Kind, Level
from domain.values import Duty

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why an alarm should stand. `due_at` : when it became one"""

    kind: Kind
    subject: str
    level: Level
    since: datetime
    due_at: datetime
    incident_id: UUID | None = None
    callsign: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.subject, self.since.astimezone(UTC).isoformat()


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be told now. `round` counts the times that the same cause was over and came back."""

    raised: tuple[tuple[Cause, int], ...]
    escalated: tuple[str, ...]
    returned: tuple[str, ...]
    ended: tuple[str, ...]


def waiting_too_long(
    incidents: Iterable[Row], targets: Targets, rules: AlarmRules, now: datetime
) -> Iterable[Cause]:
    """Open incidents that nobody is on the way to, beyond the red limit of their priority."""
    for row in incidents:
        if row["waiting_since"] is None or row["priority"] not in targets.queue:
            continue
        since = datetime.fromisoformat(row["waiting_since"])
        due_at = since + timedelta(seconds=targets.queue[row["priority"]].red_s)
        if due_at <= now:
            level: Level = "red" if row["priority"] in rules.red else "amber"
            yield Cause("waiting", row["id"], level, since, due_at, UUID(row["id"]))


def left_to_the_desk(incidents: Iterable[Row], runs: Mapping[str, Row]) -> Iterable[Cause]:
    """Incidents whose offer nobody took, and nobody else is offered it."""
    for row in incidents:
        if row["status"] != "waiting" or not row["runs"]:
            continue
        offer = runs.get(row["runs"][-1]["run_id"], {}).get("offer")
        if offer is not None and offer["settled"] and offer["next_run_id"] is None:
            since = datetime.fromisoformat(row["waiting_since"])
            yield Cause("untaken", row["id"], "red", since, since, UUID(row["id"]))


def held_at_hospitals(runs: Iterable[Row], targets: Targets, now: datetime) -> Iterable[Cause]:
    """Crews that wait for a handover beyond its red limit."""
    for row in runs:
        if row["status"] != "at_hospital" or "at_hospital" not in row["milestones"]:
            continue
        since = datetime.fromisoformat(row["milestones"]["at_hospital"])
        due_at = since + timedelta(seconds=targets.handover.red_s)
        if due_at <= now:
            about = UUID(row["incident_id"])
            yield Cause("handover", row["id"], "amber", since, due_at, about, row["callsign"])


def unread_messages(
    messages: Iterable[Row], units: Mapping[str, Row], rules: AlarmRules, now: datetime
) -> Iterable[Cause]:
    """What a crew has not read for too long. Whoever went off duty since reads nothing any more."""
    for row in messages:
        unit = units.get(row["callsign"])
        if row["read_at"] is not None or unit is None or unit["duty"] == Duty.OFF_DUTY:
            continue
        since = datetime.fromisoformat(row["sent_at"])
        due_at = since + timedelta(seconds=rules.unread_after_s)
        if due_at <= now:
            about = UUID(row["incident_id"]) if row["incident_id"] else None
            yield Cause("unread", row["id"], "amber", since, due_at, about, row["callsign"])


def due(causes: Iterable[Cause], alarms: Iterable[Row], rules: AlarmRules, now: datetime) -> Due:
    """Told of each alarm at most once, whatever how often the clock looks."""
    alarms = list(alarms)
    wanted = {cause.key: cause for cause in causes}
    standing = {_key(row): row for row in alarms if row["status"] != "ended"}
    raised = tuple(
        (cause, sum(_key(row) == key for row in alarms))
        for key, cause in wanted.items()
        if key not in standing
    )
    escalated, returned, ended = [], [], []
    patience = timedelta(seconds=rules.escalate_after_s)
    for key, row in standing.items():
        if key not in wanted:
            ended.append(row["id"])
        elif row["status"] == "shelved" and datetime.fromisoformat(row["shelved_until"]) <= now:
            returned.append(row["id"])
        elif _overdue(row, row["level"], row["sounding_since"], patience, now):
            escalated.append(row["id"])
    return Due(raised, tuple(escalated), tuple(returned), tuple(ended))


def crews_overdue(crew_alarms: Iterable[Row], rules: AlarmRules, now: datetime) -> list[Row]:
    """Crews who called for help, or gave no sign, and nobody took it up in time; each once."""
    patience = timedelta(seconds=rules.escalate_after_s)
    return [row for row in crew_alarms if _overdue(row, "red", row["since"], patience, now)]


def _overdue(row: Row, level: str, since: str, patience: timedelta, now: datetime) -> bool:
    if level != "red" or row["status"] != "sounding" or row.get("escalated_at") is not None:
        return False
    return datetime.fromisoformat(since) + patience <= now


def _key(row: Row) -> tuple[str, str, str]:
    return row["kind"], row["subject"], datetime.fromisoformat(row["since"]).astimezone(UTC).isoformat()
