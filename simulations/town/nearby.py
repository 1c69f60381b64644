"""Which streets pass close by, and do they run the same way?"""

from simulations.town.curves import Line, normals, resample

Sample = tuple[float, float, float, float, int]
"""x, y, unit direction dx, dy, and the street it belongs to."""


class Nearby:
    """Sample points of streets in square drawers of `cell` metres."""

    def __init__(self, cell: float) -> None:
        self.cell = cell
        self._drawers: dict[tuple[int, int], list[Sample]] = {}

    def add(self, line: Line, owner: int, every: float) -> None:
        points = resample(line, every)
        for (x, y), (nx, ny) in zip(points.tolist(), normals(points).tolist(), strict=True):
            key = (int(x // self.cell), int(y // self.cell))
            self._drawers.setdefault(key, []).append((x, y, ny, -nx, owner))

    def alongside(self, x: float, y: float, dx: float, dy: float, radius: float) -> Sample | None:
        """A sample within `radius` metres whose street runs within 45 degrees of (dx, dy)."""
        for sample in self._around(x, y, radius):
            sx, sy = sample[0] - x, sample[1] - y
            if sx * sx + sy * sy < radius * radius:
                along = sample[2] * dx + sample[3] * dy
                if along * along > 0.5:
                    return sample
        return None

    def nearest(self, x: float, y: float, radius: float, but: frozenset[int] = frozenset()) -> Sample | None:
        """The nearest sample within `radius` metres that belongs to none of the streets `but`."""
        best, found = radius * radius, None
        for sample in self._around(x, y, radius):
            sx, sy = sample[0] - x, sample[1] - y
            if sx * sx + sy * sy < best and sample[4] not in but:
                best, found = sx * sx + sy * sy, sample
        return found

    def _around(self, x: float, y: float, radius: float) -> list[Sample]:
        low, high = int((x - radius) // self.cell), int((x + radius) // self.cell)
        south, north = int((y - radius) // self.cell), int((y + radius) // self.cell)
        found: list[Sample] = []
        for column in range(low, high + 1):
            for row in range(south, north + 1):
                found += self._drawers.get((column, row), ())
        return found
