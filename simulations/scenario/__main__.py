"""python -m simulations.scenario list | check FILE | play FILE --stands-on cities/demo --map MAP --out P"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from dispatch.city_file import BadCityFile
from routing.errors import MapError
from simulations.city_model.faults import BadModel
from simulations.scenario.answer import answers
from simulations.scenario.library import found, presets
from simulations.scenario.models import standing_on
from simulations.scenario.play import play_all
from simulations.scenario.read import read_scenario
from simulations.scenario.report import report
from simulations.scenario.scenario import Scenario
from simulations.scenario.stage import make_ready
from simulations.scenario.write_figures import write_figures


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scenario", description=__doc__)
    orders = parser.add_subparsers(dest="order", required=True)
    orders.add_parser("list")
    check = orders.add_parser("check")
    play = orders.add_parser("play")
    for order in (check, play):
        order.add_argument("scenario", help="a file, or the name of a preset")
        order.add_argument("--city", default="demo", help="whose presets are meant")
        order.add_argument("--stands-on", type=Path, metavar="DIR", help="a city, or a city model")
        order.add_argument("--map", type=Path, metavar="MAP", help="folder of a built map")
    play.add_argument("--out", type=Path, required=True, metavar="FILE", help="the report, a .html")
    play.add_argument("--replications", type=int)
    play.add_argument("--seed", type=int)
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    try:
        if asked.order == "list":
            return _list()
        scenario = read_scenario(found(asked.scenario, asked.city))
        if asked.order == "play":
            return _play(_as_asked(scenario, asked), asked)
        if asked.stands_on is not None:
            make_ready(scenario, standing_on(asked.stands_on, asked.map))
    except (BadCityFile, BadModel) as fault:
        print("\n".join(fault.sentences), file=sys.stderr)
        return 2
    except (MapError, OSError) as fault:
        print(fault, file=sys.stderr)
        return 2
    print(f"{scenario.id}: {scenario.question['vi']}\n{scenario.question['en']}")
    return 0


def _list() -> int:
    for city in ("hcmc", "demo"):
        for path in presets(city):
            question = read_scenario(path).question
            print(f"{city}  {path.stem}\n    {question['vi']}\n    {question['en']}")
    return 0


def _as_asked(scenario: Scenario, asked: argparse.Namespace) -> Scenario:
    said = {name: getattr(asked, name) for name in ("replications", "seed")}
    return replace(scenario, **{name: value for name, value in said.items() if value is not None})


def _play(scenario: Scenario, asked: argparse.Namespace) -> int:
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}")
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("map", total=None)
        standing = standing_on(asked.stands_on, asked.map)
        stage = make_ready(scenario, standing, lambda words: bar.update(task, description=words))
        bar.update(task, description="nights")
        tables = play_all(stage, lambda count, of: bar.update(task, completed=count, total=of))
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(report(stage, tables), encoding="utf-8")
    write_figures(tables, asked.out.with_suffix(".csv"))
    for language in ("vi", "en"):
        for heading, parts in answers(scenario, tables, language):
            print(f"{heading}: {'; '.join(parts)}.")
    print(f"{asked.out} {asked.out.with_suffix('.csv')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
