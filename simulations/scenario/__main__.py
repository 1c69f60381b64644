"""python -m simulations.scenario list | check FILE | play FILE --stands-on cities/demo --map MAP --out DIR"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dispatch.city_file import BadCityFile
from routing.errors import MapError
from simulations.city_model.faults import BadModel
from simulations.experiment.__main__ import bar
from simulations.experiment.alone import alone_in
from simulations.experiment.inputs import read_inputs
from simulations.experiment.run import run
from simulations.results.compare import compare, intervals
from simulations.results.figures import figures_of
from simulations.results.pairs import pairs_in
from simulations.results.report.page import write_report
from simulations.results.table import as_text
from simulations.results.write_rows import write_rows
from simulations.scenario.as_experiment import prepare_scenario
from simulations.scenario.library import found, presets
from simulations.scenario.models import standing_on
from simulations.scenario.read import read_scenario
from simulations.scenario.stage import insist_on_model


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
    check.add_argument("--quiet", action="store_true", help="say nothing where nothing is wrong")
    play.add_argument("--out", type=Path, required=True, metavar="DIR", help="begun anew, or gone on with")
    play.add_argument("--replications", type=int)
    play.add_argument("--seed", type=int)
    play.add_argument("--jobs", type=int, help="so many processes; one a core by default")
    play.add_argument("--csv", action="store_true", help="write the rows as CSV, too")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    try:
        if asked.order == "list":
            return _list()
        file = found(asked.scenario, asked.city)
        scenario = read_scenario(file)
        if asked.order == "play":
            return _play(file, asked)
        if asked.stands_on is not None:
            insist_on_model(scenario, standing_on(asked.stands_on, asked.map))
    except (BadCityFile, BadModel) as fault:
        print("\n".join(fault.sentences), file=sys.stderr)
        return 2
    except (MapError, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 2
    if not asked.quiet:
        print(f"{scenario.id}: {scenario.question['vi']}\n{scenario.question['en']}")
    return 0


def _list() -> int:
    for city in ("hcmc", "demo"):
        for path in presets(city):
            question = read_scenario(path).question
            print(f"{city}  {path.stem}\n    {question['vi']}\n    {question['en']}")
    return 0


def _play(file: Path, asked: argparse.Namespace) -> int:
    with alone_in(asked.out), bar() as tell:
        standing = standing_on(asked.stands_on, asked.map)
        shares = {"road times": 0.1, "hospitals and crews": 0.6, "inputs": 0.8}
        prepare_scenario(
            file,
            standing,
            asked.out,
            asked.replications,
            asked.seed,
            lambda words, share: tell(words, share or shares.get(words, 0.0)),
        )
        run(asked.out, asked.jobs, lambda done, of: tell(f"{done} of {of} replications", done / of))
        tell("rows and report", 1.0)
        inputs = read_inputs(asked.out)
        for kind in ("parquet", "csv") if asked.csv else ("parquet",):
            write_rows(asked.out, inputs, kind)
        report = write_report(asked.out, inputs)
    values = figures_of(asked.out, inputs)
    pairs = pairs_in(inputs, values)
    print(as_text(inputs.experiment, intervals(values), compare(values, pairs), pairs=pairs))
    print(report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
