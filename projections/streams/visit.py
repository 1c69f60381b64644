"""One stay at one place, told fix by fix.

A target that is no longer one is judged on: when pings and facts cross on their way, nobody can say here
which came first. Whoever acts on a proposal looks whether its run still goes on.
"""

from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from msgspec import Struct
from msgspec.structs import replace

from projections.streams.effects import Effect, Proposal, effect_id
from projections.streams.fold import NOTHING, Effects
from projections.streams.messages import Target

EARTH_M = 6_371_008.8
RADIUS_M = {"scene": 100.0, "hospital": 150.0}
"""Surely within this: a crew parks in the next street, a hospital is a block of houses."""
LEAVE = 1.5
"""Surely beyond so many radii: between the two circles nothing changes."""
STAY = timedelta(seconds=10)
"""Surely there, or surely gone, for so long where nothing else is said. With a fix each five seconds people
are asked within a quarter of a minute; a red light near the door is asked about too, and dismissed."""


class Fix(Struct, frozen=True, array_like=True):
    at: datetime
    lat: float
    lon: float
    accuracy_m: float


class Visit(Struct, frozen=True):
    """since : of the first fix of a run of fixes that would make it come or go, once it is long enough."""

    target: Target
    since: Fix | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None


def step(visit: Visit, fix: Fix, stay: timedelta = STAY) -> tuple[Visit, Effects]:
    """The visit after one more fix; fixes come in the order of their time."""
    target = visit.target
    if fix.at < target.since or visit.left_at is not None:
        return visit, NOTHING
    away_m = metres(fix.lat, fix.lon, target.lat, target.lon)
    radius_m = RADIUS_M.get(target.kind, RADIUS_M["scene"])
    inside = away_m + fix.accuracy_m <= radius_m
    outside = away_m - fix.accuracy_m > radius_m * LEAVE
    if visit.arrived_at is None:
        return _towards(visit, fix, stay, comes=inside, broken=outside)
    return _towards(visit, fix, stay, comes=outside, broken=inside)


def _towards(visit: Visit, fix: Fix, stay: timedelta, comes: bool, broken: bool) -> tuple[Visit, Effects]:
    """comes : the fix speaks for the change; broken : it speaks against; neither : it says nothing."""
    if broken:
        return (visit if visit.since is None else replace(visit, since=None)), NOTHING
    if not comes:
        return visit, NOTHING
    if visit.since is None:
        return replace(visit, since=fix), NOTHING
    if fix.at - visit.since.at < stay:
        return visit, NOTHING
    first = visit.since
    if visit.arrived_at is None:
        return replace(visit, since=None, arrived_at=first.at), _proposed(visit.target, "arrived", first)
    return replace(visit, since=None, left_at=first.at), _proposed(visit.target, "left", first)


def _proposed(target: Target, what: str, fix: Fix) -> tuple[Effect, ...]:
    kind = f"{what}_{target.kind}"
    return (
        Proposal(
            id=effect_id(target.centre, target.run_id, kind, target.place_id),
            kind=kind,
            centre=target.centre,
            subject=target.run_id,
            run_id=target.run_id,
            incident_id=target.incident_id,
            callsign=target.callsign,
            place_id=target.place_id,
            at=fix.at,
            lat=fix.lat,
            lon=fix.lon,
            accuracy_m=fix.accuracy_m,
        ),
    )


def metres(lat_1: float, lon_1: float, lat_2: float, lon_2: float) -> float:
    """Along the great circle."""
    one, other = radians(lat_1), radians(lat_2)
    chord = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(radians(lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(chord)))
