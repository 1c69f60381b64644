"""What a unit's positions mean: it came to the scene, left it, came to the hospital, left that.

Only proposals: people confirm them. A unit is there once it was surely inside for a while, and gone once it
was surely outside for a while; what a receiver cannot tell for sure changes nothing.
"Surely" counts the accuracy.

A target may be told after the first pings at it (facts and pings travel apart), so the last two minutes of
pings are kept and judged again; what comes out is the same as if the target had been known before.
"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from projections.streams.effects import Effect
from projections.streams.fold import NOTHING, Effects, earliest
from projections.streams.messages import Ping, Target, Tick
from projections.streams.visit import STAY, Fix, Visit, step

EVERY = timedelta(seconds=4)
"""Pings between are passed over: they say nothing new about a stay of many seconds."""
USELESS_M = 100.0
"""A fix less accurate than this says nothing about a scene."""
UNSAID_M = 30.0
"""The accuracy of a fix that does not tell its own."""
REMEMBERED = 30
KEPT = timedelta(hours=24)


class Trail(Struct, frozen=True):
    """The last fixes of a unit, oldest first, and the visits of its runs by "kind/run id/place id"."""

    centre: str
    callsign: str
    fixes: tuple[Fix, ...] = ()
    visits: dict[str, Visit] = {}


class Visits:
    """Key: "centre/callsign"."""

    name = "visits"
    state = Trail

    def __init__(self, stay: timedelta = STAY) -> None:
        """stay : see `visit.STAY`"""
        self._stay = stay

    def apply(self, trail: Trail | None, message: Ping | Target | Tick) -> tuple[Trail | None, Effects]:
        if isinstance(message, Tick):
            return (None if trail is None else _forget(trail, message.at)), NOTHING
        before = trail or Trail(message.centre, message.callsign)
        if isinstance(message, Ping):
            after, effects = _moved(before, message, self._stay)
        else:
            after, effects = _sent(before, message, self._stay)
        return (trail, NOTHING) if after is before else (after, effects)

    def due(self, trail: Trail) -> datetime | None:
        return earliest(*(each.target.until + KEPT for each in trail.visits.values() if each.target.until))


def _moved(trail: Trail, ping: Ping, stay: timedelta) -> tuple[Trail, Effects]:
    accuracy_m = UNSAID_M if ping.accuracy_m is None else max(0.0, ping.accuracy_m)
    if accuracy_m > USELESS_M or (trail.fixes and ping.at < trail.fixes[-1].at + EVERY):
        return trail, NOTHING
    fix = Fix(ping.at, ping.lat, ping.lon, accuracy_m)
    effects: list[Effect] = []
    visits = trail.visits
    for key in sorted(visits):
        after, found = step(visits[key], fix, stay)
        if after is not visits[key]:
            visits = {**visits, key: after}
        effects += found
    return replace(trail, fixes=(*trail.fixes, fix)[-REMEMBERED:], visits=visits), tuple(effects)


def _sent(trail: Trail, target: Target, stay: timedelta) -> tuple[Trail, Effects]:
    key = f"{target.kind}/{target.run_id}/{target.place_id}"
    known = trail.visits.get(key)
    if known is not None and target.seq <= known.target.seq:
        return trail, NOTHING
    if known is not None and (known.arrived_at is not None or _same_place(known.target, target)):
        return replace(trail, visits={**trail.visits, key: replace(known, target=target)}), NOTHING
    visit, effects = Visit(target), list[Effect]()
    for fix in trail.fixes:
        visit, found = step(visit, fix, stay)
        effects += found
    return replace(trail, visits={**trail.visits, key: visit}), tuple(effects)


def _same_place(one: Target, other: Target) -> bool:
    return (one.lat, one.lon, one.since) == (other.lat, other.lon, other.since)


def _forget(trail: Trail, now: datetime) -> Trail:
    left = {
        key: each
        for key, each in trail.visits.items()
        if each.target.until is None or now < each.target.until + KEPT
    }
    return trail if len(left) == len(trail.visits) else replace(trail, visits=left)
