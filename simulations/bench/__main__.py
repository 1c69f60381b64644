"""python -m simulations.bench --city cities/hcmc --map FILE --out FILE"""

import argparse
import json
import sys
from pathlib import Path

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from routing import map_file
from routing.areas.grid import RoadGrid
from routing.times import RoadTimes
from simulations.bench.city import on_the_map, scenes
from simulations.bench.fork import measure_forks
from simulations.bench.measure import Town, measure
from simulations.ground.build import build_ground

PLACES = 150


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench simulation", description=__doc__)
    parser.add_argument("--city", type=Path, required=True, metavar="DIR", help="folder of the city")
    parser.add_argument("--map", type=Path, required=True, metavar="FILE", help="an OSM file or a built map")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write the figures")
    asked = parser.parse_args()
    say(f"Reading {asked.map.name} ...")
    roads = RoadTimes(map_file.load(map_file.build(asked.map, asked.map.parent / "maps")))
    city = on_the_map(load_city(asked.city), roads)
    rules = load_rules(asked.city, city.targets)
    grid = RoadGrid(roads.still)
    grid.renew(rules.coverage.shrink_calls)
    places = scenes(roads, PLACES)
    say(f"Working out the ways of {len(places)} places, {len(city.stations)} stations ...")
    hospitals = [hospital.position for hospital in city.hospitals]
    ground = build_ground(roads, places, hospitals, [station.position for station in city.stations])
    rows = measure(Town(city, rules, roads, ground, grid, places), say)
    if grid.times is not None:
        rows += measure_forks(city, rules, grid.times, say)
    asked.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
