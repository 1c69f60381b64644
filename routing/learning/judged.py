"""What learned speeds are worth: how far off promises are, before and after, on runs nobody learned from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from routing.arrays import Float64s
from routing.engine import Engine
from routing.kernels import CLOSED, UNREACHED
from routing.metric import Metric
from routing.road_map import RoadMap
from routing.snapping import Places
from routing.week import WeekSpeeds


def metric_of_hour(road_map: RoadMap, free: Metric, week: WeekSpeeds, slot: int) -> Metric:
    """The metric of an hour of the week."""
    arcs = np.flatnonzero(free.arc_ms[: 2 * road_map.streets.edges] != CLOSED).astype(np.int32)
    share = week.of_arcs(road_map.streets, slot)[arcs]
    ms = np.clip(np.rint(free.arc_ms[arcs] / share), 1, CLOSED - 1).astype(np.int32)
    return free.with_times(arcs, ms)


@dataclass(slots=True)
class HeldOut:
    """Runs to judge by, one row each."""

    slot: list[int] = field(default_factory=list)
    origin: list[tuple[int, float]] = field(default_factory=list)
    destination: list[tuple[int, float]] = field(default_factory=list)
    took_s: list[float] = field(default_factory=list)

    def add(
        self, slot: int, origin: tuple[int, float], destination: tuple[int, float], took_s: float
    ) -> None:
        """slot: hour of the week of the departure; places as edge and metres along it."""
        self.slot.append(slot)
        self.origin.append(origin)
        self.destination.append(destination)
        self.took_s.append(took_s)

    def __len__(self) -> int:
        return len(self.slot)

    def promised(self, road_map: RoadMap, engine: Engine, free: Metric, week: WeekSpeeds | None) -> Float64s:
        """Seconds the road engine promises at departure; nan where it knows no way. Without a week, on empty
        streets."""
        if week is None:
            return self.promised_by(engine, lambda slot: free)
        return self.promised_by(engine, lambda slot: metric_of_hour(road_map, free, week, slot))

    def promised_by(self, engine: Engine, weights_at: Callable[[int], Metric]) -> Float64s:
        """The same with the metric of each hour of the week handed in; asked for once an hour."""
        promised = np.full(len(self), np.nan)
        slots = np.array(self.slot, np.int64)
        for slot in np.unique(slots):
            weights = weights_at(int(slot))
            for i in np.flatnonzero(slots == slot):
                ms, _ = engine.from_place(weights, _one(self.origin[i]), _one(self.destination[i]))
                if ms[0] != UNREACHED:
                    promised[i] = ms[0] / 1000
        return promised

    def report(self, before: Float64s, after: Float64s) -> dict[str, Any]:
        """Errors of both, over all and by the hour of the day."""
        took = np.array(self.took_s)
        both = np.isfinite(before) & np.isfinite(after) & (took > 0)
        hour = np.array(self.slot, np.int64) % 24
        hours = [h for h in range(24) if (both & (hour == h)).any()]
        return {
            "runs": int(both.sum()), "without_a_way": int((~both).sum()),
            "before": _errors(before[both], took[both]), "after": _errors(after[both], took[both]),
            "by_hour": [
                {"hour": h, "runs": int((both & (hour == h)).sum()),
                 "before": _errors(before[both & (hour == h)], took[both & (hour == h)]),
                 "after": _errors(after[both & (hour == h)], took[both & (hour == h)])}
                for h in hours
            ],
        }  # fmt: skip


def _errors(promised: Float64s, took: Float64s) -> dict[str, float]:
    off = promised - took
    if not len(off):
        return {}
    return {
        "median_absolute_s": round(float(np.median(np.abs(off))), 1),
        "median_relative": round(float(np.median(np.abs(off) / took)), 4),
        "p90_relative": round(float(np.quantile(np.abs(off) / took, 0.9)), 4),
        "median_signed": round(float(np.median(off / took)), 4),
    }


def _one(place: tuple[int, float]) -> Places:
    return Places(np.array([place[0]], np.int32), np.array([place[1]]), np.zeros(1))
