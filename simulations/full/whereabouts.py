"""Where a vehicle is: at a spot, or at the last one it reported from on its way to a base."""

from dataclasses import dataclass

from routing.arrays import Float64s
from simulations.ground.build import CityGround


@dataclass(frozen=True, slots=True)
class Standing:
    spot: int

    def seen(self, now_s: float) -> int:
        return self.spot

    def driven_m(self, now_s: float) -> float:
        return 0.0


@dataclass(frozen=True, slots=True)
class Driving:
    """To a base, evenly.

    duration_s, step_s : at the pace of the ground
    passes : its spots, one for each stretch of step_s
    pace   : what the drive takes, as a multiple of its time on the ground
    """

    base_spot: int
    began_s: float
    duration_s: float
    distance_m: float
    step_s: float
    passes: tuple[int, ...]
    pace: float = 1.0

    @property
    def takes_s(self) -> float:
        return self.duration_s if self.pace == 1.0 else round(self.duration_s * self.pace, 1)

    def seen(self, now_s: float) -> int:
        elapsed_s = (now_s - self.began_s) / self.pace
        return self.base_spot if elapsed_s >= self.duration_s else self.passes[int(elapsed_s / self.step_s)]

    def driven_m(self, now_s: float) -> float:
        """So far; a drive that is broken off counts by its time."""
        if self.duration_s <= 0:
            return self.distance_m
        return min(1.0, (now_s - self.began_s) / self.pace / self.duration_s) * self.distance_m


Whereabouts = Standing | Driving


def way_to(
    ground: CityGround, kind: str, spot: int, base: int, now_s: float, pace: float = 1.0
) -> Driving | None:
    """From a spot where ways begin to a base, None where there is no way. Raises IndexError for another
    spot."""
    columns, number = ground.columns, ground.kinds.index(kind)
    row = int(columns.leaves[spot])
    if row < 0:
        raise IndexError(f"No way home begins at spot {spot}.")
    seconds = _figure(columns.home_s, number, row, base)
    if seconds == float("inf"):
        return None
    first = int(columns.home_first[number, row, base])
    steps = int(seconds / columns.step_s) + 1
    passes = tuple(columns.passes[first : first + steps].tolist())
    metres = _figure(columns.home_m, number, row, base)
    return Driving(int(columns.base_spot[base]), now_s, seconds, metres, columns.step_s, passes, pace)


def _figure(columns: Float64s, number: int, row: int, base: int) -> float:
    return float(columns[number, row, base])
