"""A city with a hidden truth, how fast its streets really are; and crews who drive there.

Nothing here is measured: it is made up so that what was learned can be compared with what is true. Chance is
handed in, so the same seed drives the same runs to the second.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from routing.engine import Path
from routing.hierarchy.engine import HierarchyEngine
from routing.kernels import CLOSED
from routing.matching.track import Track
from routing.metric import Metric, metric
from routing.profiles import PROFILES
from routing.road_map import RoadMap
from routing.snapping import Places
from routing.speeds import CLASSES

RUSH = ((7.5, 1.2, 1.0), (17.5, 1.8, 1.15), (12.0, 1.2, 0.35))  # o'clock, how wide, how strong
HURT = {"motorway": 0.25, "trunk": 0.5, "primary": 0.65, "secondary": 0.6, "tertiary": 0.5,
        "unclassified": 0.35, "residential": 0.25}  # fmt: skip
MISJUDGED = {"trunk": 0.85, "primary": 0.8, "secondary": 0.85, "tertiary": 0.9, "residential": 1.15,
             "service": 1.2, "alley": 1.1}  # what the assumed free speeds are wrong by  # fmt: skip
QUIRK, MOOD, LUCK = (
    0.22,
    0.08,
    0.30,
)  # standard deviations of logarithms: by street, by run, by street and run
BLUE_LIGHT_RELIEF = 0.55  # of the rush that blue light does not get through


@dataclass(frozen=True)
class Truth:
    """How fast streets are: the share of the free speed by hour of week, class and arc."""

    road_map: RoadMap
    engine: HierarchyEngine
    quirk: np.ndarray
    tables: dict[str, list[Metric]]

    def at(self, profile: str, hour: int) -> Metric:
        return self.tables[profile][_kind_of_hour(hour)]


def hidden_truth(road_map: RoadMap, generator: np.random.Generator, profiles=("van", "van_normal")) -> Truth:
    """Quirks are drawn by way, so that streets differ and the pieces of a street hang together."""
    streets = road_map.streets
    engine = HierarchyEngine(road_map)
    way = np.exp(generator.normal(-(QUIRK**2) / 2, QUIRK, (len(streets.way_osm), 2)))
    quirk = way[streets.edge_way].ravel()
    tables = {}
    for profile in profiles:
        free = metric(road_map, profile)
        blue = profile in ("van", "motorbike")
        tables[profile] = [
            _slowed(streets, free, _by_edge(streets, share_by_class(hour, blue)), quirk)
            for hour in (*range(24), *range(120, 144))
        ]
    return Truth(road_map, engine, quirk, tables)


def share_by_class(hour_of_week: int, blue_light: bool) -> np.ndarray:
    """The share of the free speed on every class of street."""
    o_clock, weekend = hour_of_week % 24 + 0.5, hour_of_week >= 120
    rush = sum(strong * np.exp(-(((o_clock - at) / wide) ** 2)) for at, wide, strong in RUSH)
    rush = min(rush, 1.2) * (0.45 if weekend else 1.0) * (BLUE_LIGHT_RELIEF if blue_light else 1.0)
    night = 1.12 if o_clock < 5 or o_clock > 22 else 1.0
    return np.array([
        MISJUDGED.get(name, 1.0) * night * (1 - HURT.get(name.removesuffix("_link"), 0.2) * min(rush, 1.2))
        for name in CLASSES
    ])  # fmt: skip


@dataclass(frozen=True)
class Drive:
    """A run as it was driven: its arcs with the true seconds since its beginning, and its fixes."""

    path: Path
    enter_s: np.ndarray
    duration_s: float
    track: Track

    def places(self, road_map: RoadMap) -> Callable[[float], tuple[float, float]]:
        """Where it really is, by seconds since its beginning."""
        when, lat, lon = _polyline(road_map, self.path, self.enter_s)
        return lambda at_s: (float(np.interp(at_s, when, lat)), float(np.interp(at_s, when, lon)))


def drive(
    truth: Truth,
    profile: str,
    begin_s: float,
    origin: Places,
    destination: Places,
    generator: np.random.Generator,
    *,
    every_s: float = 10.0,
    noise_m: float = 6.0,
    stand_s: float = 0.0,
) -> Drive | None:
    """One run that begins `begin_s` seconds after a Monday midnight; None where there is no way.

    every_s : between fixes     noise_m : of the receiver, which errs alike for some fixes
    stand_s : how long the vehicle stands at either end
    """
    hour = int(begin_s // 3600) % 168
    weights = truth.at(profile, hour)
    path = truth.engine.path(weights, origin, destination)
    if path is None or path.ms == 0:
        return None
    arc_s = np.array(path.arc_ms) / 1000
    luck = np.exp(generator.normal(-(LUCK**2) / 2, LUCK, len(arc_s)))
    arc_s = arc_s * luck * np.exp(generator.normal(0, MOOD))
    enter = np.concatenate(([0.0], np.cumsum(arc_s)))
    for _ in range(2):  # who sets out before the rush may drive into it
        enter = np.concatenate(
            ([0.0], np.cumsum(arc_s * _hours_on(truth, profile, path.arcs, begin_s, enter)))
        )
    when, lat, lon = _polyline(truth.road_map, path, enter)
    at = np.append(np.arange(-stand_s, enter[-1] + stand_s, every_s), enter[-1] + stand_s)
    track = receive(at, np.interp(at, when, lat), np.interp(at, when, lon), noise_m, generator)
    return Drive(path, enter, float(enter[-1]), Track(track.at_s + begin_s, *_rest(track)))


def receive(
    at: np.ndarray, lat: np.ndarray, lon: np.ndarray, noise_m: float, generator: np.random.Generator
) -> Track:
    """What a receiver makes of true places: an error that wanders, a heading that is some degrees off."""
    north, east = 110_600.0, 111_320.0 * np.cos(np.radians(lat.mean()))
    keep = np.exp(-np.diff(at, prepend=at[0]) / 30)  # errors forget themselves in half a minute
    wander = np.zeros((len(at), 2))
    fresh = generator.normal(0, noise_m, (len(at), 2))
    wander[0] = fresh[0]
    for i in range(1, len(at)):
        wander[i] = keep[i] * wander[i - 1] + np.sqrt(1 - keep[i] ** 2) * fresh[i]
    step = (
        np.column_stack((np.gradient(lat) * north, np.gradient(lon) * east))
        if len(at) > 1
        else np.zeros((1, 2))
    )
    gap = np.gradient(at) if len(at) > 1 else np.ones(1)
    speed = np.hypot(step[:, 0], step[:, 1]) / np.maximum(gap, 1e-3)
    heading = (np.degrees(np.arctan2(step[:, 1], step[:, 0])) + generator.normal(0, 8, len(at))) % 360
    return Track(
        at.astype(np.float64), lat + wander[:, 0] / north, lon + wander[:, 1] / east,
        np.maximum(0, speed + generator.normal(0, 0.3, len(at))), np.where(speed > 1.5, heading, np.nan),
        np.full(len(at), noise_m),
    )  # fmt: skip


def _rest(track: Track):
    return track.lat, track.lon, track.speed_mps, track.heading_deg, track.accuracy_m


def _hours_on(truth: Truth, profile: str, arcs: list[int], begin_s: float, enter: np.ndarray) -> np.ndarray:
    """How much longer every arc takes in the hour it is entered than in the hour of departure."""
    hours = ((begin_s + enter[:-1]) // 3600).astype(int) % 168
    usual = truth.at(profile, int(begin_s // 3600) % 168).arc_ms[arcs]
    longer = np.ones(len(arcs))
    for hour in np.unique(hours):
        then = hours == hour
        longer[then] = (truth.at(profile, int(hour)).arc_ms[arcs] / usual)[then]
    return longer


def _kind_of_hour(hour_of_week: int) -> int:
    return hour_of_week % 24 + (24 if hour_of_week >= 120 else 0)


def _slowed(streets, free: Metric, edge_share: np.ndarray, quirk: np.ndarray) -> Metric:
    arcs = np.flatnonzero(free.arc_ms[: 2 * streets.edges] != CLOSED).astype(np.int32)
    share = np.repeat(edge_share, 2)[arcs] / quirk[arcs]
    ms = np.maximum(1, np.rint(free.arc_ms[arcs] / share)).astype(np.int32)
    return free.with_times(arcs, ms)


def _polyline(road_map: RoadMap, path: Path, enter: np.ndarray):
    """When the vehicle is at every point of the shapes it passes, and where they are."""
    streets, when, lats, lons = road_map.streets, [], [], []
    for i, arc in enumerate(path.arcs):
        edge, back = arc >> 1, arc & 1
        first, last = streets.shape_first[edge], streets.shape_first[edge + 1]
        m, lat, lon = (
            values[first:last] for values in (streets.shape_m, streets.shape_lat, streets.shape_lon)
        )
        whole = streets.edge_m[edge]
        begin, end = (whole, 0.0) if back else (0.0, whole)
        begin = path.begin_m if i == 0 else begin
        end = path.end_m if i == len(path.arcs) - 1 else end
        inner = m[(m > min(begin, end)) & (m < max(begin, end))]
        at_m = np.concatenate(([begin], inner[::-1] if back else inner, [end]))
        share = np.abs(at_m - begin) / max(abs(end - begin), 1e-9)
        when.append(enter[i] + share * (enter[i + 1] - enter[i]))
        lats.append(np.interp(at_m, m, lat))
        lons.append(np.interp(at_m, m, lon))
    return np.concatenate(when), np.concatenate(lats), np.concatenate(lons)


def places_to_drive(road_map: RoadMap, profile: str, count: int, generator: np.random.Generator) -> Places:
    """Places on streets that a profile can both reach and leave, more of them where streets are many."""
    bit = PROFILES.index(profile)
    usable = (road_map.indexes.origin_mask & road_map.indexes.destination_mask) >> bit & 1 > 0
    edges = np.flatnonzero(usable & (road_map.streets.edge_m > 0))
    edge = generator.choice(edges, count).astype(np.int32)
    return Places(edge, generator.random(count) * road_map.streets.edge_m[edge], np.zeros(count))


def _by_edge(streets, share: np.ndarray) -> np.ndarray:
    return np.append(share, np.ones(256 - len(share)))[streets.way_class[streets.edge_way]]
