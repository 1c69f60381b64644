"""Streets that follow the lie of the land, evenly spaced, like wool combed around stones.

Each street is traced step by step along the direction field until it meets water, a park, the paddy
fields or a street that already runs its way; each finished street proposes others beside and across it.
"""

from collections import deque
from dataclasses import dataclass
from math import sqrt

from numpy.random import Generator

from simulations.town.curves import Line, as_line, lengths, normals, resample
from simulations.town.frame import inside
from simulations.town.ground import Ground
from simulations.town.nearby import Nearby
from simulations.town.roads import Road
from simulations.town.sheet import CELL_M, COLUMNS, ROWS, is_at, value_at

Seed = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Manner:
    """How streets of one kind are laid.

    spacing  : metres between neighbours where the town is densest, and where it is thinnest
    busy     : no street of this kind where the town is thinner than this
    longest  : metres, shortest and longest wish
    shy      : the chance to end at a wider street rather than to cross it
    """

    kind: str
    spacing: tuple[float, float]
    busy: float
    step: float
    shortest: float
    longest: tuple[float, float]
    shy: float
    over_canals: bool


MANNERS = (
    Manner("secondary", (820.0, 1500.0), -1.0, 30.0, 700.0, (1800.0, 5200.0), 0.25, True),
    Manner("tertiary", (330.0, 680.0), 0.10, 22.0, 320.0, (700.0, 2600.0), 0.35, True),
    Manner("residential", (105.0, 215.0), 0.27, 14.0, 70.0, (180.0, 1000.0), 0.5, False),
)


def lay_streets(roads: list[Road], manner: Manner, ground: Ground, chance: Generator) -> list[Road]:
    """New streets of one kind between the `roads` that are there already."""
    return _Layer(roads, manner, ground, chance).lay()


def firm_ground(ground: Ground, manner: Manner) -> list[list[bool]]:
    """Where such a street may run, for each corner of the sheet."""
    firm = (ground.busy >= manner.busy) & (ground.river >= 26.0) & (ground.park >= 4.0)
    if not manner.over_canals:
        firm &= ground.canal > 9.0
    rows: list[list[bool]] = firm.tolist()
    return rows


class _Layer:
    def __init__(self, roads: list[Road], manner: Manner, ground: Ground, chance: Generator) -> None:
        self.manner, self.ground, self.chance = manner, ground, chance
        self.roads = roads
        self.laid: list[Road] = []
        self.nearby = Nearby(manner.spacing[0] * 0.8)
        self.wider = Nearby(40.0)
        self.met = Nearby(40.0)
        self.every = max(manner.step, manner.spacing[0] / 5)
        self.firm = firm_ground(ground, manner)
        self.turn_east = ground.turn[0].tolist()
        self.turn_north = ground.turn[1].tolist()
        for road in roads:
            if len(road.line) > 1:
                self.nearby.add(road.line, 0, self.every)
                self.wider.add(road.line, 0, 12.0)
                self.met.add(road.line, 0, 12.0)

    def lay(self) -> list[Road]:
        seeds: deque[Seed] = deque()
        for road in self.roads:
            self._propose(road.line, seeds)
        while seeds:
            seed = seeds.popleft()
            line = self._trace(seed)
            if line is None:
                continue
            self.laid.append(Road(self.manner.kind, line, crosses=self.manner.over_canals))
            self.nearby.add(line, 0, self.every)
            self.met.add(line, 0, 12.0)
            self._propose(line, seeds)
        return self.laid

    def _space(self, x: float, y: float) -> float:
        near, far = self.manner.spacing
        return near + (far - near) * (1.0 - value_at(self.ground.busy, x, y))

    def _propose(self, line: Line, seeds: deque[Seed]) -> None:
        """Starting points across the line and beside it, in no order one would notice."""
        space = self._space(*line[len(line) // 2])
        points = resample(line, space * 0.5)
        ways = normals(points)
        found: list[Seed] = []
        for (x, y), (nx, ny) in zip(points.tolist(), ways.tolist(), strict=True):
            found.append((x, y, nx, ny))
            for side in (1.0, -1.0):
                shift = side * space * self.chance.uniform(0.85, 1.35)
                found.append((x + nx * shift, y + ny * shift, ny, -nx))
        for place in self.chance.random(len(found)).argsort(kind="stable").tolist():
            seeds.append(found[place])

    def _trace(self, seed: Seed) -> Line | None:
        x, y, dx, dy = seed
        if not inside(x, y, 5.0) or not self._firm(x, y):
            return None
        dx, dy = self._turn(x, y, dx, dy)
        space = self._space(x, y) * float(self.chance.uniform(0.8, 1.15))
        if self.nearby.alongside(x, y, dx, dy, space * 0.88) is not None:
            return None
        wish = float(self.chance.uniform(*self.manner.longest)) / 2
        ahead = self._walk(x, y, dx, dy, space * 0.55, wish)
        behind = self._walk(x, y, -dx, -dy, space * 0.55, wish)
        line = as_line([*behind[::-1], (x, y), *ahead])
        if len(line) < 3 or lengths(line)[-1] < self.manner.shortest:
            return None
        return line

    def _walk(
        self, x: float, y: float, dx: float, dy: float, clear: float, wish: float
    ) -> list[tuple[float, float]]:
        step = self.manner.step
        path: list[tuple[float, float]] = []
        dry = 0
        for count in range(int(wish / step)):
            mx, my = self._turn(x + dx * step / 2, y + dy * step / 2, dx, dy)
            dx, dy = mx, my
            x, y = x + dx * step, y + dy * step
            if not self._firm(x, y):
                return path[:dry]
            if self.nearby.alongside(x, y, dx, dy, clear) is not None:
                break
            if count > 6 and count % 6 == 0 and self._returns(path, x, y, clear):
                break
            path.append((x, y))
            if value_at(self.ground.canal, x, y) > 12.0:
                dry = len(path)
            if not inside(x, y):
                return path[:dry]
            if (
                self._crosses(self.wider, x, y, dx, dy)
                and count > 1
                and self.chance.random() < self.manner.shy
            ):
                return [*path[:dry], (x + dx * step * 0.6, y + dy * step * 0.6)]
        return path[:dry] + self._reach_on(path[:dry], dx, dy, 2.2 * clear)

    def _reach_on(
        self, path: list[tuple[float, float]], dx: float, dy: float, limit: float
    ) -> list[tuple[float, float]]:
        """Further steps to a street that lies ahead, none if there is none within `limit` metres."""
        if not path:
            return []
        (x, y), step = path[-1], self.manner.step
        more: list[tuple[float, float]] = []
        for _ in range(int(limit / step)):
            dx, dy = self._turn(x + dx * step / 2, y + dy * step / 2, dx, dy)
            x, y = x + dx * step, y + dy * step
            if not self._firm(x, y) or not inside(x, y):
                return []
            more.append((x, y))
            if self._crosses(self.met, x, y, dx, dy):
                return [*more, (x + dx * step * 0.8, y + dy * step * 0.8)]
        return []

    def _crosses(self, streets: Nearby, x: float, y: float, dx: float, dy: float) -> bool:
        """One of `streets` is being crossed in this very step."""
        sample = streets.nearest(x, y, self.manner.step * 0.75)
        return sample is not None and abs(sample[2] * dx + sample[3] * dy) < 0.7

    def _returns(self, path: list[tuple[float, float]], x: float, y: float, clear: float) -> bool:
        far = len(path) - int(3 * clear / self.manner.step)
        return any((px - x) ** 2 + (py - y) ** 2 < clear * clear for px, py in path[: max(far, 0) : 4])

    def _firm(self, x: float, y: float) -> bool:
        return is_at(self.firm, x, y)

    def _turn(self, x: float, y: float, dx: float, dy: float) -> tuple[float, float]:
        """The direction of the field here, of its four the one nearest to (dx, dy)."""
        u = min(max(x / CELL_M, 0.0), COLUMNS - 1.001)
        v = min(max(y / CELL_M, 0.0), ROWS - 1.001)
        column, row = int(u), int(v)
        u, v = u - column, v - row
        a, b, c, d = (1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v
        low, high = self.turn_east[row], self.turn_east[row + 1]
        c4 = a * low[column] + b * low[column + 1] + c * high[column] + d * high[column + 1]
        low, high = self.turn_north[row], self.turn_north[row + 1]
        s4 = a * low[column] + b * low[column + 1] + c * high[column] + d * high[column + 1]
        size = sqrt(c4 * c4 + s4 * s4)
        if size < 1e-6:
            return dx, dy
        c4 /= size
        c2 = sqrt(max(1 + c4, 0.0) / 2)
        c1, s1 = sqrt((1 + c2) / 2), sqrt(max(1 - c2, 0.0) / 2)
        if s4 < 0:
            s1 = -s1
        along, across = c1 * dx + s1 * dy, -s1 * dx + c1 * dy
        if along * along >= across * across:
            return (c1, s1) if along >= 0 else (-c1, -s1)
        return (-s1, c1) if across >= 0 else (s1, -c1)
