"""The lie of the land: where water is, how dense the town is, which way its streets want to run."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.random import Generator

from simulations.town.chance import stream
from simulations.town.curves import Line, as_line, smooth
from simulations.town.frame import CENTRE
from simulations.town.roads import Road
from simulations.town.sheet import COLUMNS, ROWS, Field, around, hill, noise, places
from simulations.town.water import Stream

_TOWNS = [(CENTRE, 1900.0, 1.0), ((3900.0, 7550.0), 900.0, 0.62), ((8050.0, 5750.0), 950.0, 0.68),
          ((7200.0, 2300.0), 800.0, 0.45), ((2300.0, 3700.0), 650.0, 0.40), ((9650.0, 3500.0), 500.0, 0.30),
          ((6050.0, 7750.0), 650.0, 0.42),
          ((1050.0, 1550.0), 330.0, 0.36), ((950.0, 5250.0), 380.0, 0.38), ((1350.0, 8350.0), 350.0, 0.36),
          ((5350.0, 9350.0), 380.0, 0.36), ((10400.0, 5950.0), 420.0, 0.42), ((10500.0, 4150.0), 330.0, 0.34),
          ((10050.0, 8600.0), 380.0, 0.36), ((9250.0, 950.0), 360.0, 0.38), ((5600.0, 350.0), 300.0, 0.36),
          ((8150.0, 9250.0), 320.0, 0.34), ((2900.0, 850.0), 300.0, 0.32),
          ((11200.0, 2800.0), 300.0, 0.32)]  # fmt: skip

_PARKS = [("Công viên Bến Nước", (4850.0, 5880.0), 130.0), ("Công viên Hồ Sen", (3800.0, 4050.0), 250.0),
          ("Công viên Đồi Cò", (7750.0, 5350.0), 170.0),
          ("Công viên Vườn Chim", (3350.0, 7450.0), 170.0)]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Park:
    name: str
    outline: Line
    pond: Line | None


@dataclass(slots=True)
class Ground:
    """Fields of the sheet, see `sheet`.

    river : metres to the bank of a river, below zero in it
    canal : the same for canals
    park  : the same for parks
    busy  : 0 for paddy fields to 1 for the market
    turn  : the direction streets want to take, four times its angle, as a unit vector (east, north)
    """

    river: Field
    canal: Field
    park: Field
    busy: Field
    turn: tuple[Field, Field]
    parks: list[Park]


def survey(seed: int, streams: list[Stream], arterials: list[Road]) -> Ground:
    rivers = [_strip(each) for each in streams if each.kind == "river"]
    canals = [_strip(each) for each in streams if each.kind == "canal"]
    river, river_east, river_north = _around_strips(rivers)
    canal, canal_east, canal_north = _around_strips(canals)
    xs, ys = places()
    parks = [_park(stream(seed, name), name, at, radius) for name, at, radius in _PARKS]
    park = around([(each.outline, 0.0) for each in parks], 400.0)[0]
    for _, at, radius in _PARKS:
        park = np.where((xs - at[0]) ** 2 + (ys - at[1]) ** 2 < (radius * 0.8) ** 2, -5.0, park)
    street, street_east, street_north = around([(each.line, 0.0) for each in arterials], 500.0)

    chance = stream(seed, "density")
    busy = np.zeros((ROWS, COLUMNS))
    for at, radius, weight in _TOWNS:
        busy = np.maximum(busy, weight * 1.25 * hill(*at, radius))
    busy = busy + 0.30 * np.exp2(-street / 160.0) + 0.12 * noise(chance, 700.0) + 0.05 * noise(chance, 250.0)
    busy = np.round(np.clip(busy - 0.08, 0.0, 1.0), 6).astype(np.float64)

    chance = stream(seed, "direction")
    east, north = _districts(chance)
    for distance, along_x, along_y, weight, reach in (
        (river, river_east, river_north, 2.2, 260.0),
        (canal, canal_east, canal_north, 1.4, 110.0),
        (street, street_east, street_north, 2.0, 150.0),
    ):
        strength = weight * np.exp2(-np.maximum(distance, 0.0) / reach)
        e, n = _fourfold(along_x, along_y)
        east, north = east + strength * e, north + strength * n
    east, north = _twist(east, north, 0.55 * noise(chance, 650.0) + 0.22 * noise(chance, 220.0))
    size = np.sqrt(east * east + north * north) + 1e-9
    return Ground(river, canal, park, busy, (np.round(east / size, 6), np.round(north / size, 6)), parks)


def _strip(each: Stream) -> tuple[Line, Line]:
    return each.course, each.half.reshape(-1, 1)


def _around_strips(strips: list[tuple[Line, Line]]) -> tuple[Field, Field, Field]:
    """As `around`, each piece of a course with a width of its own."""
    pieces = [
        (line[i : i + 2], float(half[i, 0] + half[i + 1, 0]) / 2)
        for line, half in strips
        for i in range(len(line) - 1)
    ]
    return around(pieces, 600.0)


def _park(chance: Generator, name: str, at: tuple[float, float], radius: float) -> Park:
    spokes = [(1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7)]
    reach = radius * chance.uniform(0.85, 1.15, (8, 1))
    outline = smooth(as_line(spokes) * reach + np.asarray(at), 30.0, closed=True)
    outline[-1] = outline[0]
    pond = None
    if radius > 160:
        pond = smooth(as_line(spokes) * reach * 0.45 + np.asarray(at), 20.0, closed=True)
        pond[-1] = pond[0]
    return Park(name, outline, pond)


def _districts(chance: Generator) -> tuple[Field, Field]:
    """A dozen quarters, each with a grid of its own leaning, fading into one another."""
    xs, ys = places()
    east, north = np.zeros((ROWS, COLUMNS)), np.zeros((ROWS, COLUMNS))
    for _ in range(14):
        x, y = chance.uniform(500, 11500), chance.uniform(500, 9500)
        a, b = chance.uniform(-1, 1), chance.uniform(-1, 1)
        size = sqrt(a * a + b * b) + 1e-9
        e, n = _fourfold(np.asarray(a / size), np.asarray(b / size))
        near = hill(x, y, 900.0) ** 2
        east, north = east + near * e, north + near * n
    dx, dy = xs - CENTRE[0], ys - CENTRE[1]
    far = np.sqrt(dx * dx + dy * dy) + 1.0
    e, n = _fourfold(dx / far, dy / far)
    near = 0.8 * hill(*CENTRE, 800.0)
    return east + near * e, north + near * n


def _fourfold(x: Field, y: Field) -> tuple[Field, Field]:
    """Four times the angle of a unit vector, so that a street and its crossings point alike."""
    a, b = x * x - y * y, 2 * x * y
    return a * a - b * b, 2 * a * b


def _twist(east: Field, north: Field, by: Field) -> tuple[Field, Field]:
    """Turn each vector by about `by` radians (exact enough, and free of sines)."""
    half = by / 2
    c, s = (1 - half * half) / (1 + half * half), 2 * half / (1 + half * half)
    return east * c - north * s, east * s + north * c
