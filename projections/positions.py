"""Where every unit was last, by its own clock. Telemetry, not events: a ping is heard and replaced."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, inf, radians, sin, sqrt
from threading import Lock
from typing import Final, Literal

from domain.values import Position
from projections.rows import Row, moment

Verdict = Literal["latest", "stale", "late", "duplicate", "future", "impossible"]
Freshness = Literal["fresh", "amber", "stale"]

BELIEVED: Final = frozenset({"latest", "stale", "late"})
"""What belongs in the history."""
MARKING: Final = frozenset({"latest", "stale"})
"""What moves the marker of a unit."""
AHEAD_S = 30.0
"""A ping from further ahead than this comes from a wrong clock and would block every later one."""
TOP_SPEED_MPS = 70.0
"""252 km/h: no ambulance drives it, a receiver between two towers does."""
EARTH_M = 6_371_008.8
REMEMBERED = 240
"""Moments a unit: four minutes at a ping a second. Of older ones the history knows."""


@dataclass(frozen=True, slots=True)
class Ping:
    """One position report. `at` is the fix's own time, with offset; speed in m/s, heading in degrees."""

    callsign: str
    at: datetime
    lat: float
    lon: float
    speed_mps: float | None = None
    heading_deg: float | None = None
    accuracy_m: float | None = None

    def __post_init__(self) -> None:
        Position(self.lat, self.lon)  # refuses what is not a place on earth


class LatestPositions:
    """The newest believable ping of each unit. Any thread may offer and ask.

    latest     : taken; it is the unit's marker now
    stale      : as latest, but so old when it was heard that the ranking does not go by it
    late       : older than the marker; it belongs in the history and moves nothing
    duplicate  : of a moment that this unit told of before, wherever it was said to be then
    future     : more than 30 s ahead of now; refused
    impossible : would take more than 70 m/s from the marker, beyond what both accuracies excuse. It is
                 kept in doubt: where the next ping fits it, the unit really is there (the marker was
                 wrong, or the vehicle was carried) and that next ping is taken as the latest.
    """

    def __init__(self, known: Iterable[Ping] = (), stale_after_s: float = inf) -> None:
        """stale_after_s : the age from which a position is not used for choosing"""
        self._latest = {ping.callsign: ping for ping in known}
        self._told = {ping.callsign: {ping.at: None} for ping in known}
        self._doubted: dict[str, Ping] = {}
        self._stale_after_s = stale_after_s
        self._lock = Lock()

    def offer(self, ping: Ping, now: datetime) -> Verdict:
        """Judge a ping heard at `now`. Whether the unit exists is the caller's question."""
        age_s = (now - ping.at).total_seconds()
        if age_s < -AHEAD_S:
            return "future"
        with self._lock:
            verdict = self._judge(ping)
        return "stale" if verdict == "latest" and age_s >= self._stale_after_s else verdict

    def _judge(self, ping: Ping) -> Verdict:
        if self._heard_before(ping):
            return "duplicate"
        marker = self._latest.get(ping.callsign)
        if marker is not None:
            if ping.at == marker.at:
                return "duplicate"  # a long backlog made the unit's memory forget its own marker
            if ping.at < marker.at:
                return "late"
            doubted = self._doubted.get(ping.callsign)
            if not within_reach(marker, ping) and not _confirms(doubted, ping):
                if doubted is None or ping.at > doubted.at:
                    self._doubted[ping.callsign] = ping
                return "impossible"
        self._latest[ping.callsign] = ping
        self._doubted.pop(ping.callsign, None)
        return "latest"

    def _heard_before(self, ping: Ping) -> bool:
        """Whether the unit told of this moment before; from now on it did."""
        told = self._told.setdefault(ping.callsign, {})
        if ping.at in told:
            return True
        told[ping.at] = None
        if len(told) > REMEMBERED:
            del told[next(iter(told))]
        return False

    def latest(self, callsign: str) -> Ping | None:
        return self._latest.get(callsign)

    def all(self) -> list[Ping]:
        """The marker of every unit that ever reported, ordered by callsign."""
        with self._lock:
            return sorted(self._latest.values(), key=lambda ping: ping.callsign)


def _confirms(doubted: Ping | None, ping: Ping) -> bool:
    return doubted is not None and ping.at > doubted.at and within_reach(doubted, ping)


def within_reach(earlier: Ping, later: Ping) -> bool:
    """Whether a vehicle can have driven from one to the other in the time between."""
    excused_m = (earlier.accuracy_m or 0.0) + (later.accuracy_m or 0.0)
    elapsed_s = (later.at - earlier.at).total_seconds()
    return distance_m(earlier, later) - excused_m <= TOP_SPEED_MPS * elapsed_s


def distance_m(one: Ping, other: Ping) -> float:
    """Along the great circle."""
    lat_1, lat_2 = radians(one.lat), radians(other.lat)
    half_lat, half_lon = (lat_2 - lat_1) / 2, radians(other.lon - one.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat_1) * cos(lat_2) * sin(half_lon) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(chord)))


def freshness(at: datetime, now: datetime, amber_s: float, stale_s: float) -> Freshness:
    """How far a position can be trusted by its age. Stale ones leave the ranking, loudly."""
    age_s = (now - at).total_seconds()
    if age_s >= stale_s:
        return "stale"
    return "amber" if age_s >= amber_s else "fresh"


def marker(ping: Ping, now: datetime, amber_s: float, stale_s: float) -> Row:
    """The `position` of a unit row: place, time, age in seconds, how fresh, and whether it is stale."""
    trust = freshness(ping.at, now, amber_s, stale_s)
    return {
        "lat": ping.lat,
        "lon": ping.lon,
        "heading_deg": ping.heading_deg,
        "speed_mps": ping.speed_mps,
        "accuracy_m": ping.accuracy_m,
        "at": moment(ping.at),
        "age_s": max(0.0, round((now - ping.at).total_seconds(), 1)),
        "freshness": trust,
        "stale": trust == "stale",
    }
