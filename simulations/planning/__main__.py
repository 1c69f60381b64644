"""python -m simulations.planning stations|roster|beds ..."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from routing import map_file
from routing.times import RoadTimes
from simulations.city_model.model import CityModel
from simulations.city_model.read import read_model
from simulations.experiment.wards import wards_of
from simulations.planning.layout import Site
from simulations.planning.plain_model import plain_model
from simulations.planning.say_stations import figures, said
from simulations.planning.stations import MODELS, Asked, plan_stations

BEGINS = date(2026, 3, 2)
"""A Monday. The week begins with it."""


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="vigil plan", description="Planning aids.")
    kinds = parser.add_subparsers(dest="what", required=True)
    stations = kinds.add_parser("stations", help="where the next stations should go")
    stations.add_argument("--city-folder", type=Path, required=True)
    stations.add_argument("--map", type=Path, required=True, help="folder of a built map")
    stations.add_argument("--model", type=Path, help="folder of a city model; else where people live")
    stations.add_argument("--incidents-a-day", type=float, default=450.0, help="where no model says")
    stations.add_argument("--more", type=int, required=True, help="stations to open")
    stations.add_argument("--within", type=float, default=900.0, help="seconds of turnout and drive")
    stations.add_argument("--by", choices=MODELS, default="mclp", help="whose sites are taken")
    stations.add_argument("--vans-each", type=int, default=1, help="that come with each; 0: spread anew")
    stations.add_argument("--nights", type=int, default=20)
    stations.add_argument("--tries", type=int, default=60, help="placings the local search may try")
    stations.add_argument("--seed", type=int, default=115)
    stations.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    asked = parser.parse_args(given)
    if asked.more < 1 or asked.nights < 2 or asked.vans_each < 0 or asked.tries < 0 or asked.within <= 0:
        parser.error("--more is at least 1, --nights 2, --within above 0, the rest not below 0")
    return asked


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    try:
        stations(asked)
    except (OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def stations(asked: argparse.Namespace) -> None:
    roads = RoadTimes(map_file.load(asked.map))
    city = load_city(asked.city_folder)
    rules = load_rules(asked.city_folder, city.targets)
    if asked.model:
        model: CityModel = read_model(asked.model)
    else:
        cells = roads.cells
        model = plain_model(city, rules, cells.positions(), cells.weights.tolist(), asked.incidents_a_day)
    places = [place.position for place in model.places]
    wards, ward_of = wards_of(places, city, asked.city_folder, asked.map)
    candidates = [
        Site(place.id, wards[ward].name if ward >= 0 else "", place.position, False)
        for place, ward in zip(model.places, ward_of, strict=True)
    ]
    wanted = Asked(asked.more, asked.within, asked.vans_each, asked.by, asked.nights, asked.tries, asked.seed)
    begins = datetime.combine(BEGINS, time(), ZoneInfo(city.timezone))
    with _bar() as tell:
        plan = plan_stations(city, rules, roads, model, candidates, begins, wanted, tell)
    print(said(plan))
    _write(asked.json, figures(plan))


def _write(path: Path | None, told: Any) -> None:
    if path is not None:
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@contextmanager
def _bar() -> Iterator[Callable[[str, float], None]]:
    columns = (TextColumn("{task.description:<24}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda stage, share: bar.update(task, description=stage, completed=share)


if __name__ == "__main__":
    sys.exit(main())
