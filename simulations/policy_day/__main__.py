"""python -m simulations.policy_day --recorded day.json --city cities/demo --map MAP"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dispatch.city_file import BadCityFile, load_city
from dispatch.rules_file import load_rules
from domain.policy_book import POLICIES
from domain.values import Priority
from routing.errors import MapError
from routing.times import RoadTimes
from simulations.day import Day, read_day, write_day
from simulations.full.play import play
from simulations.ground.of_day import ground_of
from simulations.policy_day.figures import DayFigures, figures, table
from simulations.policy_day.from_log import day_of, facts_of, open_log
from simulations.policy_day.roads import roads_of

RECORDED = Path(__file__).with_name("demo_day.json")
AS_THE_CITY_HAS_IT = "rules"
"""Stands for the policies that the city's own rules name, each for its priority."""


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="policies compare", description=__doc__)
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--log", type=Path, metavar="DATA", help="a data folder: take a day out of its log")
    source.add_argument(
        "--recorded", type=Path, metavar="FILE", default=RECORDED, help="a day kept in a file"
    )
    parser.add_argument("--day", type=date.fromisoformat, help="of the log; the busiest where none is named")
    parser.add_argument("--city", type=Path, required=True, metavar="DIR", help="the city's folder")
    parser.add_argument("--map", type=Path, required=True, metavar="MAP", help="a built map, or an OSM file")
    parser.add_argument("--policies", default=",".join((*POLICIES, AS_THE_CITY_HAS_IT)))
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write the day taken out of the log")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    asked = parser.parse_args(given)
    asked.policies = asked.policies.split(",")
    if strange := set(asked.policies) - {*POLICIES, AS_THE_CITY_HAS_IT}:
        parser.error(f"there is no policy {', '.join(sorted(strange))}")
    return asked


def compare(day: Day, city_folder: Path, roads: RoadTimes, policies: Sequence[str]) -> list[DayFigures]:
    """The same day under each policy, every priority by the same one."""
    city = load_city(city_folder)
    rules = load_rules(city_folder, city.targets)
    ground = ground_of(day, city, roads)
    found = []
    for name in policies:
        chosen = (
            rules.policy.by_priority()
            if name == AS_THE_CITY_HAS_IT
            else {str(priority): name for priority in Priority}
        )
        found.append(figures(name, play(day, city, rules, roads, ground, chosen), city.targets))
    return found


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    try:
        roads = roads_of(asked.map)
        day = read_day(asked.recorded)
        if asked.log is not None:
            city = load_city(asked.city)
            day = day_of(facts_of(open_log(asked.log)), city.id, city.timezone, asked.day)
            if asked.keep is not None:
                write_day(day, asked.keep)
        rows = compare(day, asked.city, roads, asked.policies)
    except (BadCityFile, MapError, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    print(f"{day.city}, {day.begins.date()}: {len(day.calls)} calls, {day.source}")
    print(table(rows))
    if asked.json is not None:
        said = {"city": day.city, "day": day.begins.isoformat(), "map_version": roads.map_version}
        text = json.dumps({**said, "policies": [row.as_json() for row in rows]}, indent=1)
        asked.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
