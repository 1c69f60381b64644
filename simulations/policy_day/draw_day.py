"""Draw a day's calls for a city and its map: a Poisson process by the hours, at the streets people live on.

python -m simulations.policy_day.draw_day --city cities/demo --map MAP --calls 400 --out demo_day.json
"""

import argparse
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from dispatch.city_file import load_city
from domain.values import Position
from routing import map_file
from routing.areas.cells import middles
from routing.areas.ground import DEMAND
from routing.arrays import Float64s
from routing.times import RoadTimes
from simulations.day import CallOfDay, Day, write_day
from simulations.living_demo.chance import Chance
from simulations.living_demo.habits import HOURS
from simulations.policy_day import durations

DAY_S = 86_400.0


def draw_day(roads: RoadTimes, city: str, begins: datetime, calls: float, seed: int) -> Day:
    """A day with about so many calls. Each source of chance has a generator of its own."""
    chance = Chance(seed)
    arrivals, places = chance.of("arrivals"), chance.of("places").generator
    kinds, times = chance.of("priorities"), chance.of("durations")
    demand = roads.areas.ground(0).weights[:, DEMAND]
    lat, lon = middles(roads.road_map)
    share = demand / demand.sum()
    busiest = max(HOURS)
    found, at_s = [], 0.0
    while (at_s := at_s + arrivals.gap(DAY_S * sum(HOURS) / 24 / (calls * busiest))) < DAY_S:
        if not arrivals.happens(HOURS[int(at_s // 3600)] / busiest):
            continue  # thinned to the hour
        place = _place(roads, places, share, lat, lon)
        priority = kinds.pick(list(durations.PRIORITIES), list(durations.PRIORITIES.values()))
        found.append(
            CallOfDay(
                at_s=round(at_s, 1),
                lat=place.lat,
                lon=place.lon,
                priority=priority,
                patients=1,
                decide_s=durations.decide_s(times),
                scene_s=durations.scene_s(times),
                transports=durations.transports(times, priority),
                handover_s=durations.handover_s(times),
                clear_s=durations.clear_s(times),
            )
        )
    return Day(city, begins, f"drawn from seed {seed} for the map {roads.map_version}", tuple(found))


def _place(
    roads: RoadTimes, chance: np.random.Generator, share: Float64s, lat: Float64s, lon: Float64s
) -> Position:
    """The middle of a street by its demand, inside the map: rounding may push one over the edge."""
    while True:
        edge = int(chance.choice(len(share), p=share))
        place = Position(round(float(lat[edge]), 6), round(float(lon[edge]), 6))
        if roads.covers(place):
            return place


def main() -> None:
    parser = argparse.ArgumentParser(prog="draw_day", description=__doc__)
    parser.add_argument("--city", type=Path, required=True, help="folder of the city")
    parser.add_argument("--map", type=Path, required=True, help="folder of a built map")
    parser.add_argument("--calls", type=float, default=400.0)
    parser.add_argument("--seed", type=int, default=115)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    city = load_city(asked.city)
    begins = datetime(2026, 3, 3, tzinfo=ZoneInfo(city.timezone))
    roads = RoadTimes(map_file.load(asked.map))
    write_day(draw_day(roads, city.id, begins, asked.calls, asked.seed), asked.out)


if __name__ == "__main__":
    np.seterr(all="raise")
    main()
