"""`vigil report week`: seven shift days of overrides, regret and predictions, as text, JSON or a page."""

import json
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from api.cli.db_options import HERE, Data, Db
from api.cli.figures_of_log import CITIES, Cities, CityOption, FiguresOfLog, MapOption, open_figures
from api.figure_city import Period
from api.hindsight import DayGround, regret_of
from dispatch.override_report import override_report
from routing.live import LiveRoads


def week(
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="DATE", help="The shift day after the last.", show_default="today's"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    page: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page that needs no network.")
    ] = None,
    data: Data = HERE,
    db: Db = None,
    city: CityOption = None,
    cities: Cities = CITIES,
    map_file: MapOption = None,
) -> None:
    """Seven shift days: where people chose otherwise, what choices gave up, and how arrivals were foretold.

    docs/figures.md says what regret is. Reads the log only, also beside a running Vigil.
    """
    with open_figures(data, db, city, cities, map_file) as counted:
        found = report_of_week(counted, to)
    if page is not None:
        page.write_text(as_page(found), encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    elif page is None:
        typer.echo(as_text(found))


def report_of_week(counted: FiguresOfLog, to: str | None) -> dict[str, Any]:
    """{from, to, overrides, choices, days, predictions}, plain JSON. Raises BadPeriod."""
    here = counted.here
    end = here.moment(to) if to is not None else here.shift_day(counted.moment)
    period = Period(here.day_begins(end.astimezone(here.zone).date() - timedelta(days=7)), end)
    roads = LiveRoads(counted.opened.roads, zone=here.zone, now=counted.moment).still()
    ground = DayGround.of(counted.opened.city, counted.opened.rules, roads)
    found = regret_of(counted.book(period), period, here, ground, lambda: None)
    plain: dict[str, Any] = msgspec.to_builtins(found)
    return {**plain, "overrides": override_report(counted.log, period.start, period.end)}


def as_text(found: dict[str, Any]) -> str:
    return "\n\n".join("\n".join([title, *(f"  {line}" for line in lines)]) for title, lines in _told(found))


def as_page(found: dict[str, Any]) -> str:
    parts = [
        f"<h2>{escape(title)}</h2><pre>{escape(chr(10).join(lines))}</pre>" for title, lines in _told(found)
    ]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Vigil: the week</title>'
        "<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
        f"pre{{font:14px/1.6 monospace;overflow:auto}}</style>{''.join(parts)}</html>"
    )


def _told(found: dict[str, Any]) -> list[tuple[str, list[str]]]:
    overrides, choices, said = found["overrides"], found["choices"], found["predictions"]["total"]
    return [
        (
            f"{found['from'][:16]} to {found['to'][:16]}",
            [f"{choices['n']} units were sent upon advice, {choices['followed']} as it was ranked."],
        ),
        (
            f"Chosen otherwise: {overrides['count']}, giving up {overrides['given_up_s']:.0f} s in all",
            [
                f"{row['name']:<24} {row['count']:>5} {row['given_up_s']:>9.0f} s"
                for row in (*overrides["by_reason"], *overrides["by_dispatcher"])
            ],
        ),
        (
            f"Regret against the soonest offered: {_seconds(choices['mean_regret_s'])} a choice",
            [
                f"{row['sent']:<6} {row['sent_s']:>6.0f} s, {row['soonest']:<6} {row['soonest_s']:>6.0f} s: "
                f"{row['regret_s']:>5.0f} s   run {row['run_id']}"
                for row in choices["worst"]
            ],
        ),
        (
            "Against the best plan that knew the day",
            [
                f"{day['day']}  {day['jobs']:>4} arrivals, as sent {_seconds(day['mean_as_sent_s'])}, "
                f"best {'' if day['exact'] else 'at least '}{_seconds(day['mean_best_s'])}, "
                f"late {day['late_as_sent']}, best {day['late_best']}"
                for day in found["days"]
            ],
        ),
        (
            "Arrivals foretold",
            [
                f"{said['n']} arrivals, {_seconds(said['bias_s'])} later than foretold on average, "
                f"four of five off by {_seconds(said['p80_error_s'])} or less"
            ],
        ),
    ]


def _seconds(value: float | None) -> str:
    return "- s" if value is None else f"{value:.0f} s"
