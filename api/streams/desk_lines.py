"""Soft alerts before the desks: one line a kind, however many stand, and only those that want a hand.

What is late colours its row in the queue anyway; a line for each would drown a dispatcher in a bad hour. So
only what waits beyond its red limit, units that nobody can find any more, and a surge have a line; it counts
what stands and names the longest standing few.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.alarms import Alarm, Alarms
from projections.streams.effects import Alert, Effect

NAMED = 3
"""So many are named; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """vi, en : with {who}; levels : of alerts that count."""

    vi: str
    en: str
    levels: frozenset[str] = frozenset({"red"})


LINES: Mapping[str, Line] = {
    "late_acknowledgement": Line("Chưa nhận lệnh: {who}.", "Order not acknowledged: {who}."),
    "waiting_incident": Line("Chờ xe quá lâu: vụ {who}.", "Waiting too long for a unit: incident {who}."),
    "stale_position": Line(
        "Mất vị trí, không được đề xuất: {who}.",
        "Position lost, so not recommended: {who}.",
        frozenset({"amber", "red"}),
    ),
    "surge": Line("Số cuộc gọi tăng bất thường.", "Unusually many calls."),
}


class DeskLines:
    """`hear` what the streams find. Any thread may call."""

    def __init__(self, alarms: Alarms) -> None:
        self._alarms = alarms
        self._standing: dict[str, dict[str, Alert]] = {kind: {} for kind in LINES}
        self._lock = threading.Lock()

    def hear(self, effects: Iterable[Effect]) -> None:
        with self._lock:
            changed = {each.kind for each in effects if isinstance(each, Alert) and self._note(each)}
            for kind in sorted(changed):
                self._alarms.show_desks(f"late.{kind}", self._line(kind))

    def standing(self) -> dict[str, int]:
        """How many of each kind stand."""
        with self._lock:
            return {kind: len(alerts) for kind, alerts in self._standing.items()}

    def _note(self, alert: Alert) -> bool:
        """Whether a line changes by it."""
        line = LINES.get(alert.kind)
        if line is None:
            return False
        alerts = self._standing[alert.kind]
        if alert.ended_at is None and alert.level in line.levels:
            alerts[alert.id] = alert
            return True
        return alerts.pop(alert.id, None) is not None

    def _line(self, kind: str) -> Alarm | None:
        alerts = sorted(self._standing[kind].values(), key=lambda alert: (alert.since, _name(alert)))
        if not alerts:
            return None
        named = ", ".join(_name(alert) for alert in alerts[:NAMED])
        more = len(alerts) - NAMED
        vi, en = (f" và {more} nữa", f" and {more} more") if more > 0 else ("", "")
        line = LINES[kind]
        text = {"vi": line.vi.format(who=named + vi), "en": line.en.format(who=named + en)}
        return Alarm(f"late.{kind}", text, alerts[0].since)


def _name(alert: Alert) -> str:
    return alert.callsign or f"#{alert.incident_number}"
