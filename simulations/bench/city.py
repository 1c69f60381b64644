"""A city for the benchmark: what lies on the streets of a map, and as many vans as wanted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import cycle
from zoneinfo import ZoneInfo

import numpy as np

from domain.city import City
from domain.values import Position, UnitKind
from routing.times import RoadTimes
from simulations.chance import generator
from simulations.day import CallOfDay, Day

SEED = 115
SERVICE_S, BUSY = 3_600.0, 0.5
"""About what a run takes with its drives, and which share of the vans is on one: so many calls ring."""


def on_the_map(city: City, roads: RoadTimes) -> City:
    """Without what lies off it."""
    return replace(
        city,
        stations=tuple(each for each in city.stations if roads.covers(each.position)),
        hospitals=tuple(each for each in city.hospitals if roads.covers(each.position)),
    )


def with_vans(city: City, count: int) -> City:
    """Every other one with advanced life support, spread over the stations in their order."""
    van = next(unit for unit in city.units if unit.kind == UnitKind.VAN)
    stations = cycle(city.stations[:: max(1, len(city.stations) // count)])
    skills = cycle([("ALS", "BLS", "transport"), ("BLS", "transport")])
    units = tuple(
        replace(van, callsign=f"C{number:03d}", station=next(stations).id, capabilities=next(skills))
        for number in range(1, count + 1)
    )
    return replace(city, units=units)


def scenes(roads: RoadTimes, count: int) -> list[Position]:
    """So many cells of the map, those with more demand sooner."""
    weights = np.array(roads.cells.weights)
    count = min(count, int((weights > 0).sum()))
    chance, share = generator(SEED, 0, "scenes"), weights / weights.sum()
    chosen = chance.choice(len(weights), count, replace=False, p=share)
    places = roads.cells.positions()
    return [places[cell] for cell in chosen.tolist()]


def calls(city: City, places: Sequence[Position], count: int, units: int) -> Day:
    """As many as keep half of the units busy, one after the other without hours of the day."""
    chance = generator(SEED, 0, "calls")
    at_s = np.cumsum(chance.exponential(SERVICE_S / (BUSY * units), count)).round(1).tolist()
    where = chance.integers(len(places), size=count).tolist()
    priority = chance.choice(4, count, p=(0.12, 0.38, 0.35, 0.15)).tolist()
    scene_s, handover_s = chance.uniform(420, 1500, count).round(1), chance.uniform(600, 1800, count).round(1)
    found = [
        CallOfDay(
            at_s[number],
            places[where[number]].lat,
            places[where[number]].lon,
            f"P{priority[number] + 1}",
            1,
            60.0,
            float(scene_s[number]),
            number % 5 != 0,
            float(handover_s[number]),
            300.0,
        )
        for number in range(count)
    ]
    begins = datetime(2026, 3, 2, tzinfo=ZoneInfo(city.timezone))
    return Day(city.id, begins, "a benchmark", tuple(found))
