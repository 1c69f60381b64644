"""python -m simulations.planning stations|roster|beds ..."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from math import inf
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dispatch.city_file import load_city
from dispatch.rules import Rules
from dispatch.rules_file import load_rules
from domain.city import City
from routing import map_file
from routing.arrays import Float64s
from routing.times import RoadTimes
from simulations.city_model.as_city import city_of
from simulations.city_model.model import NO_INCIDENT, CityModel
from simulations.city_model.of_city import model_of_city, read_demand, with_incidents
from simulations.city_model.read import read_model
from simulations.experiment.wards import wards_of
from simulations.forecast.moments import from_log, from_table
from simulations.forecast.profile import usual_week
from simulations.forecast.series import count_hours
from simulations.left_out import in_words
from simulations.planning.beds import DAY_S, plan_beds
from simulations.planning.keeps import TAKER_S, UNIT_S, taker_s, unit_s
from simulations.planning.layout import Site
from simulations.planning.need import Promise, staff_needed, units_needed
from simulations.planning.outline import inside, read_outline
from simulations.planning.page import page, planner
from simulations.planning.say_roster import (
    SAYS_NOTHING_OF_ROADS,
    bed_figures,
    roster_figures,
    said_beds,
    said_roster,
)
from simulations.planning.say_stations import figures, said
from simulations.planning.shifts import Pattern, roster
from simulations.planning.station_map import station_map
from simulations.planning.stations import MODELS, Asked, plan_stations

BEGINS = date(2026, 3, 2)
"""A Monday. The week begins with it."""


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="vigil plan", description="Planning aids.")
    kinds = parser.add_subparsers(dest="what", required=True)
    stations = kinds.add_parser("stations", help="where the next stations should go")
    stations.add_argument("--city-folder", type=Path, required=True)
    stations.add_argument("--map", type=Path, required=True, help="folder of a built map")
    stations.add_argument("--model", help="folder of a city model; else the city's demand.toml")
    stations.add_argument("--incidents-a-day", type=float, help="instead of what the model says")
    stations.add_argument("--outline", type=Path, metavar="GEOJSON", help="nothing beyond it is planned for")
    stations.add_argument("--more", type=int, required=True, help="stations to open")
    stations.add_argument("--within", type=float, default=900.0, help="seconds of turnout and drive")
    stations.add_argument("--by", choices=MODELS, default="mclp", help="whose sites are taken")
    stations.add_argument("--vans-each", type=int, default=1, help="that come with each; 0: spread anew")
    stations.add_argument("--nights", type=int, default=20)
    stations.add_argument("--tries", type=int, default=60, help="placings the local search may try")
    stations.add_argument(
        "--doubts", type=int, default=50, help="times it is asked with demand and drives off"
    )
    stations.add_argument("--seed", type=int, default=115)
    stations.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    stations.add_argument("--report", type=Path, metavar="FILE", help="write a page with a map")
    stations.add_argument("--picture", type=Path, metavar="FILE", help="write the map alone, as SVG")
    _add_roster(kinds.add_parser("roster", help="who is on duty when"))
    beds = kinds.add_parser("beds", help="how many beds it takes")
    beds.add_argument("--patients-a-day", type=float, required=True)
    beds.add_argument("--stay-days", type=float, required=True, help="a patient has a bed, on average")
    beds.add_argument("--turned-away", type=float, default=0.05, help="share that may find none (0.05)")
    beds.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    asked = parser.parse_args(given)
    if asked.what == "stations" and (
        asked.more < 1
        or asked.nights < 2
        or asked.vans_each < 0
        or asked.tries < 0
        or not 0 < asked.within < inf
        or (asked.incidents_a_day is not None and not 0 < asked.incidents_a_day < inf)
        or asked.doubts < 0
    ):
        parser.error(
            "--more is at least 1, --nights 2, --within and --incidents-a-day above 0, others not less"
        )
    return asked


def _add_roster(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--model", type=Path, help="folder of a city model")
    source.add_argument("--calls", type=Path, metavar="FILE", help="a CSV table, one line a call")
    source.add_argument("--log", type=Path, metavar="DATA", help="the data folder of a centre")
    parser.add_argument("--column", default="at", help="of the table: when it rang (at)")
    parser.add_argument("--only", metavar="COLUMN=TEXT", help="rows whose column begins with this")
    parser.add_argument("--timezone", default="Asia/Ho_Chi_Minh", help="of the log")
    parser.add_argument("--for", dest="whom", choices=("takers", "units"), default="takers")
    parser.add_argument(
        "--service",
        type=float,
        help="seconds a call keeps a taker, or a unit (the model's; else 120 and 3600)",
    )
    parser.add_argument("--share", type=float, default=0.9, help="takers: answered in time (0.9)")
    parser.add_argument("--within", type=float, default=15.0, help="takers: seconds that is (15)")
    parser.add_argument("--nobody", type=float, default=0.01, help="units: share that finds none (0.01)")
    parser.add_argument("--growth", type=float, default=1.0, help="so many times as many calls")
    parser.add_argument("--shift", action="append", metavar="HOURS@START,...", help="such as 8@6,14,22")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    try:
        {"stations": stations, "roster": staff, "beds": beds}[asked.what](asked)
    except (OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def stations(asked: argparse.Namespace) -> None:
    roads = RoadTimes(map_file.load(asked.map))
    city = load_city(asked.city_folder)
    rules = load_rules(asked.city_folder, city.targets)
    model, service = _modelled(asked, city, rules, roads)
    rules = replace(rules, send=replace(rules.send, turnout_s=dict(model.turnout_s)))
    outline = read_outline(asked.outline) if asked.outline else None
    if outline is not None:
        model = inside(model, outline)
    places = [place.position for place in model.places]
    shapes, ward_of = (
        outline.wards(places)
        if outline is not None and outline.names
        else wards_of(places, city, asked.city_folder, asked.map)
    )
    candidates = [
        Site(place.id, shapes[ward].name if ward >= 0 else "", place.position, False)
        for place, ward in zip(model.places, ward_of, strict=True)
    ]
    wanted = Asked(
        asked.more,
        asked.within,
        asked.vans_each,
        asked.by,
        asked.nights,
        asked.tries,
        asked.seed,
        asked.doubts,
    )
    begins = datetime.combine(BEGINS, time(), ZoneInfo(city.timezone))
    with _bar() as tell:
        plan = plan_stations(service, rules, roads, model, candidates, begins, wanted, tell)
    plan = replace(plan, drawn=city.map.kind == "drawn")
    print(said(plan))
    _write(asked.json, figures(plan))
    if asked.report:
        asked.report.write_text(page(plan, model, shapes, dict(city.name)), encoding="utf-8")
    if asked.picture:
        asked.picture.write_text(station_map(plan, shapes, planner("en")), encoding="utf-8")


def _modelled(
    asked: argparse.Namespace, city: City, rules: Rules, roads: RoadTimes
) -> tuple[CityModel, City]:
    """The model, and the city whose stations are asked about: the model's own where one is named."""
    if asked.model in (None, "city"):
        model, service = model_of_city(city, rules, roads, read_demand(asked.city_folder)), city
    else:
        model = read_model(Path(asked.model))
        service = city_of(model)
    if asked.incidents_a_day is not None:
        model = with_incidents(model, asked.incidents_a_day)
    return model, service


def staff(asked: argparse.Namespace) -> None:
    takers = asked.whom == "takers"
    rates = _rates(asked, incidents=not takers) * asked.growth
    service_s = _service_s(asked, takers=takers)
    need = (
        staff_needed(rates, service_s, Promise(asked.share, asked.within))
        if takers
        else units_needed(rates, service_s, asked.nobody)
    )
    found = roster(need, [_pattern(words) for words in asked.shift or ("8@6,14,22",)])
    print(said_roster(rates, need, found, "Call takers" if takers else "Units"))
    print(f"Each is kept for {service_s:.0f} s on average.")
    if not takers:
        print(SAYS_NOTHING_OF_ROADS)
    _write(asked.json, roster_figures(rates, need, found))


def _service_s(asked: argparse.Namespace, *, takers: bool) -> float:
    if asked.service is not None:
        return float(asked.service)
    if asked.model is None:
        return TAKER_S if takers else UNIT_S
    model = read_model(asked.model)
    return taker_s(model) if takers else unit_s(model)


def _rates(asked: argparse.Namespace, *, incidents: bool) -> Float64s:
    """float64[168], calls an hour, or incidents where those are asked for and told apart."""
    if asked.model:
        kinds = read_model(asked.model).kinds
        wanted = [kind.rates for kind in kinds if not incidents or kind.priority != NO_INCIDENT]
        rates: Float64s = np.array(wanted).sum(axis=0)
        return rates
    if asked.calls:
        return usual_week(count_hours(from_table(asked.calls, asked.column, asked.only)))
    of = "incidents" if incidents else "calls"
    moments, left_out = from_log(asked.log, of, asked.timezone)
    if left_out:
        print(in_words(left_out, "en"))
    return usual_week(count_hours(moments))


def _pattern(words: str) -> Pattern:
    """Of words such as "8@6,14,22". Raises ValueError with a sentence."""
    hours, _, starts = words.partition("@")
    try:
        return Pattern(int(hours), tuple(int(each) for each in starts.split(",")))
    except ValueError as fault:
        said = "" if "invalid literal" in str(fault) else f": {fault}"
        raise ValueError(f"{words!r} is no shift such as 8@6,14,22{said}") from None


def beds(asked: argparse.Namespace) -> None:
    plan = plan_beds(asked.patients_a_day, asked.stay_days * DAY_S, asked.turned_away)
    print(said_beds(plan))
    _write(asked.json, bed_figures(plan))


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
