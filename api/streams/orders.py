"""What a centre is told of a notice: a prompt, a milestone or a note, with an id that a retry finds again.

A proposal is never carried out by itself unless the operator wants that: it becomes a prompt on the run,
which people confirm or dismiss. An alert becomes a note on the incident, for those who read along.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Literal

from projections.streams.effects import Alert, Notice, Proposal, effect_id
from projections.streams.fold import Limits

Arrivals = Literal["note", "report"]

TOO_OLD = timedelta(minutes=15)
"""A prompt about what a unit did, or about a wait that turned red, so long ago helps nobody."""
MILESTONES = {"arrived_scene": "on_scene", "arrived_hospital": "at_hospital"}
"""What a proposal would be as a milestone. That a unit left somewhere is none."""
SETTLED_BY = {**MILESTONES, "left_scene": "transporting"}
"""Where people reported this, they need not be told."""
OVER = frozenset({"declined", "stood_down", "clear"})
LASTS: Mapping[str, frozenset[str]] = {
    "late_acknowledgement": frozenset({"assigned"}),
    "long_on_scene": frozenset({"on_scene", "patient_contact"}),
    "long_handover": frozenset({"at_hospital"}),
}
"""How a run stands while what an alert says of it is still so."""
WAITING = "waiting_incident"
WORDS: Mapping[str, str] = {
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
class Question:
    """A prompt: what a unit did by its positions, for people to confirm. key : of the prompt, a UUID"""

    run_id: str
    move: str
    at: datetime
    lat: float
    lon: float
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


def too_old(notice: Notice, now: datetime, limits: Limits) -> bool:
    """limits : those by which the streams found it"""
    if isinstance(notice, Proposal):
        return now - notice.at > TOO_OLD
    return _weighs(notice) and now - notice.since - _until_red(notice.kind, limits) > TOO_OLD


def _until_red(kind: str, limits: Limits) -> timedelta:
    """How long after its beginning a wait is told: many are older than a quarter of an hour by then.

    An alert does not say of which priority its incident is, so that one may wait by the longest limit.
    """
    red_s = {
        "late_acknowledgement": limits.acknowledge.red_s,
        "long_on_scene": limits.on_scene.red_s,
        "long_handover": limits.handover.red_s,
        WAITING: max(limits.waiting(priority).red_s for priority in (None, *limits.queue)),
    }
    return timedelta(seconds=red_s.get(kind, 0))


def row_wanted(notice: Notice) -> tuple[Literal["runs", "incidents"], str] | None:
    """On which row of the centre, by view and id, hangs what is told; None where nothing is told anyway.

    The streams know what the relay sent them, which may be long ago: only the centre knows how it stands now.
    """
    if isinstance(notice, Proposal):
        return "runs", notice.run_id
    return ("incidents", notice.incident_id) if _weighs(notice) and notice.incident_id else None


def wanted_of(
    notice: Notice, arrivals: Arrivals, zone: tzinfo, row: Mapping[str, Any] | None
) -> Note | Question | Report | None:
    """What the centre should be told, or None where it need not hear of it.

    row : the one that `row_wanted` names, as the centre has it now, if it has it: what people did goes first
    """
    if row is None:
        return None
    if isinstance(notice, Alert):
        return note_of(notice, zone) if still_so(notice, row) else None
    if row["status"] in OVER or SETTLED_BY.get(notice.kind) in row["milestones"]:
        return None
    if arrivals == "report" and notice.kind in MILESTONES:
        return Report(notice.run_id, MILESTONES[notice.kind], notice.at, notice.lat, notice.lon, notice.id)
    return Question(notice.run_id, notice.kind, notice.at, notice.lat, notice.lon, notice.id)


def still_so(alert: Alert, incident: Mapping[str, Any]) -> bool:
    """Whether nobody has answered it yet, nor come, nor closed the incident.

    incident : its row as the centre has it now
    """
    if alert.kind == WAITING:
        sent = (datetime.fromisoformat(run["assigned_at"]) for run in incident["runs"])
        return incident["status"] == "waiting" and all(at <= alert.since for at in sent)
    lasts = LASTS.get(alert.kind, frozenset())
    return any(run["run_id"] == alert.run_id and run["status"] in lasts for run in incident["runs"])


def note_of(alert: Alert, zone: tzinfo) -> Note | None:
    """Its words, if it is one that is told at all. Whether it is still so is not asked here."""
    if not _weighs(alert) or alert.incident_id is None:
        return None
    key = effect_id(alert.id, "red")
    return _note(alert.incident_id, alert.kind, alert.callsign or "", alert.since, zone, key)


def order_of(notice: Notice, arrivals: Arrivals, zone: tzinfo, row: Mapping[str, Any] | None) -> Order | None:
    """The same as an order through the API."""
    match wanted_of(notice, arrivals, zone, row):
        case Note(incident_id=incident_id, text=text, key=key):
            return Order(f"/incidents/{incident_id}/notes", {"note_id": key, "text": text}, key)
        case Question() as question:
            body = {
                "prompt_id": question.key,
                "move": question.move,
                "at": question.at.isoformat(),
                "position": {"lat": question.lat, "lon": question.lon},
            }
            return Order(f"/runs/{question.run_id}/prompts", body, question.key)
        case Report() as report:
            body = {
                "milestone": report.milestone,
                "at": report.at.isoformat(),
                "position": {"lat": report.lat, "lon": report.lon},
            }
            return Order(f"/runs/{report.run_id}/milestones", body, report.key)
    return None


def _weighs(alert: Alert) -> bool:
    """Only what is red, still stands, and is about an incident."""
    return alert.level == "red" and alert.ended_at is None and alert.incident_id is not None


def _note(incident_id: str, kind: str, callsign: str, at: datetime, zone: tzinfo, key: str) -> Note | None:
    if kind not in WORDS:
        return None
    text = WORDS[kind].format(callsign=callsign, time=f"{at.astimezone(zone):%H:%M}")
    return Note(incident_id, text, key)
