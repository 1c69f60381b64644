"""The alleys (hẻm): trees of narrow ways behind the house fronts, some of them grown together.

The first stretch off a street is often wide enough for a van; what branches off it is not.
"""

from collections import deque
from dataclasses import dataclass
from math import sqrt

from numpy.random import Generator

from simulations.town.curves import Line, as_line, lengths, normals
from simulations.town.ground import Ground
from simulations.town.nearby import Nearby
from simulations.town.roads import Road
from simulations.town.sheet import is_at, value_at

_STEP_M = 8.0
_CLEAR_M = 13.0
_THIN = 0.45
"""No alleys where the town is thinner than this."""


@dataclass(frozen=True, slots=True)
class Shoot:
    """An alley about to grow: its corner, its way, the way it leaves and its address."""

    x: float
    y: float
    dx: float
    dy: float
    parent: int
    depth: int
    street: str
    number: str


def grow_alleys(roads: list[Road], ground: Ground, chance: Generator) -> list[Road]:
    """New lanes and alleys off the `roads`, whose index in the list they name as their parent."""
    nearby = Nearby(16.0)
    for index, road in enumerate(roads):
        if len(road.line) > 1:
            nearby.add(road.line, index, 7.0)
    shoots: deque[Shoot] = deque()
    for index, road in enumerate(roads):
        if road.kind in ("residential", "tertiary", "secondary") and len(road.line) > 1:
            shoots += _corners(road.line, index, road.name, ground, chance)
    grown: list[Road] = []
    firm = _firm_ground(ground)
    while shoots:
        shoot = shoots.popleft()
        index = len(roads) + len(grown)
        line = _grow(shoot, nearby, firm, chance)
        if line is None:
            continue
        kind = "lane" if shoot.depth == 0 and chance.random() < 0.33 else "alley"
        name = f"Hẻm {shoot.number} {shoot.street}".strip() if shoot.street else ""
        grown.append(Road(kind, line, name=name, parent=shoot.parent, number=shoot.number))
        nearby.add(line, index, 7.0)
        if shoot.depth < 2:
            shoots += _branches(line, index, shoot, ground, chance)
    return grown


def _corners(line: Line, index: int, street: str, ground: Ground, chance: Generator) -> list[Shoot]:
    """Alley mouths along a street; odd house numbers stand on its left."""
    along, ways = lengths(line), normals(line)
    shoots = []
    place, number = float(chance.uniform(20, 60)), int(chance.integers(1, 30))
    while place < along[-1] - 18:
        at = int(along.searchsorted(place)) - 1
        share = (place - along[at]) / max(float(along[at + 1] - along[at]), 1e-6)
        x, y = (line[at] + share * (line[at + 1] - line[at])).tolist()
        density = value_at(ground.busy, x, y)
        if density > _THIN and chance.random() < 0.35 + 0.6 * density:
            left = bool(chance.random() < 0.5)
            nx, ny = ways[at].tolist()
            nx, ny = (nx, ny) if left else (-nx, -ny)
            dx, dy = _lean(nx, ny, float(chance.uniform(-0.25, 0.25)))
            number += 2 * int(chance.integers(2, 9))
            house = number - number % 2 + (1 if left else 0)
            shoots.append(Shoot(x, y, dx, dy, index, 0, street.removeprefix("Đường "), str(house)))
        place += float(chance.uniform(38, 92)) * (1.5 - 0.7 * density)
    return shoots


def _branches(line: Line, index: int, from_: Shoot, ground: Ground, chance: Generator) -> list[Shoot]:
    along, ways = lengths(line), normals(line)
    shoots = []
    place, number = float(chance.uniform(16, 34)), int(chance.integers(1, 9))
    while place < along[-1] - 5:
        at = int(along.searchsorted(place)) - 1
        x, y = line[at].tolist()
        if value_at(ground.busy, x, y) > _THIN:
            side = 1.0 if chance.random() < 0.5 else -1.0
            dx, dy = _lean(
                *(side * float(ways[at][0]), side * float(ways[at][1])), float(chance.uniform(-0.2, 0.2))
            )
            number += int(chance.integers(2, 12))
            address = f"{from_.number}/{number}"
            shoots.append(Shoot(x, y, dx, dy, index, from_.depth + 1, from_.street, address))
        place += float(chance.uniform(22, 60))
    return shoots


def _grow(shoot: Shoot, nearby: Nearby, firm: list[list[bool]], chance: Generator) -> Line | None:
    """Walk until something is in the way; sometimes join it, mostly stop at somebody's door."""
    x, y, dx, dy = shoot.x, shoot.y, shoot.dx, shoot.dy
    longest = float(chance.uniform(*((80, 230), (50, 150), (30, 90))[shoot.depth]))
    path = [(x - dx * 2.5, y - dy * 2.5), (x, y)]
    wander = 0.0
    walked = 0.0
    through = chance.random() < 0.72
    while walked < longest:
        wander = 0.6 * wander + float(chance.uniform(-0.12, 0.12))
        if chance.random() < 0.05 and walked > 25:  # round the corner of a house
            dx, dy = (-dy, dx) if chance.random() < 0.5 else (dy, -dx)
        dx, dy = _lean(dx, dy, wander)
        x, y = x + dx * _STEP_M, y + dy * _STEP_M
        if not is_at(firm, x, y):
            break
        walked += _STEP_M
        own = frozenset((shoot.parent,)) if walked < 22 else frozenset()
        other = nearby.nearest(x + dx * 4, y + dy * 4, _CLEAR_M, own)
        if other is not None:
            if walked < 15:
                return None
            ahead = (other[0] - x) * dx + (other[1] - y) * dy
            if through and ahead > 0:
                path += [(x, y), _beyond(x, y, other[0], other[1])]
            break
        path.append((x, y))
    line = as_line(path)
    return line if lengths(line)[-1] > 24.0 else None


def _beyond(x: float, y: float, ox: float, oy: float) -> tuple[float, float]:
    """A point just past (ox, oy), so that the two lines surely cross."""
    size = max(sqrt((ox - x) ** 2 + (oy - y) ** 2), 1e-6)
    return ox + (ox - x) / size * 2.5, oy + (oy - y) / size * 2.5


def _lean(dx: float, dy: float, by: float) -> tuple[float, float]:
    """Turn a unit vector by about `by` radians."""
    x, y = dx - by * dy, dy + by * dx
    size = sqrt(x * x + y * y)
    return x / size, y / size


def _firm_ground(ground: Ground) -> list[list[bool]]:
    """Where an alley may run, for each corner of the sheet."""
    firm = (ground.busy > _THIN * 0.8) & (ground.river > 12.0) & (ground.canal > 8.0) & (ground.park > 4.0)
    rows: list[list[bool]] = firm.tolist()
    return rows
