"""Who drives where: joins a scene or a hospital with the runs bound for it, and tells their units.

The place and the runs are told by different aggregates, in either order.
"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from projections.streams.effects import Forward
from projections.streams.fold import NOTHING, Effects, earliest
from projections.streams.messages import BoundTold, PlaceTold, Target, Tick

KEPT = timedelta(hours=24)


class Bound(Struct, frozen=True):
    """since : from when on it drives here; until : when it stopped doing so."""

    run_id: str
    incident_id: str
    callsign: str
    seq: int
    since: datetime | None
    until: datetime | None = None


class Place(Struct, frozen=True):
    """lat and lon are null as long as only runs were told. heard_at : of the newest news."""

    centre: str
    kind: str
    place_id: str
    heard_at: datetime
    seq: int = 0
    moved_at: datetime | None = None
    lat: float | None = None
    lon: float | None = None
    bound: dict[str, Bound] = {}


class Places:
    """Key: "centre/scene/incident id" or "centre/hospital/hospital id". Any order gives the same."""

    name = "places"
    state = Place

    def apply(
        self, place: Place | None, message: PlaceTold | BoundTold | Tick
    ) -> tuple[Place | None, Effects]:
        if isinstance(message, Tick):
            return (None if place is None else _forget(place, message.at)), NOTHING
        if place is None:
            place = Place(message.centre, message.kind, message.place_id, message.at)
        if isinstance(message, PlaceTold):
            return _moved(place, message)
        return _joined(place, message)

    def due(self, place: Place) -> datetime | None:
        gone = (each.until + KEPT for each in place.bound.values() if each.until)
        empty = place.heard_at + KEPT if place.kind == "scene" and not place.bound else None
        return earliest(empty, *gone)


def _moved(place: Place, told: PlaceTold) -> tuple[Place, Effects]:
    if told.seq <= place.seq:
        return place, NOTHING
    heard_at = max(place.heard_at, told.at)
    moved = replace(place, seq=told.seq, moved_at=told.at, lat=told.lat, lon=told.lon, heard_at=heard_at)
    targets = (_target(moved, each) for _, each in sorted(moved.bound.items()))
    return moved, tuple(each for each in targets if each)


def _joined(place: Place, told: BoundTold) -> tuple[Place, Effects]:
    known = place.bound.get(told.run_id)
    if known is not None and told.seq <= known.seq:
        return place, NOTHING
    since = told.at if told.bound else (known.since if known else None)
    until = None if told.bound else told.at
    entry = Bound(told.run_id, told.incident_id, told.callsign, told.seq, since, until)
    heard_at = max(place.heard_at, told.at)
    joined = replace(place, bound={**place.bound, told.run_id: entry}, heard_at=heard_at)
    target = _target(joined, entry)
    return joined, (target,) if target else NOTHING


def _target(place: Place, bound: Bound) -> Forward | None:
    if place.lat is None or place.lon is None or place.moved_at is None or bound.since is None:
        return None
    message = Target(
        centre=place.centre,
        callsign=bound.callsign,
        kind=place.kind,
        place_id=place.place_id,
        run_id=bound.run_id,
        incident_id=bound.incident_id,
        lat=place.lat,
        lon=place.lon,
        seq=max(place.seq, bound.seq),
        since=max(place.moved_at, bound.since),
        until=bound.until,
    )
    return Forward("visits", f"{place.centre}/{bound.callsign}", message)


def _forget(place: Place, now: datetime) -> Place | None:
    left = {
        run_id: each for run_id, each in place.bound.items() if each.until is None or now < each.until + KEPT
    }
    if place.kind == "scene" and not left and now >= place.heard_at + KEPT:
        return None
    return place if len(left) == len(place.bound) else replace(place, bound=left)
