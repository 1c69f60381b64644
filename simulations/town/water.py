"""The two arms of the river, the canals and the lake."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from simulations.town.curves import Line, as_line, beside, lengths, smooth, waver

_MAIN = [
    (-500, 7700), (900, 7450), (1900, 6500), (2950, 5950), (4000, 6500), (4900, 6550), (5750, 6000),
    (6450, 5350), (6950, 4450), (7700, 4000), (8700, 4250), (9450, 3600), (9750, 2600), (10700, 2000),
    (12500, 2300),
]  # fmt: skip
_ARM = [(8900, 10500), (8650, 9400), (7700, 8600), (7650, 7600), (7100, 6800), (6750, 5900), (6420, 5300)]
_CANALS = {
    "Kênh Vườn Trầu":
        [(3050, 6000), (3250, 5150), (2950, 4300), (3450, 3350), (3200, 2300), (3700, 1200), (3500, -400)],
    "Kênh Cầu Mây": [(6950, 4500), (6650, 3500), (7050, 2600), (6700, 1600), (7200, 600), (7100, -400)],
    "Rạch Bần": [(4450, 6550), (4750, 7500), (4350, 8300), (4700, 9200), (4600, 10400)],
    "Rạch Ông Lươn":
        [(9000, 4200), (9700, 5200), (9500, 6200), (10400, 7000), (10700, 8200), (12400, 8700)],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stream:
    """One river, arm or canal.

    course : its middle line, downstream, metres
    half   : half its width at each point of the course, metres
    kind   : river or canal, as OpenStreetMap tags it
    """

    name: str
    kind: str
    course: Line
    half: NDArray[np.float64]

    def shore(self) -> Line:
        """The outline of its surface; the last point is the first."""
        left, right = beside(self.course, self.half), beside(self.course, -self.half)
        return np.concatenate([left, right[::-1], left[:1]])


def draw_streams(chance: Generator) -> list[Stream]:
    """The main river first, then its arm, then the canals."""
    streams = [
        _stream("Sông Đôi", "river", _MAIN, chance, width=(250, 330), sway=70),
        _stream("Sông Đôi Nhánh Bắc", "river", _ARM, chance, width=(120, 170), sway=60),
    ]
    for name, controls in _CANALS.items():
        streams.append(_stream(name, "canal", controls, chance, width=(26, 36), sway=35))
    return streams


def _stream(
    name: str,
    kind: str,
    controls: list[tuple[int, int]],
    chance: Generator,
    width: tuple[float, float],
    sway: float,
) -> Stream:
    points = as_line(controls)
    points = points + chance.uniform(-sway, sway, points.shape)
    points[-1] = controls[-1]  # mouths stay where they meet
    course = waver(smooth(points, 60.0), chance, sway * 0.35, 500.0)
    share = lengths(course) / lengths(course)[-1]
    uneven = np.interp(share * 12, np.arange(13), chance.uniform(0.9, 1.12, 13))
    return Stream(name, kind, course, (width[0] + (width[1] - width[0]) * share) / 2 * uneven)
