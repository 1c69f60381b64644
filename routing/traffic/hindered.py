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
from routing.traffic.fading import blended, pace_told, weight
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
    shut = [(find(closure.stretch, None), _shut_out(closure.profiles)) for closure in traffic.closures]
    slow = _slowest(traffic.slowings, find)
    told = _told(streets, traffic, reading.at, find)
    arcs = np.unique(np.concatenate([each for each, _ in (*shut, slow)] + [told[0], np.empty(0, np.int32)]))
    pace = np.ones(len(arcs)) if usual_pace is None else usual_pace[arcs]
    pace[np.searchsorted(arcs, slow[0])] /= slow[1]
    place = np.searchsorted(arcs, told[0])
    pace[place] = told[1] * told[2] + (1 - told[1]) * pace[place]
    masks = np.zeros(len(arcs), np.uint8)
    for closed, mask in shut:
        masks[np.searchsorted(arcs, closed)] |= np.uint8(mask)
    return Hindered(arcs.astype(np.int32), pace, masks)


def _shut_out(profiles: tuple[str, ...]) -> int:
    if not profiles:
        return EVERY_PROFILE
    return mask_of(tuple(index for name in profiles for index in VEHICLES.get(name, ())))


def _slowest(slowings: tuple[Slowing, ...], find: FindArcs) -> tuple[Int32s, Float64s]:
    """The arcs that are slowed, in rising order, and the smallest share said for each."""
    found = [(find(each.stretch, None), max(each.share, LEAST_SHARE)) for each in slowings]
    every = np.concatenate([np.empty(0, np.int32), *(arcs for arcs, _ in found)])
    shares = np.repeat([share for _, share in found], [len(arcs) for arcs, _ in found])
    order = np.lexsort((shares, every))
    arcs, first = np.unique(every[order], return_index=True)
    return arcs, shares[order][first].astype(np.float64)


def _told(
    streets: Streets, traffic: Traffic, at: datetime | None, find: FindArcs
) -> tuple[Int32s, Float64s, Float64s]:
    """What measured speeds come to: arcs, chance that they hold, pace; `fading.blended`."""
    if at is None:
        nothing = np.empty(0, np.float64)
        return np.empty(0, np.int32), nothing, nothing
    minute = at.replace(second=0, microsecond=0)
    reports = sorted(set(traffic.reports), key=_order)
    found = [find(report.stretch, report.heading_deg) for report in reports]
    arcs = np.concatenate([np.empty(0, np.int32), *found])
    report = np.repeat(np.arange(len(found)), [len(each) for each in found])
    usual = _usual_kmh(streets, arcs)
    driven = usual > 0
    arcs, report = arcs[driven], report[driven]
    weights = np.array([weight(each.measured_at, minute) for each in reports], np.float64)[report]
    kmh = np.array([each.kmh for each in reports], np.float64)[report]
    return blended(arcs, weights, pace_told(kmh, usual[driven]))


def _usual_kmh(streets: Streets, arcs: Int32s) -> Float64s:
    """The speed of ordinary driving on an empty street, float64[arcs]; 0 where nobody drives."""
    kmh = streets.way_kmh[streets.edge_way[arcs >> 1], arcs & 1]
    van, motorbike = kmh[:, VAN_NORMAL].astype(np.float64), kmh[:, MOTORBIKE_NORMAL].astype(np.float64)
    usual: Float64s = np.where(van > 0, van, motorbike)
    return usual


def _order(report: SpeedReport) -> tuple[object, ...]:
    """Any order will do, as long as it is always the same."""
    stretch = report.stretch
    heading = -1.0 if report.heading_deg is None else report.heading_deg
    return report.measured_at, report.kmh, heading, stretch.kind, stretch.points, stretch.width_m
