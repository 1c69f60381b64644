"""Which streets a vehicle drove: position reports in, arcs with the times they were entered and left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s, Masks
from routing.matching.driven import arcs_driven
from routing.matching.local import local_roads
from routing.matching.model import MOST_NOISE_M, NOISE_M, WALKING_MPS
from routing.matching.search import scratch
from routing.matching.viterbi import GAP_S, decode
from routing.metric import metric
from routing.profiles import PROFILES
from routing.road_map import RoadMap
from routing.snapper import cell_rows
from routing.snapping import Places

DUPLICATE: Final = 4
VERDICTS: Final = ("matched", "standing", "no_street", "outlier", "duplicate")


@dataclass(frozen=True, slots=True)
class Track:
    """Fixes of one vehicle, in any order. All float64[fixes]; nan where the receiver did not tell.

    at_s : seconds since any beginning     lat, lon : degrees     speed_mps
    heading_deg : clockwise from north     accuracy_m
    """

    at_s: Float64s
    lat: Float64s
    lon: Float64s
    speed_mps: Float64s
    heading_deg: Float64s
    accuracy_m: Float64s

    def __len__(self) -> int:
        return len(self.at_s)

    def some(self, chosen: slice | Int64s) -> "Track":
        """These fixes, in this order."""
        return Track(self.at_s[chosen], self.lat[chosen], self.lon[chosen], self.speed_mps[chosen],
                     self.heading_deg[chosen], self.accuracy_m[chosen])  # fmt: skip


def track_of(fixes: Sequence[Sequence[float]]) -> Track:
    """A track from rows of at_s, lat, lon and, where known, speed, heading and accuracy."""
    table = np.full((len(fixes), 6), np.nan)
    for i, fix in enumerate(fixes):
        table[i, : len(fix)] = fix
    return Track(*(np.ascontiguousarray(column) for column in table.T))


class Break(NamedTuple):
    """Where a track falls apart: `gap` after a silence, `no_way` where no street leads on."""

    left_s: float
    at_s: float
    why: Literal["gap", "no_way"]


@dataclass(frozen=True, slots=True)
class Driven:
    """What was driven, arc after arc.

    arc, stretch    : int32[n]     a new stretch after every break
    begin, end      : float64[n]   from which share of the arc to which; 0 and 1 for a whole one
    enter_s, leave_s: float64[n]   when; between fixes worked out from the free-flow times
    still_s         : float64[n]   how many seconds of that the vehicle was seen standing
    depart_s, arrive_s : float64[stretches] when the vehicle left the first place, came to the last
    verdict         : uint8[fixes] index into VERDICTS, by fix as given
    places          : where each fix lies, edge -1 unless matched; with direction
    """

    arc: Int32s
    stretch: Int32s
    begin: Float64s
    end: Float64s
    enter_s: Float64s
    leave_s: Float64s
    still_s: Float64s
    depart_s: Float64s
    arrive_s: Float64s
    verdict: Masks
    places: Places
    breaks: tuple[Break, ...]

    def count(self, verdict: str) -> int:
        """How many fixes were judged so."""
        return int((self.verdict == VERDICTS.index(verdict)).sum())


class Matcher:
    """Matches the tracks of one profile, one at a time: each thread needs a matcher of its own."""

    def __init__(self, road_map: RoadMap, profile: int) -> None:
        rows = cell_rows(road_map, profile)
        local = local_roads(road_map.streets, profile)
        room = scratch(road_map.streets.nodes, len(local.onward))
        self._search = (
            local.first, local.onward, local.ends, local.edge_mm,
            room.mm, room.seen, room.wanted, room.via, room.turn, room.heap,
        )  # fmt: skip
        self._all = (*rows, *self._search)
        self._arc_ms = metric(road_map, PROFILES[profile]).arc_ms[: 2 * road_map.streets.edges].copy()
        self._edge_m = road_map.streets.edge_m

    def __call__(self, track: Track) -> Driven:
        """The most likely way. An empty track drove nothing."""
        order = np.argsort(track.at_s, kind="stable")
        new = np.concatenate((np.ones(min(len(order), 1), bool), np.diff(track.at_s[order]) > 0))
        order = order[new & np.isfinite(track.at_s[order] + track.lat[order] + track.lon[order])]
        t = track.some(order)
        moving = (t.speed_mps >= WALKING_MPS) & np.isfinite(t.heading_deg)
        heading = np.where(moving, t.heading_deg, np.nan)
        noise = np.clip(np.where(np.isfinite(t.accuracy_m), t.accuracy_m, NOISE_M), NOISE_M, MOST_NOISE_M)
        verdict, stretch, arc, into, left_s = decode(t.at_s, t.lat, t.lon, heading, noise, *self._all)
        visit, span = arcs_driven(t.at_s, left_s, stretch, arc, into, self._arc_ms, *self._search)
        all_verdicts = np.full(len(track), DUPLICATE, np.uint8)
        all_verdicts[order] = verdict
        begin, end, enter_s, leave_s, still_s = (np.ascontiguousarray(column) for column in span.T)
        depart_s, arrive_s = _bounds(t.at_s, left_s, stretch)
        return Driven(
            visit[:, 0].copy(), visit[:, 1].copy(), begin, end, enter_s, leave_s, still_s, depart_s, arrive_s,
            all_verdicts, self._places(len(track), order, arc, into), _breaks(t.at_s, left_s, stretch),
        )  # fmt: skip

    def _places(self, fixes: int, order: Int64s, arc: Int32s, into: Int64s) -> Places:
        edge, direction = np.full(fixes, -1, np.int32), np.zeros(fixes, np.int8)
        along, there = np.zeros(fixes), arc >= 0
        metres, whole = into[there] / 1000, self._edge_m[arc[there] >> 1]
        edge[order[there]] = arc[there] >> 1
        direction[order[there]] = 1 - 2 * (arc[there] & 1)
        along[order[there]] = np.where(arc[there] & 1, whole - metres, metres)
        return Places(edge, along, np.where(edge >= 0, 0.0, np.inf), direction)


def _bounds(at_s: Float64s, left_s: Float64s, stretch: Int32s) -> tuple[Float64s, Float64s]:
    matched = np.flatnonzero(stretch >= 0)
    turns = np.flatnonzero(np.diff(stretch[matched], prepend=-1, append=stretch.max(initial=-1) + 1))
    return left_s[matched[turns[:-1]]], at_s[matched[turns[1:] - 1]]


def _breaks(at_s: Float64s, left_s: Float64s, stretch: Int32s) -> tuple[Break, ...]:
    matched = np.flatnonzero(stretch >= 0)
    ends = np.flatnonzero(np.diff(stretch[matched]))
    pairs = ((left_s[matched[i]], at_s[matched[i + 1]]) for i in ends)
    return tuple(
        Break(float(left), float(at), "gap" if at - left > GAP_S else "no_way") for left, at in pairs
    )
