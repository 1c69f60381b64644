"""python -m simulations.forecast --calls FILE --column timeStamp --hours 48 --out report.html"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from simulations.forecast.forecaster import Forecaster
from simulations.forecast.held_out import Judged, judge
from simulations.forecast.law import Law
from simulations.forecast.learned import LONGEST_H, Regression
from simulations.forecast.moments import OF_LOG, from_log, from_table
from simulations.forecast.naive import SameHourLastWeek
from simulations.forecast.profile import UsualWeek
from simulations.forecast.report import against, page
from simulations.forecast.series import Hourly, count_hours
from simulations.left_out import in_words

MAKERS: tuple[Callable[[], Forecaster], ...] = (SameHourLastWeek, UsualWeek, Regression)
EVERY_H = 5
"""Not a part of a day, so that each number of hours ahead meets every hour of the day."""


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="vigil forecast",
        description="How many calls the next hours bring, and how good such forecasts were.",
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--calls", type=Path, metavar="FILE", help="a CSV table, one line a call")
    source.add_argument("--log", type=Path, metavar="DATA", help="the data folder of a centre")
    parser.add_argument("--column", default="at", help="of the table: when it rang (at)")
    parser.add_argument("--only", metavar="COLUMN=TEXT", help="rows whose column begins with this")
    parser.add_argument("--of", choices=OF_LOG, default="calls", help="of the log: what is counted")
    parser.add_argument("--timezone", default="Asia/Ho_Chi_Minh", help="of the log")
    parser.add_argument("--hours", type=int, default=LONGEST_H, help="how far ahead, 1 to 48")
    parser.add_argument("--held-out", type=int, default=0, metavar="WEEKS", help="judge on the last weeks")
    parser.add_argument("--json", action="store_true", help="print figures instead of words")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write a page with plots")
    asked = parser.parse_args(given)
    if not 1 <= asked.hours <= LONGEST_H:
        parser.error(f"--hours is 1 to {LONGEST_H}")
    return asked


def forecast(history: Hourly, hours: int, judged: Sequence[Judged]) -> tuple[str, Law]:
    """By the forecaster that was best on what was held out; by the regression where none was judged."""
    best = min(judged, key=lambda each: float(each.crps.mean())).name if judged else Regression.name
    forecaster = next(found for make in MAKERS if (found := make()).name == best)
    forecaster.learn(history)
    return best, forecaster.ahead(history, hours)


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    try:
        left_out: dict[str, int] = {}
        if asked.calls:
            moments = from_table(asked.calls, asked.column, asked.only)
        else:
            moments, left_out = from_log(asked.log, asked.of, asked.timezone)
        history = count_hours(moments)
        judged: list[Judged] = []
        if asked.held_out:
            with _bar() as tell:
                judged = judge(history, MAKERS, asked.held_out, hours=asked.hours, every_h=EVERY_H, tell=tell)
        chosen, law = forecast(history, asked.hours, judged)
    except (OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    if asked.out is not None:
        asked.out.write_text(page(history, law, judged, chosen, EVERY_H), encoding="utf-8")
    if asked.json:
        print(json.dumps({**_figures(history, law, judged, chosen), "left_out": left_out}, indent=1))
    else:
        _say(history, law, judged, chosen)
        if left_out:
            print(in_words(left_out, "en"))
    return 0


def _say(history: Hourly, law: Law, judged: Sequence[Judged], chosen: str) -> None:
    low, high = law.quantile(0.1), law.quantile(0.9)
    for hour, mean in enumerate(law.mean.tolist()):
        at = history.at(len(history.counts) + hour)
        print(f"{at:%a %d %b %H:%M}  {mean:6.1f}   {low[hour]:3d} to {high[hour]:3d}")
    print(f"All {len(law.below)} hours: {law.mean.sum():.0f} calls, by: {chosen}.")
    for each in judged:
        told = "" if each is judged[0] else against("en", each, judged[0])
        print(f"{each.name:<20} CRPS {each.crps.mean():.3f} over {len(each.crps)} held-out weeks  {told}")


def _figures(history: Hourly, law: Law, judged: Sequence[Judged], chosen: str) -> dict[str, Any]:
    return {
        "begins": history.at(len(history.counts)).isoformat(),
        "chosen": chosen,
        "mean": [round(each, 3) for each in law.mean.tolist()],
        "quantiles": {str(share): law.quantile(share).tolist() for share in (0.05, 0.1, 0.5, 0.9, 0.95)},
        "held_out": [
            {
                "name": each.name,
                "crps": round(float(each.crps.mean()), 4),
                "crps_by_week": [round(score, 4) for score in each.crps.tolist()],
                "pinball_90": round(float(each.pinball90.mean()), 4),
                "within_90": [round(share, 4) for share in each.covered[-1]],
                "against_naive": against("en", each, judged[0]) if each is not judged[0] else None,
            }
            for each in judged
        ],
    }


@contextmanager
def _bar() -> Any:
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("weeks held out", total=1.0)
        yield lambda share: bar.update(task, completed=share)


if __name__ == "__main__":
    sys.exit(main())
