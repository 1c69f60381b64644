"""Fields over the town: a number for each 20 m square of the sheet."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from simulations.town.curves import Line
from simulations.town.frame import HEIGHT_M, WIDTH_M

Field = NDArray[np.float64]

CELL_M = 20.0
ROWS, COLUMNS = int(HEIGHT_M / CELL_M) + 1, int(WIDTH_M / CELL_M) + 1


def places() -> tuple[Field, Field]:
    """The x and y of each square's corner, float64[ROWS, COLUMNS]."""
    ys, xs = np.mgrid[0:ROWS, 0:COLUMNS] * CELL_M
    return xs, ys


def value_at(field: Field, x: float, y: float) -> float:
    """The value at the nearest corner."""
    row = min(max(int(y / CELL_M + 0.5), 0), ROWS - 1)
    column = min(max(int(x / CELL_M + 0.5), 0), COLUMNS - 1)
    return float(field[row, column])


def is_at(rows: list[list[bool]], x: float, y: float) -> bool:
    """As `value_at`, of a field held as rows of truths: much quicker where it is asked for at each step."""
    row = min(max(int(y / CELL_M + 0.5), 0), ROWS - 1)
    return rows[row][min(max(int(x / CELL_M + 0.5), 0), COLUMNS - 1)]


def values_at(field: Field, line: Line) -> NDArray[np.float64]:
    """The value at each point of `line`, between the corners in proportion, float64[n]."""
    u = np.clip(line[:, 0] / CELL_M, 0, COLUMNS - 1.001)
    v = np.clip(line[:, 1] / CELL_M, 0, ROWS - 1.001)
    column, row = u.astype(np.int64), v.astype(np.int64)
    u, v = u - column, v - row
    below = field[row, column] * (1 - u) + field[row, column + 1] * u
    above = field[row + 1, column] * (1 - u) + field[row + 1, column + 1] * u
    result: NDArray[np.float64] = below * (1 - v) + above * v
    return result


def noise(chance: Generator, every: float) -> Field:
    """Smooth noise in -1..1 whose hills are about `every` metres apart."""
    knots = chance.uniform(-1.0, 1.0, (int(HEIGHT_M / every) + 3, int(WIDTH_M / every) + 3))
    xs, ys = places()
    u, v = xs / every, ys / every
    column, row = u.astype(np.int64), v.astype(np.int64)
    u, v = u - column, v - row
    u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
    below = knots[row, column] * (1 - u) + knots[row, column + 1] * u
    above = knots[row + 1, column] * (1 - u) + knots[row + 1, column + 1] * u
    return below * (1 - v) + above * v


def hill(x: float, y: float, radius: float) -> Field:
    """1 at the place, a half one radius away, fading like 1 / (1 + r2)."""
    xs, ys = places()
    return 1.0 / (1.0 + ((xs - x) * (xs - x) + (ys - y) * (ys - y)) / (radius * radius))


def around(lines: Iterable[tuple[Line, float]], reach: float) -> tuple[Field, Field, Field]:
    """Distance to the nearest of `lines` less its half width, and its direction as a unit vector.

    lines : pairs of a line and its half width, metres
    reach : beyond this many metres the distance is `reach` and the direction is 0, 0
    """
    distance = np.full((ROWS, COLUMNS), reach)
    east, north = np.zeros((ROWS, COLUMNS)), np.zeros((ROWS, COLUMNS))
    xs, ys = places()
    for line, half in lines:
        for (ax, ay), (bx, by) in pairwise(line):
            margin = reach + half
            left = max(int((min(ax, bx) - margin) / CELL_M), 0)
            right = max(int((max(ax, bx) + margin) / CELL_M) + 2, 0)
            low = max(int((min(ay, by) - margin) / CELL_M), 0)
            high = max(int((max(ay, by) + margin) / CELL_M) + 2, 0)
            window = (slice(low, high), slice(left, right))
            dx, dy = bx - ax, by - ay
            square = dx * dx + dy * dy
            if square == 0 or distance[window].size == 0:
                continue
            px, py = xs[window] - ax, ys[window] - ay
            t = np.clip((px * dx + py * dy) / square, 0.0, 1.0)
            px, py = px - t * dx, py - t * dy
            here = np.sqrt(px * px + py * py) - half
            nearer = here < distance[window]
            size = square**0.5
            distance[window][nearer] = here[nearer]
            east[window][nearer], north[window][nearer] = dx / size, dy / size
    return distance, east, north
