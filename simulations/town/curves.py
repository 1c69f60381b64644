"""Lines that bend. A line is float64[n, 2], metres.

Only + - * / and the square root are used, which every processor rounds alike, so that the same seed
draws the same town everywhere.
"""

from math import sqrt

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Line = NDArray[np.float64]


def as_line(points: object) -> Line:
    return np.asarray(points, dtype=np.float64).reshape(-1, 2)


def lengths(line: Line) -> NDArray[np.float64]:
    """Metres along `line` at each of its points, float64[n], from 0."""
    step = np.diff(line, axis=0)
    gaps = np.sqrt(step[:, 0] * step[:, 0] + step[:, 1] * step[:, 1])
    return np.concatenate([[0.0], np.add.accumulate(gaps)])


def smooth(controls: object, step: float, closed: bool = False) -> Line:
    """A Catmull-Rom curve through the control points, one point every `step` metres."""
    points = as_line(controls)
    if closed:
        before, after = points[-1:], points[:2]
        points = np.concatenate([before, points, after])
    else:
        points = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    t = (np.arange(24) / 24.0)[:, None]
    pieces = []
    for a, b, c, d in zip(points, points[1:], points[2:], points[3:], strict=False):
        curve = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t
        pieces.append((curve + (3 * b - a - 3 * c + d) * t * t * t) / 2)
    pieces.append(points[-2:-1])
    return resample(np.concatenate(pieces), step)


def resample(line: Line, step: float) -> Line:
    """The same line with points about `step` metres apart; both ends stay."""
    along = lengths(line)
    count = max(2, round(float(along[-1]) / step) + 1)
    wanted = along[-1] * (np.arange(count) / (count - 1))
    return np.stack([np.interp(wanted, along, line[:, 0]), np.interp(wanted, along, line[:, 1])], axis=1)


def normals(line: Line) -> Line:
    """The unit vector to the left at each point, float64[n, 2]."""
    ahead = np.empty_like(line)
    ahead[1:-1] = line[2:] - line[:-2]
    ahead[0], ahead[-1] = line[1] - line[0], line[-1] - line[-2]
    size = np.sqrt(ahead[:, 0] * ahead[:, 0] + ahead[:, 1] * ahead[:, 1])
    size[size == 0] = 1.0
    return np.stack([-ahead[:, 1] / size, ahead[:, 0] / size], axis=1)


def beside(line: Line, distance: float | NDArray[np.float64]) -> Line:
    """The line shifted to its left by `distance` metres (one for all, or one for each point)."""
    return line + normals(line) * np.broadcast_to(np.asarray(distance, dtype=np.float64), len(line))[:, None]


def waver(line: Line, chance: Generator, metres: float, every: float) -> Line:
    """The line swaying up to `metres` to either side, about once `every` metres; its ends stay."""
    along = lengths(line)
    knots = max(3, round(float(along[-1]) / every) + 1)
    sway = chance.uniform(-metres, metres, knots)
    sway[0] = sway[-1] = 0.0
    place = along / along[-1] * (knots - 1)
    left = np.minimum(place.astype(np.int64), knots - 2)
    t = place - left
    t = t * t * (3 - 2 * t)
    return beside(line, sway[left] * (1 - t) + sway[left + 1] * t)


def simplify(line: Line, tolerance: float) -> Line:
    """Drop the points that lie within `tolerance` metres of the line without them."""
    keep = np.zeros(len(line), dtype=bool)
    keep[0] = keep[-1] = True
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        away = line[last] - line[first]
        between = line[first + 1 : last] - line[first]
        size = sqrt(float(away[0] * away[0] + away[1] * away[1]))
        if size > 0:
            off = np.abs(away[0] * between[:, 1] - away[1] * between[:, 0]) / size
        else:
            off = np.sqrt(between[:, 0] * between[:, 0] + between[:, 1] * between[:, 1])
        worst = int(np.argmax(off))
        if off[worst] > tolerance:
            middle = first + 1 + worst
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    return line[keep]
