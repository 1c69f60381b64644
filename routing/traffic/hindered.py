"""From the traffic at an instant to the streets it bears upon: how much longer they take, who is shut out.

Closures win over everything. Where nobody measured, a street takes its usual time of the hour, divided by
the slowest of the shares said for it. A measured speed stands instead of both while it is fresh, and fades
down to them. Everything is worked out in one order, however it was told: the same set gives the same bits.

Shares and measured speeds are those of ordinary driving, by the van where it may go: whoever passes a queue
on blue light is held up by it in the same proportion (assumption).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from domain.traffic import Slowing, SpeedReport, Stretch, Traffic
from routing.arrays import Float64s, Int32s, Masks
from routing.kernels import CLOSED, FAR
from routing.profiles import EVERY_PROFILE, MOTORBIKE_NORMAL, MOTORBIKES, VAN_NORMAL, VANS, mask_of
from routing.road_map import Streets
from routing.traffic.fading import Blend, pace_told, weight
from routing.traffic.reading import Reading

LEAST_SHARE: Final = 0.01
VEHICLES: Final = {"van": VANS, "motorbike": MOTORBIKES}

FindArcs = Callable[[Stretch, float | None], Int32s]
"""The arcs of a stretch, both ways or the way of a heading, in rising order."""


@dataclass(frozen=True, slots=True, eq=False)
class Hindered:
    """What traffic does to some arcs.

    arcs : int32[n] in rising order
    pace : float64[n]  how many times as long as on an empty street they take
    shut : uint8[n]    one bit for each profile that is shut out
    """

    arcs: Int32s
    pace: Float64s
    shut: Masks

    def times(self, free_ms: Int32s, usual_ms: Int32s, profile: int) -> Int32s:
        """The milliseconds of every street: int32[2 * edges], CLOSED where it cannot be driven.

        free_ms, usual_ms : the same on an empty street, and at this hour without traffic
        """
        ms = usual_ms.copy()
        ms[self.arcs] = paced(free_ms[self.arcs], self.pace)
        ms[self.arcs[self.shut >> profile & 1 == 1]] = CLOSED
        return ms


def paced(free_ms: Int32s, pace: Float64s) -> Int32s:
    """So many times as long; what is closed stays closed."""
    ms = np.clip(np.rint(free_ms * pace), 1, FAR - 1)
    return np.where(free_ms >= FAR, free_ms, ms).astype(np.int32)


def hindered(streets: Streets, reading: Reading, usual_pace: Float64s | None, find: FindArcs) -> Hindered:
    """The arcs that traffic bears upon.

    usual_pace : float64[2 * edges], how many times as long as on an empty street they take at this hour; None
                 if as long
    """
    traffic = reading.traffic
    shut = np.zeros(2 * streets.edges, np.uint8)
    for closure in traffic.closures:
        shut[find(closure.stretch, None)] |= np.uint8(_shut_out(closure.profiles))
    slow = _slowest(traffic.slowings, find, len(shut))
    told, chance, pace_told = _told(streets, traffic, reading.at, find)
    some = (shut > 0) | (slow < np.inf)
    some[told] = True
    arcs = np.flatnonzero(some).astype(np.int32)
    pace = np.ones(len(arcs)) if usual_pace is None else usual_pace[arcs]
    slowed = slow[arcs] < np.inf
    pace[slowed] /= slow[arcs[slowed]]
    place = np.searchsorted(arcs, told)
    pace[place] = chance * pace_told + (1 - chance) * pace[place]
    return Hindered(arcs, pace, shut[arcs])


def _shut_out(profiles: tuple[str, ...]) -> int:
    if not profiles:
        return EVERY_PROFILE
    return mask_of(tuple(index for name in profiles for index in VEHICLES.get(name, ())))


def _slowest(slowings: tuple[Slowing, ...], find: FindArcs, arcs: int) -> Float64s:
    """The smallest share said for each arc, float64[arcs]; inf where none was."""
    slowest = np.full(arcs, np.inf)
    for each in slowings:
        found = find(each.stretch, None)
        slowest[found] = np.minimum(slowest[found], max(each.share, LEAST_SHARE))
    return slowest


def _told(
    streets: Streets, traffic: Traffic, at: datetime | None, find: FindArcs
) -> tuple[Int32s, Float64s, Float64s]:
    """What measured speeds come to: arcs, chance that they hold, pace; `fading.Blend`."""
    blend = Blend(2 * streets.edges if traffic.reports and at else 0)
    if at is None or not traffic.reports:
        return blend.result()
    minute = at.replace(second=0, microsecond=0)
    usual = _usual_kmh(streets)
    for report in sorted(set(traffic.reports), key=_order):
        arcs = find(report.stretch, report.heading_deg)
        arcs = arcs[usual[arcs] > 0]
        blend.add(arcs, weight(report.measured_at, minute), pace_told(report.kmh, usual[arcs]))
    return blend.result()


def _usual_kmh(streets: Streets) -> Float64s:
    """The speed of ordinary driving on an empty street, float64[2 * edges]; 0 where nobody drives."""
    van, motorbike = streets.way_kmh[:, :, VAN_NORMAL], streets.way_kmh[:, :, MOTORBIKE_NORMAL]
    usual = np.where(van > 0, van, motorbike).astype(np.float64)
    every_arc: Float64s = usual[streets.edge_way].ravel()
    return every_arc


def _order(report: SpeedReport) -> tuple[object, ...]:
    """Any order will do, as long as it is always the same."""
    stretch = report.stretch
    heading = -1.0 if report.heading_deg is None else report.heading_deg
    return report.measured_at, report.kmh, heading, stretch.kind, stretch.points, stretch.width_m
