"""python -m simulations.city_model fit|import|check|show ..."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from dispatch.city_file import BadCityFile, load_city
from dispatch.rules_file import load_rules
from routing import map_file
from routing.errors import MapError
from routing.times import RoadTimes
from simulations.city_model.of_city import model_of_city, read_demand
from simulations.city_model.read import read_model
from simulations.city_model.said import figures, said
from simulations.city_model.write import write_model
from simulations.demand.fit import MOST_PLACES, fit
from simulations.demand.held_out import Judgement, judge
from simulations.demand.history import FAR_KM, Columns, read_history
from simulations.demand.kinds import ALL_ALIKE, KindRule, read_kinds
from simulations.demand.of_log import RULES, history_of, read_log, with_times
from simulations.demand.page import page
from simulations.demand.whole import assumed_around, with_demand
from simulations.jemss.files import BadJemss
from simulations.jemss.kept_roads import ROADS, keep_roads
from simulations.jemss.model import MOST_PLACES as MOST_OF_JEMSS
from simulations.jemss.model import read_jemss
from simulations.left_out import in_words
from simulations.policy_day.from_log import facts_of, open_log


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="vigil model", description="City models for simulations.")
    does = parser.add_subparsers(dest="does", required=True)
    fitted = does.add_parser("fit", help="the demand, from a table of calls")
    table = fitted.add_mutually_exclusive_group(required=True)
    table.add_argument("table", type=Path, nargs="?")
    table.add_argument("--log", type=Path, metavar="DATA", help="instead: the data folder of a centre")
    fitted.add_argument("--out", type=Path, required=True, metavar="DIR")
    for name, usual in (("at", "at"), ("lat", "lat"), ("lon", "lon")):
        fitted.add_argument(f"--{name}", default=usual, metavar="COLUMN")
    fitted.add_argument("--kind", metavar="COLUMN")
    fitted.add_argument("--only", default="", metavar="TEXT", help="rows whose kind begins so")
    fitted.add_argument("--kinds", type=Path, metavar="FILE", help="what the kinds are: begins,kind,priority")
    fitted.add_argument("--like", type=Path, metavar="DIR", help="a model that says all else")
    fitted.add_argument("--name", default="Fitted city")
    fitted.add_argument("--timezone", default="Asia/Ho_Chi_Minh")
    fitted.add_argument("--places", type=int, default=MOST_PLACES)
    fitted.add_argument("--within-km", type=float, default=FAR_KM)
    fitted.add_argument("--report", type=Path, metavar="FILE", help="write a page on how well it holds")
    fitted.add_argument("--json", action="store_true")
    taken = does.add_parser("import", help="from a JEMSS model, or from a city and its map")
    source = taken.add_mutually_exclusive_group(required=True)
    source.add_argument("--jemss", type=Path, metavar="DIR")
    source.add_argument("--city-folder", type=Path, metavar="DIR")
    taken.add_argument("--map", type=Path, metavar="MAP", help="of the city: folder of a built map")
    taken.add_argument("--places", type=int, default=MOST_OF_JEMSS)
    taken.add_argument("--out", type=Path, required=True, metavar="DIR")
    for name in ("check", "show"):
        asked = does.add_parser(name)
        asked.add_argument("model", type=Path, metavar="DIR")
        asked.add_argument("--json", action="store_true")
    found = parser.parse_args(given)
    if found.does == "import" and found.city_folder is not None and found.map is None:
        parser.error("--city-folder needs --map")
    return found


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    try:
        {"fit": _fit, "import": _import, "check": _check, "show": _show}[asked.does](asked)
    except (BadCityFile, BadJemss, MapError, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def _fit(asked: argparse.Namespace) -> None:
    like = read_model(asked.like) if asked.like is not None else None
    left_out: dict[str, int] = {}
    if asked.log is not None:
        log = open_log(asked.log)
        try:
            found, left_out = read_log(facts_of(log))
        finally:
            log.close()
        history = history_of(found, like.timezone if like else asked.timezone, asked.within_km)
        rules: Sequence[KindRule] = RULES
    else:
        columns = Columns(asked.at, asked.lat, asked.lon, asked.kind, asked.only)
        rules = read_kinds(asked.kinds) if asked.kinds is not None else ALL_ALIKE
        history = read_history(asked.table, columns, asked.within_km)
    fitted = fit(history, rules, asked.places)
    source = f"fitted to {len(history)} calls of {history.source}, {history.wild} left out"
    model = (
        with_demand(like, fitted, source)
        if like is not None
        else assumed_around(fitted, asked.out.name, asked.name, asked.timezone, source)
    )
    if asked.log is not None:
        model = with_times(model, found)
    judged: Judgement | None = None
    told: dict[str, object] = {}
    try:
        judged = judge(history, fitted.place)
        told = _judged(judged)
    except ValueError as fault:  # too short to judge by; the fit stands all the same
        if asked.report is not None:
            raise
        told["not_judged"] = str(fault)
    write_model(model, asked.out)
    read_model(asked.out)
    if asked.report is not None and judged is not None:
        asked.report.write_text(page(history, fitted, judged), encoding="utf-8")
    if asked.json:
        print(
            json.dumps({"calls": len(history), "wild": history.wild, "left_out": left_out, **told}, indent=1)
        )
        return
    print(said(model))
    if left_out:
        print(in_words(left_out, "en"))
    print(_in_words(judged) if judged is not None else f"Not judged: {told['not_judged']}")


def _in_words(judged: Judgement) -> str:
    return (
        f"Judged on {judged.weeks} weeks put aside: dispersion {judged.dispersion:.2f} (1 by Poisson's law); "
        f"deviance an hour {judged.deviance.mean:.3f}, {judged.against_flat.interval.mean:+.3f} against one "
        f"rate all week, {judged.against_means.interval.mean:+.3f} against plain means."
    )


def _judged(judged: Judgement) -> dict[str, object]:
    def told(interval: object) -> list[float]:
        return [round(float(getattr(interval, name)), 6) for name in ("mean", "low", "high")]

    return {
        "weeks_held_out": judged.weeks,
        "calls_held_out": judged.calls,
        "dispersion": round(judged.dispersion, 4),
        "deviance_an_hour": told(judged.deviance),
        "against_flat": told(judged.against_flat.interval),
        "against_plain_means": told(judged.against_means.interval),
        "places_by_period_bits": told(judged.bits),
        "coverage": [
            {"share": each.share, "poisson_said_held": each.poisson, "wide_said_held": each.wide}
            for each in judged.coverage
        ],
    }


def _import(asked: argparse.Namespace) -> None:
    network = None
    if asked.jemss is not None:
        imported = read_jemss(asked.jemss, asked.places)
        model, network = imported.model, imported.roads
    else:
        city = load_city(asked.city_folder)
        rules = load_rules(asked.city_folder, city.targets)
        roads = RoadTimes(map_file.load(asked.map))
        model = model_of_city(city, rules, roads, read_demand(asked.city_folder))
    write_model(model, asked.out)
    (asked.out / ROADS).unlink(missing_ok=True)
    if network is not None:
        keep_roads(asked.out, network)
    print(said(read_model(asked.out)))


def _check(asked: argparse.Namespace) -> None:
    model = read_model(asked.model)
    print(json.dumps({"id": model.id, "right": True}) if asked.json else f"{model.name}: nothing is wrong.")


def _show(asked: argparse.Namespace) -> None:
    model = read_model(asked.model)
    print(json.dumps(figures(model), indent=1, ensure_ascii=False) if asked.json else said(model))


if __name__ == "__main__":
    sys.exit(main())
