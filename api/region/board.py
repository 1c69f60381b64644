"""What the region knows, kept in memory: rows and alerts of the stream workers, and signs of life."""

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from api.region.links import Link, Links, judged
from projections.streams.effects import (
    Alert,
    BedsRow,
    CentrePart,
    FleetRow,
    HourRow,
    MinuteRow,
    Proposal,
    RegionRow,
)
from projections.unreadable import UNREADABLE

SILENT_S: Final = 20.0
"""The workers make a page every five seconds; after so long without one they are called silent."""
NOTICES: Final = 500
ALWAYS: Final = datetime(1970, 1, 1, tzinfo=UTC)

Heard = FleetRow | MinuteRow | HourRow | BedsRow | RegionRow | Alert | Proposal
READER: Final[msgspec.json.Decoder[Heard]] = msgspec.json.Decoder(Heard)


class Board:
    """Any thread may let it hear and ask. Heard twice or in another order, it is the same in the end."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """now : when it hears what it hears"""
        self._now, self._lock, self._links = now, threading.Lock(), Links()
        self._fleet: dict[str, FleetRow] = {}
        self._alerts: dict[str, Alert] = {}
        self._region: RegionRow | None = None
        self.unread = 0

    def hear(self, value: bytes | None) -> None:
        """One record. What cannot be read is counted and passed over."""
        if value is None:
            return
        try:
            said = READER.decode(value)
        except UNREADABLE:
            self.unread += 1
            return
        if any(moment.tzinfo is None for moment in _moments(said)):
            self.unread += 1  # of no time zone: it cannot be compared with any other
            return
        with self._lock:
            match said:
                case FleetRow():
                    self._fleet[said.id] = _newer(self._fleet.get(said.id), said)
                case RegionRow():
                    if self._region is None or said.at > self._region.at:
                        self._region = said
                case Alert():
                    self._note(said)

    def hear_sign(
        self, source: str, key: bytes | None, value: bytes | None, written_at: datetime | None = None
    ) -> None:
        """A record of "relay" or "centres": somebody speaks for a centre. written_at : the broker's time."""
        with self._lock:
            try:
                if value is None:
                    self._links.forget(key, source == "relay")
                elif source == "relay":
                    self._links.hear_relay(value, written_at, self._now())
                else:
                    self._links.hear_centre(value, written_at, self._now())
            except UNREADABLE:
                self.unread += 1

    def page(self, now: datetime, listening_since: datetime | None = ALWAYS) -> dict[str, Any]:
        """Everything as JSON; ages are counted at `now`, in seconds.

        listening_since : see `judged`; None: how the centres are is unknown
        """
        with self._lock:
            region, fleet, alerts = self._region, list(self._fleet.values()), list(self._alerts.values())
            links = self._links.all()
        parts = region.centres if region else {}
        silent_s = _age(region.at, now) if region else None
        return {
            "now": now.isoformat(),
            "made_at": region.at.isoformat() if region else None,
            "silent": silent_s is None or silent_s > SILENT_S,
            "listening": listening_since is not None,
            "centres": [
                _centre(name, parts.get(name), links.get(name, Link()), now, listening_since)
                for name in sorted(parts.keys() | links.keys())
            ],
            "units": region.units if region else {},
            "beds_free": region.beds_free if region else {},
            "calls": region.calls if region else 0,
            "alerts": [
                msgspec.to_builtins(alert)
                for alert in sorted(alerts, key=lambda alert: alert.since)
                if alert.ended_at is None
            ],
            "fleet": [
                msgspec.to_builtins(row) for row in sorted(fleet, key=lambda row: (row.centre, row.callsign))
            ],
        }

    def _note(self, alert: Alert) -> None:
        """An alert that ended is kept for a while, so that its beginning, heard again, does not raise it."""
        known = self._alerts.pop(alert.id, None)
        ended = known is not None and known.ended_at is not None
        self._alerts[alert.id] = known if known is not None and ended else alert
        for old in _oldest_ended(self._alerts.values(), len(self._alerts) - NOTICES):
            del self._alerts[old.id]


def _moments(said: Heard) -> Iterator[datetime]:
    """Those by which rows and alerts are judged and put in order."""
    match said:
        case FleetRow(at=datetime() as at):
            yield at
        case RegionRow():
            yield said.at
            yield from (part.heard_at for part in said.centres.values())
        case Alert():
            yield said.since


def _newer(known: FleetRow | None, row: FleetRow) -> FleetRow:
    return row if known is None or _rank(row) >= _rank(known) else known


def _rank(row: FleetRow) -> tuple[int, float, bool]:
    return row.edition, row.at.timestamp() if row.at else 0.0, row.stale


def _oldest_ended(alerts: Iterable[Alert], count: int) -> list[Alert]:
    return [alert for alert in alerts if alert.ended_at is not None][: max(count, 0)]


def _centre(
    name: str, part: CentrePart | None, link: Link, now: datetime, listening_since: datetime | None
) -> dict[str, Any]:
    """part : None of a centre that spoke, and of which nothing else is known yet

    heard_at, quiet_s : of the newest fact or position; age_s : how old the facts that are known may be,
    whatever happened or not; spoke_s : see `Judged`
    """
    heard_at = part.heard_at if part else None
    how = judged(link, heard_at, now, listening_since)
    fleet, beds, hour = (part.fleet, part.beds, part.hour) if part else (None, None, None)
    return {
        "centre": name,
        "heard_at": heard_at.isoformat() if heard_at else None,
        "quiet_s": _age(heard_at, now) if heard_at else None,
        "age_s": how.age_s,
        "state": how.state,
        "spoke_s": dict(how.spoke_s),
        "silent": list(how.silent),
        "units": fleet.by_status if fleet else {},
        "stale_positions": fleet.stale if fleet else 0,
        "beds_free": {kind: counts["free"] for kind, counts in beds.beds.items()} if beds else {},
        "diverting": sorted(beds.diverting) if beds else [],
        "hour": msgspec.to_builtins(hour) if hour else None,
    }


def _age(at: datetime, now: datetime) -> float:
    return round(max(0.0, (now - at).total_seconds()), 1)
