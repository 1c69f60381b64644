"""The roads everyone knows: the ring, the radials, the quays and the market roundabout."""

from math import sqrt

import numpy as np
from numpy.random import Generator

from simulations.town.curves import Line, as_line, beside, resample, simplify, smooth, waver
from simulations.town.frame import CENTRE, inside
from simulations.town.roads import Road
from simulations.town.sheet import Field, values_at
from simulations.town.water import Stream

_RING = [
    (2150, 4200), (2200, 5400), (2450, 7000), (3500, 8050), (5400, 8500), (7300, 8000), (8900, 7050),
    (9000, 5500), (8750, 3600), (8500, 2250), (7300, 1450), (5400, 1150), (3700, 1700), (2600, 2800),
]  # fmt: skip

_RADIALS: list[tuple[str, str, str, list[tuple[int, int]]]] = [
    # kind, name, ref, course; a course that starts at the centre starts on the roundabout
    ("primary", "Đường Cầu Đôi", "",
     [(5650, 4750), (5250, 5500), (5150, 6500), (4950, 7300), (5050, 8500), (5400, 9400), (5300, 10200)]),
    ("primary", "Đường Bình Minh", "",
     [(5650, 4750), (6300, 4350), (7050, 4350), (7800, 4900), (9000, 5750)]),
    ("trunk", "Quốc lộ 197", "QL.197", [(9000, 5750), (10400, 6050), (12200, 6500)]),
    ("primary", "Đường Phù Sa", "",
     [(5650, 4750), (6150, 3900), (7100, 3200), (8450, 2350), (9200, 1000), (9600, -200)]),
    ("primary", "Đường Nam Giao", "",
     [(5650, 4750), (5500, 3500), (5150, 2300), (5350, 1150), (5700, -200)]),
    ("primary", "Đường Hòa Thuận", "", [(5650, 4750), (4600, 4100), (3600, 3250), (2700, 2650)]),
    ("trunk", "Quốc lộ 197", "QL.197", [(2700, 2650), (1500, 1700), (-200, 1200)]),
    ("primary", "Đường Tây Thành", "",
     [(5650, 4750), (4500, 4950), (3300, 4700), (2150, 4800), (900, 5200), (-200, 5250)]),
    ("primary", "Đường Bắc Hà", "",
     [(5050, 7150), (4100, 6950), (3150, 7000), (2350, 7550), (1400, 8350), (-200, 9000)]),
    ("primary", "Đường Đông An", "", [(8200, 6300), (8650, 7000), (9800, 8350), (11200, 10200)]),
    ("primary", "Đường Cồn Dừa", "",
     [(7800, 4900), (8600, 4900), (9350, 4650), (10500, 4300), (12200, 3900)]),
    ("secondary", "Đường Liên Phường", "",
     [(5050, 7150), (6300, 7100), (7250, 6850), (8200, 6300), (8950, 5750)]),
    ("secondary", "Đường Chợ Mới", "",
     [(4650, 1350), (4450, 2600), (4350, 4150), (4450, 5100), (4300, 5900)]),
]  # fmt: skip


def draw_arterials(chance: Generator) -> list[Road]:
    ring = as_line(_RING)
    ring = ring + chance.uniform(-190, 190, ring.shape)
    course = waver(smooth(ring, 30.0, closed=True), chance, 35.0, 700.0)
    roads = [Road("trunk", course, crosses=True, closed=True, name="Đường Vành Đai")]
    for kind, name, ref, controls in _RADIALS:
        points = as_line(controls)
        moved = points.copy()
        moved[1:-1] += chance.uniform(-90, 90, moved[1:-1].shape)
        line = waver(smooth(moved, 25.0), chance, 28.0, 450.0)
        if controls[0] == (int(CENTRE[0]), int(CENTRE[1])):
            line = line[2:]  # the first steps are the roundabout's
        roads.append(Road(kind, line, crosses=True, name=name, ref=ref))
    for road in roads[1:]:
        _reach_out(road, roads[0].line)
        road.line = road.line[[inside(x, y, -30.0) for x, y in road.line.tolist()]]
    roads.append(_roundabout(CENTRE, 62.0))
    return roads


def _reach_out(road: Road, ring: Line) -> None:
    """Where a road begins or ends near the ring, lead it just across, so that they meet."""
    for end in (0, -1):
        tip = road.line[end]
        away = ring - tip
        square = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]
        nearest = int(np.argmin(square))
        if square[nearest] < 450.0 * 450.0 and inside(tip[0], tip[1], 60.0) and _starts_elsewhere(tip):
            target = tip + away[nearest] * (1 + 6.0 / max(sqrt(float(square[nearest])), 1.0))
            extra = resample(np.stack([tip, target]), 20.0)
            parts = [extra[::-1][:-1], road.line] if end == 0 else [road.line, extra[1:]]
            road.line = np.concatenate(parts)


def _starts_elsewhere(tip: Line) -> bool:
    return float(abs(tip[0] - CENTRE[0]) + abs(tip[1] - CENTRE[1])) > 600.0


def _roundabout(centre: tuple[float, float], radius: float) -> Road:
    """Round the market, counter-clockwise as one drives on the right."""
    half = 0.7071067811865476
    spokes = [(1, 0), (half, half), (0, 1), (-half, half), (-1, 0), (-half, -half), (0, -1), (half, -half)]
    circle = smooth(as_line(spokes) * radius + np.asarray(centre), 12.0, closed=True)
    return Road("primary", circle, keep=True, closed=True, oneway=True, name="Vòng xoay Chợ Cũ")


def draw_quays(streams: list[Stream], water: Field, busy: Field, names: list[str]) -> list[Road]:
    """Streets along both banks where the town is dense enough to want one."""
    roads = []
    for stream in streams:
        gap, threshold = (38.0, 0.30) if stream.kind == "river" else (15.0, 0.42)
        for side in (1.0, -1.0):
            bank = resample(beside(stream.course, (stream.half + gap) * side), 25.0)
            dry = (values_at(water, bank) > gap * 0.55) & (values_at(busy, bank) > threshold)
            dry &= np.asarray([inside(x, y, 30.0) for x, y in bank])
            for first, last in _runs(dry):
                if last - first >= 12:
                    kind = "tertiary" if stream.kind == "river" else "residential"
                    name = names.pop(0) if names else ""
                    line = simplify(bank[first : last + 1], 0.5)
                    roads.append(Road(kind, resample(line, 25.0), name=name))
    return roads


def _runs(wanted: object) -> list[tuple[int, int]]:
    """First and last index of each stretch of true values."""
    flags = np.concatenate([[False], np.asarray(wanted, dtype=bool), [False]])
    edges = np.flatnonzero(flags[1:] != flags[:-1])
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]
