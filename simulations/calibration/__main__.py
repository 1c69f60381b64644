"""python -m simulations.calibration --log DATA --city-folder cities/demo --map MAP --out FOLDER"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Final

from dispatch.city_file import BadCityFile, load_city
from dispatch.rules import Rules
from dispatch.rules_file import load_rules
from domain.policy_book import POLICIES
from domain.ports import CoverageGrid
from routing import map_file
from routing.areas.grid import RoadGrid
from routing.errors import MapError
from routing.times import RoadTimes
from simulations.calibration.conclude import Sentence
from simulations.calibration.material import Material, material_of
from simulations.calibration.of_log import calls_of, facts_in, read_own_log
from simulations.calibration.of_table import read_recorded
from simulations.calibration.page import in_words, page
from simulations.calibration.play import AS_THE_CITY_HAS_IT, Asked, Judged, judge
from simulations.calibration.recorded import Recorded, recorded_on
from simulations.calibration.rows import write_rows
from simulations.calibration.words import WORDS
from simulations.city_model.grid import PlacesGrid
from simulations.city_model.model import CityModel
from simulations.city_model.of_city import model_of_city, read_demand
from simulations.city_model.on_map import insist_on_map
from simulations.city_model.read import read_model
from simulations.experiment.__main__ import bar
from simulations.experiment.wards import wards_of
from simulations.jemss.kept_roads import roads_beside
from simulations.nights.service import no_wards
from simulations.policy_day.from_log import open_log
from simulations.results.report.page import REPORT
from simulations.results.report.say import Say

MOST: Final = 2000
"""So many calls at most: the road times to each are worked out."""
JSON: Final = "calibration.json"


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="vigil model calibrate", description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--log", type=Path, metavar="DATA", help="the data folder of a centre")
    source.add_argument("--table", type=Path, metavar="FILE", help="a CSV table, one line a call")
    parser.add_argument("--begins", type=date.fromisoformat, metavar="DAY", help="the first day")
    parser.add_argument("--days", type=int, help="so many; by default as many of the last as may be")
    parser.add_argument("--model", type=Path, metavar="DIR", help="a city model; else the city's demand.toml")
    parser.add_argument("--city-folder", type=Path, metavar="DIR", help="not for models with their own roads")
    parser.add_argument("--map", type=Path, metavar="MAP", help="folder of a built map")
    parser.add_argument("--policy", default=AS_THE_CITY_HAS_IT, choices=(*POLICIES, AS_THE_CITY_HAS_IT))
    parser.add_argument("--replications", type=int, default=20)
    parser.add_argument("--seed", type=int, default=115)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--csv", action="store_true", help="write the rows as CSV, too")
    parser.add_argument("--json", action="store_true", help="print the figures")
    asked = parser.parse_args(given)
    if not 2 <= asked.replications <= 1000:
        parser.error("--replications is from 2 to 1000")
    if asked.days is not None and asked.days < 1:
        parser.error("--days is 1 or more")
    return asked


def recorded_of(asked: argparse.Namespace, timezone: str) -> Recorded:
    if asked.log is not None:
        log = open_log(asked.log)
        try:
            read, duty = read_own_log(facts_in(log))
        finally:
            log.close()
        calls = calls_of(read)
        return recorded_on(calls, duty, "the log", timezone, MOST, asked.begins, asked.days, read.left_out)
    calls = read_recorded(asked.table, timezone)
    return recorded_on(calls, {}, asked.table.name, timezone, MOST, asked.begins, asked.days)


def judged_of(asked: argparse.Namespace, tell: Callable[[str, float], None]) -> Judged:
    what = Asked(asked.replications, asked.seed, asked.policy)
    network = None if asked.model is None else roads_beside(asked.model)
    if network is not None:
        model = read_model(asked.model)
        recorded = recorded_of(asked, model.timezone)
        return judge(
            recorded, model, Rules(), network, lambda: PlacesGrid(model, network), no_wards, what, tell=tell
        )
    if asked.city_folder is None or asked.map is None:
        raise ValueError("--city-folder and --map are needed, unless the model came with its own roads.")
    folder = asked.city_folder
    city = load_city(folder)
    rules = load_rules(folder, city.targets)
    recorded = recorded_of(asked, city.timezone)  # before the map is read: a wrong table is told at once
    roads = RoadTimes(map_file.load(asked.map))
    model = _model(asked, roads, folder)

    def cells() -> CoverageGrid:
        grid = RoadGrid(roads.still)
        grid.renew(rules.coverage.shrink_calls)
        return grid

    drawn = city.map.kind == "drawn"
    return judge(
        recorded,
        model,
        rules,
        roads,
        cells,
        lambda its: wards_of(its, city, folder, asked.map),
        what,
        drawn,
        tell,
    )


def _model(asked: argparse.Namespace, roads: RoadTimes, folder: Path) -> CityModel:
    if asked.model is None:
        city = load_city(folder)
        return model_of_city(city, load_rules(folder, city.targets), roads, read_demand(folder))
    model = read_model(asked.model)
    insist_on_map(model, roads)
    return model


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    try:
        with bar() as tell:
            material = material_of(judged_of(asked, tell))
        asked.out.mkdir(parents=True, exist_ok=True)
        (asked.out / REPORT).write_text(page(material), encoding="utf-8")
        for kind in ("parquet", "csv") if asked.csv else ("parquet",):
            write_rows(asked.out, material, kind)
        told = as_json(material)
        (asked.out / JSON).write_text(told + "\n", encoding="utf-8")
    except (BadCityFile, MapError, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    print(told if asked.json else as_text([*material.may, *material.may_not]))
    return 0


def as_text(sentences: Sequence[Sentence]) -> str:
    say = Say("en", WORDS)
    return "\n".join(f"- {in_words(each, say)}" for each in sentences)


def as_json(material: Material) -> str:
    its = material.judged.of
    return json.dumps(
        {
            "model": material.judged.model.id,
            "source": its.source,
            "begins": its.begins.isoformat(),
            "days": its.days,
            "incidents": len(its.calls),
            "unreached": its.unreached,
            "left_out": dict(its.left_out),
            "may": [each.key for each in material.may],
            "may_not": [each.key for each in material.may_not],
            "figures": [asdict(each) for each in material.rows],
            "demand": {
                "recorded": material.demand.total,
                "simulated": material.demand.total_mean,
                "least": material.demand.total_least,
                "most": material.demand.total_most,
            },
        },
        indent=1,
    )


if __name__ == "__main__":
    sys.exit(main())
