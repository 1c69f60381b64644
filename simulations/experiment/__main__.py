"""python -m simulations.experiment --city-folder cities/demo --map MAP --out FOLDER [--policy closest ...]"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from dispatch.city_file import BadCityFile, load_city
from dispatch.rules_file import load_rules
from routing import map_file
from routing.errors import MapError
from routing.times import RoadTimes
from simulations.city_model.as_rival import ground_of_model
from simulations.city_model.of_city import model_of_city, read_demand
from simulations.city_model.on_map import insist_on_map
from simulations.city_model.read import read_model
from simulations.day import Day, read_day
from simulations.experiment.alone import alone_in
from simulations.experiment.experiment import Experiment, Rival
from simulations.experiment.file import checked, read_experiment
from simulations.experiment.inputs import read_inputs
from simulations.experiment.prepare import grid_for, prepare, prepare_model
from simulations.experiment.run import run
from simulations.experiment.wards import wards_of
from simulations.jemss.kept_roads import ROADS, roads_beside
from simulations.jemss.nights import prepare_on_network
from simulations.policy_day.from_log import day_of, facts_of, open_log
from simulations.results.compare import compare, intervals
from simulations.results.figures import figures_of
from simulations.results.pairs import pairs_in
from simulations.results.report.page import write_report
from simulations.results.table import as_text
from simulations.results.write_rows import write_rows

RECORDED = Path(__file__).parents[1] / "policy_day" / "demo_day.json"


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulate", description=__doc__)
    parser.add_argument("--experiment", type=Path, metavar="FILE", help="what is asked, as a file")
    parser.add_argument("--policy", action="append", default=[], metavar="NAME[:MOVE-UP]", help="a rival")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--log", type=Path, metavar="DATA", help="a data folder: take a day out of its log")
    source.add_argument("--recorded", type=Path, metavar="FILE", default=RECORDED, help="a day in a file")
    source.add_argument("--model", metavar="DIR", help="a city model; `city` for the city's own demand.toml")
    parser.add_argument("--begins", metavar="TIME", help="of a model's nights, such as 2026-03-02T00:00")
    parser.add_argument("--day", type=date.fromisoformat, help="of the log; the busiest where none is named")
    parser.add_argument(
        "--same-calls",
        action="store_const",
        const="recorded",
        dest="days",
        help="the very calls of the day, once; else days like it are drawn",
    )
    parser.add_argument("--hours", type=float)
    parser.add_argument("--warm-up", type=float, dest="warm_up_hours", metavar="HOURS")
    parser.add_argument("--replications", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--city-folder", type=Path, metavar="DIR", help="not for models with their own roads")
    parser.add_argument("--map", type=Path, metavar="MAP", help="folder of a built map")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="begun anew, or gone on with")
    parser.add_argument("--jobs", type=int, help="so many processes; one a core by default")
    parser.add_argument("--csv", action="store_true", help="write the rows as CSV, too")
    asked = parser.parse_args(given)
    if None in (asked.city_folder, asked.map) and not (asked.model and (Path(asked.model) / ROADS).is_file()):
        parser.error("--city-folder and --map are needed, unless the model came with its own roads")
    return asked


def experiment_of(asked: argparse.Namespace, city: str) -> Experiment:
    """As the file says, or the options alone; options go before it. Raises BadExperiment, OSError."""
    if asked.experiment is not None:
        experiment = read_experiment(asked.experiment)
    else:
        names = asked.policy or ["closest"]
        rivals = tuple(_rival(name) for name in names)
        experiment = Experiment(f"{', '.join(names)}: {city}", city, rivals)
    said = {
        name: value
        for name in ("hours", "warm_up_hours", "replications", "seed", "begins", "days")
        if (value := getattr(asked, name)) is not None
    }
    if said.get("days") == "recorded":
        if asked.model is not None:
            raise ValueError(
                "A city model has no calls that rang: --same-calls wants a day of a log or file."
            )
        said = {"replications": 1, "warm_up_hours": 0.0, **said}
    told = {**msgspec.to_builtins(experiment), **said}
    return checked(msgspec.convert(told, Experiment))


def _rival(name: str) -> Rival:
    """ "dmexclp", or "closest:dmexclp": who is sent, and where free units wait."""
    policy, _, move_up = name.partition(":")
    return msgspec.convert({"name": name, "policy": policy, "move_up": move_up or "home"}, Rival)


def source_of(asked: argparse.Namespace) -> Day:
    if asked.log is None:
        return read_day(asked.recorded)
    city = load_city(asked.city_folder)
    return day_of(facts_of(open_log(asked.log)), city.id, city.timezone, asked.day)


def make_map_ready(asked: argparse.Namespace, tell: Callable[[str, float], None]) -> Experiment:
    experiment = experiment_of(asked, asked.city_folder.name)
    roads = RoadTimes(map_file.load(asked.map))
    if asked.model is None:
        prepare(experiment, source_of(asked), asked.city_folder, roads, asked.map, asked.out, tell)
    else:
        make_model_ready(experiment, asked, roads, tell)
    return experiment


def make_model_ready(
    experiment: Experiment, asked: argparse.Namespace, roads: RoadTimes, tell: Callable[[str, float], None]
) -> None:
    folder = asked.city_folder
    city = load_city(folder)
    rules = load_rules(folder, city.targets)
    tell("city model", 0.0)
    model = (
        model_of_city(city, rules, roads, read_demand(folder))
        if asked.model == "city"
        else read_model(Path(asked.model))
    )
    if asked.model != "city":
        insist_on_map(model, roads)
    rules = replace(rules, send=replace(rules.send, turnout_s=dict(model.turnout_s)))
    tell("road times", 0.1)
    prepare_model(
        experiment,
        model,
        rules,
        ground_of_model(model, roads),
        grid_for(experiment, roads, rules),
        lambda places: wards_of(places, city, folder, asked.map),
        asked.out,
        tell,
        drawn=city.map.kind == "drawn",
    )


def make_own_roads_ready(asked: argparse.Namespace, tell: Callable[[str, float], None]) -> Experiment | None:
    """Of a model that came with its own road network: no map and no city of ours is asked."""
    roads = roads_beside(Path(asked.model)) if asked.model not in (None, "city") else None
    if roads is None:
        return None
    model = read_model(Path(asked.model))
    experiment = experiment_of(asked, model.id)
    tell("road times", 0.0)
    prepare_on_network(experiment, model, roads, asked.out, tell)
    return experiment


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    try:
        with alone_in(asked.out), bar() as tell:
            experiment = make_own_roads_ready(asked, tell) or make_map_ready(asked, tell)
            run(asked.out, asked.jobs, lambda done, of: tell(f"{done} of {of} replications", done / of))
            tell("rows", 1.0)
            inputs = read_inputs(asked.out)
            for kind in ("parquet", "csv") if asked.csv else ("parquet",):
                write_rows(asked.out, inputs, kind)
            write_report(asked.out, inputs)
    except (BadCityFile, MapError, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    values = figures_of(asked.out, inputs)
    pairs = pairs_in(inputs, values)
    print(as_text(experiment, intervals(values), compare(values, pairs), pairs=pairs))
    return 0


@contextmanager
def bar() -> Iterator[Callable[[str, float], None]]:
    """A bar for people at a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task("", total=1.0)
        yield lambda stage, share: shown.update(task, description=stage, completed=share)


if __name__ == "__main__":
    sys.exit(main())
