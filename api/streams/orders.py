"""What a centre is told of a notice: a note or a milestone, with an id that a retry finds again.

A proposal is never carried out by itself unless the operator wants that: it becomes a note on the incident,
for those who read along to confirm by reporting the milestone as they always do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Literal

from projections.streams.effects import Alert, Notice, Proposal, effect_id

Arrivals = Literal["note", "report"]

TOO_OLD = timedelta(minutes=15)
"""A prompt about what a unit did so long ago helps nobody."""
MILESTONES = {"arrived_scene": "on_scene", "arrived_hospital": "at_hospital"}
"""What a proposal would be as a milestone. That a unit left somewhere is none."""
SETTLED_BY = {**MILESTONES, "left_scene": "transporting"}
"""Where people reported this, they need not be told."""
OVER = frozenset({"declined", "stood_down", "clear"})
WORDS: Mapping[str, str] = {
    "arrived_scene": "{callsign}: theo định vị đã đến hiện trường lúc {time}, xin xác nhận. "
    "By its position on scene since {time}; please confirm.",
    "left_scene": "{callsign}: theo định vị đã rời hiện trường lúc {time}. "
    "By its position it left the scene at {time}.",
    "arrived_hospital": "{callsign}: theo định vị đã đến bệnh viện lúc {time}, xin xác nhận. "
    "By its position at the hospital since {time}; please confirm.",
    "left_hospital": "{callsign}: theo định vị đã rời bệnh viện lúc {time}. "
    "By its position it left the hospital at {time}.",
    "late_acknowledgement": "{callsign}: chưa xác nhận lệnh từ {time}. Has not acknowledged since {time}.",
    "long_on_scene": "{callsign}: ở hiện trường từ {time}. On scene since {time}.",
    "long_handover": "{callsign}: bàn giao tại bệnh viện từ {time}. At the hospital since {time}.",
    "waiting_incident": "Chưa có xe từ {time}. Waiting for a unit since {time}.",
}


@dataclass(frozen=True, slots=True)
class Note:
    """Words for an incident. key : a UUID, the same however often it is made."""

    incident_id: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Report:
    """A milestone of a run, by where its unit was."""

    run_id: str
    milestone: str
    at: datetime
    lat: float
    lon: float
    key: str


@dataclass(frozen=True, slots=True)
class Order:
    """path : below /api/v1. key : the Idempotency-Key; the same however often it is sent."""

    path: str
    body: Mapping[str, Any]
    key: str


def too_old(notice: Notice, now: datetime) -> bool:
    return isinstance(notice, Proposal) and now - notice.at > TOO_OLD


def wanted_of(
    notice: Notice, arrivals: Arrivals, zone: tzinfo, run: Mapping[str, Any] | None
) -> Note | Report | None:
    """What the centre should be told, or None where it need not hear of it.

    run : the row of its run as the centre has it now, if it has one: what people reported goes first
    """
    if isinstance(notice, Alert):
        return _of_alert(notice, zone)
    if run is None or run["status"] in OVER or SETTLED_BY.get(notice.kind) in run["milestones"]:
        return None
    if arrivals == "report" and notice.kind in MILESTONES:
        return Report(notice.run_id, MILESTONES[notice.kind], notice.at, notice.lat, notice.lon, notice.id)
    return _note(notice.incident_id, notice.kind, notice.callsign, notice.at, zone, notice.id)


def order_of(notice: Notice, arrivals: Arrivals, zone: tzinfo, run: Mapping[str, Any] | None) -> Order | None:
    """The same as an order through the API."""
    match wanted_of(notice, arrivals, zone, run):
        case Note(incident_id=incident_id, text=text, key=key):
            return Order(f"/incidents/{incident_id}/notes", {"note_id": key, "text": text}, key)
        case Report() as report:
            body = {
                "milestone": report.milestone,
                "at": report.at.isoformat(),
                "position": {"lat": report.lat, "lon": report.lon},
            }
            return Order(f"/runs/{report.run_id}/milestones", body, report.key)
    return None


def _of_alert(alert: Alert, zone: tzinfo) -> Note | None:
    """Only what has weight: red, still standing, and about an incident."""
    if alert.level != "red" or alert.ended_at is not None or alert.incident_id is None:
        return None
    key = effect_id(alert.id, "red")
    return _note(alert.incident_id, alert.kind, alert.callsign or "", alert.since, zone, key)


def _note(incident_id: str, kind: str, callsign: str, at: datetime, zone: tzinfo, key: str) -> Note | None:
    if kind not in WORDS:
        return None
    text = WORDS[kind].format(callsign=callsign, time=f"{at.astimezone(zone):%H:%M}")
    return Note(incident_id, text, key)
