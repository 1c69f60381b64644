"""What one visit to an arc tells of its speed; and which visits tell nothing."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from routing.arrays import Float32s, Float64s, Int32s, Masks
from routing.kernels import CLOSED
from routing.matching.track import Driven
from routing.metric import Metric
from routing.road_map import RoadMap
from routing.week import LEAST, MOST

LEAST_M: Final = 5.0  # of an arc must have been driven
LONGEST_LIGHT_S: Final = 120.0  # who stands longer than the longest red light was not held up by traffic
HOURS: Final = 168
Int64s = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Visits:
    """One row a visit, 20 bytes each.

    run   : int32     arc   : int32     slot : uint8, hour of the week
    slow  : float32   logarithm of the time it took over the time of an empty street
    metres: float32   free_s : float32  what an empty street would have taken
    """

    run: Int32s
    arc: Int32s
    slot: Masks
    slow: Float32s
    metres: Float32s
    free_s: Float32s

    def __len__(self) -> int:
        return len(self.run)


@dataclass(slots=True)
class Evidence:
    """Gathers visits, run after run; knows what it left out and why."""

    road_map: RoadMap
    free: Metric
    left_out: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(
            ("closed", "too short", "stood too long", "start or end", "beyond belief"), 0
        )
    )
    runs: int = 0
    _parts: list[Visits] = field(default_factory=list)

    def add(self, driven: Driven, week_s: float) -> int:
        """Take the visits of one run; how many tell something.

        week_s : seconds since Monday midnight, by the clocks of the city, at the zero of the track's time
        """
        edge_m = self.road_map.streets.edge_m[driven.arc >> 1]
        metres = (driven.end - driven.begin) * edge_m
        whole_ms = self.free.arc_ms[driven.arc].astype(np.float64)
        free_s = whole_ms / 1000 * (driven.end - driven.begin)
        spent_s = driven.leave_s - driven.enter_s
        closed, short = whole_ms == CLOSED, metres < LEAST_M
        stood = driven.still_s > LONGEST_LIGHT_S
        # the first and the last arc of a stretch hold the time of starting and parking
        at_an_end = np.diff(driven.stretch, prepend=-1, append=-1) != 0
        at_an_end = at_an_end[:-1] | at_an_end[1:]
        with np.errstate(divide="ignore", invalid="ignore"):
            share = free_s / spent_s
        odd = ~((share >= LEAST) & (share <= MOST))
        tells = ~(closed | short | stood | odd | at_an_end)
        taken = np.zeros(len(share), bool)
        for name, which in (("closed", closed), ("too short", short), ("stood too long", stood),
                            ("start or end", at_an_end), ("beyond belief", odd)):  # fmt: skip
            self.left_out[name] += int((which & ~taken).sum())
            taken |= which
        middle = week_s + (driven.enter_s + driven.leave_s)[tells] / 2
        slot = ((middle // 3600) % HOURS).astype(np.uint8)
        count = int(tells.sum())
        self._parts.append(Visits(
            np.full(count, self.runs, np.int32), driven.arc[tells], slot,
            -np.log(share[tells]).astype(np.float32), metres[tells].astype(np.float32),
            free_s[tells].astype(np.float32),
        ))  # fmt: skip
        self.runs += 1
        return count

    def visits(self) -> Visits:
        """All that was gathered."""
        if not self._parts:
            return Visits(*(np.empty(0, kind) for kind in ("i4", "i4", "u1", "f4", "f4", "f4")))
        names = ("run", "arc", "slot", "slow", "metres", "free_s")
        whole = Visits(*(np.concatenate([getattr(part, name) for part in self._parts]) for name in names))
        self._parts = [whole]
        return whole


def free_seconds(driven: Driven, metric: Metric) -> Float64s:
    """What every visit takes by a metric."""
    seconds: Float64s = metric.arc_ms[driven.arc] / 1000 * (driven.end - driven.begin)
    return seconds
