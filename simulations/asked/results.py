"""What is told of a simulation that is done: figures with their intervals, differences, and what happened
over time."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import isnan
from pathlib import Path
from typing import Any, Final

import numpy as np

from routing.arrays import Float64s
from simulations.asked.steps import at_once, begun, edges_of, step_for
from simulations.experiment.inputs import Inputs, RivalColumns
from simulations.experiment.replicate import Replication
from simulations.lean.of_day import PRIORITIES
from simulations.results.compare import Apart, Pair, compare, intervals
from simulations.results.counted import counted
from simulations.results.figures import Values
from simulations.results.pairs import pairs_in
from simulations.results.report.of_scenario import figures_of_scenario
from simulations.results.versions import versions
from simulations.results.write_rows import replications
from simulations.statistics.intervals import Interval

REACHED_STEP_S: Final = 30.0
REACHED_STEPS: Final = 120
FEW: Final = 10
"""So many responses make a percentile worth a point of a curve."""
NEITHER: Final = ("calls", "incidents", "busy")
"""More of them is neither better nor worse; of all else less is better."""


EFFORT: Final = ("km",)
"""Who is sent to fewer people drives less: no merit where some were not heard."""


@dataclass(slots=True)
class Seen:
    """Of one rival. series : by name a row for each replication"""

    reached: Float64s
    calls: int = 0
    series: dict[str, list[Float64s]] = field(default_factory=lambda: defaultdict(list))
    rang_s: list[Float64s] = field(default_factory=list)
    response_s: list[Float64s] = field(default_factory=list)


def results_of(
    folder: Path,
    inputs: Inputs,
    values: Mapping[str, Values],
    *,
    bundle: bool = False,
    serving_s: Callable[[int, int], Float64s] | None = None,
) -> dict[str, Any]:
    """As the answer has it.

    values    : one of each figure for each replication, by rival
    serving_s : of rival and replication, until when each unit serves whom it served at the begin; then those
                who waited at the begin count, too
    """
    asked, words = inputs.experiment, inputs.words
    edges = edges_of(asked.warm_up_s, asked.hours)
    seen = {rival.name: Seen(np.zeros(REACHED_STEPS + 1)) for rival in asked.rivals}
    for number, replication, done, rival in replications(folder, inputs):
        its = seen[asked.rivals[number].name]
        _see(its, done, rival, inputs, edges, waited=serving_s is not None)
        if serving_s is not None:
            still_s = serving_s(number, replication)
            its.series["busy"][-1] += at_once(np.zeros_like(still_s), still_s, edges)
    pairs = pairs_in(inputs, values)
    found, apart = intervals(values), compare(values, pairs)
    scenario = inputs.scenario
    figures = list(next(iter(values.values()))) if scenario is None else figures_of_scenario(scenario)
    return {
        "begins": begins_counted(inputs).isoformat(),
        "step_s": step_for(asked.hours),
        "steps": len(edges) - 1,
        "reached_step_s": REACHED_STEP_S,
        "targets_s": dict(zip(PRIORITIES, words.targets_s, strict=True)),
        "figures": figures,
        "answers": [] if scenario is None else list(scenario.answers),
        "compared": list(dict.fromkeys(each.figure for each in apart)),
        "rivals": [
            {
                "name": name,
                "figures": {each: _interval(found[name][each]) for each in figures},
                "reached": _rounded(its.reached / max(1, its.calls), 5),
                "series": {
                    **{each: _spread(rows) for each, rows in its.series.items()},
                    "p90_s": _percentile(its, edges),
                },
            }
            for name, its in seen.items()
        ],
        "pairs": [{"first": each.first, "rival": each.rival, "unlike": list(each.unlike)} for each in pairs],
        "differences": [_difference(each, _pair_of(each, pairs)) for each in apart],
        "bundle": bundle,
        "left_out": dict(words.left_out),
        "versions": versions(),
    }


def begins_counted(inputs: Inputs) -> datetime:
    """The first moment that is counted."""
    begins = datetime.fromisoformat(inputs.words.begins)
    return begins + timedelta(seconds=inputs.experiment.warm_up_s)


def _see(
    its: Seen, done: Replication, rival: RivalColumns, inputs: Inputs, edges: Float64s, *, waited: bool
) -> None:
    incidents, served = done.incidents, done.served
    sent = served.unit >= 0
    rang_s = done.ringing.rang_s if len(done.ringing.rang_s) else incidents.rang_s
    hours = np.diff(edges) / 3600.0
    its.series["busy"].append(at_once(served.sent_s[sent], served.clear_s[sent], edges))
    its.series["there"].append(_there(rival, edges))
    its.series["waiting"].append(at_once(incidents.opened_s, served.sent_s, edges))
    its.series["calls"].append(begun(rang_s, edges) / hours)
    if rival.plan.beds.held:
        came = np.flatnonzero(served.hospital >= 0)
        handed_s = served.clear_s[came] - incidents.clear_s[came]
        its.series["taken"].append(at_once(handed_s, handed_s + done.stay_s[came], edges))
    chosen, response_s, _ = counted(done, inputs.experiment, inputs.words)
    if waited:
        chosen = np.arange(len(incidents.rang_s))
        response_s = served.on_scene_s - incidents.rang_s
    its.calls += len(chosen)
    moments = np.arange(REACHED_STEPS + 1) * REACHED_STEP_S
    its.reached += np.searchsorted(np.sort(response_s), moments, "right")
    its.rang_s.append(incidents.rang_s[chosen])
    its.response_s.append(response_s)


def _there(rival: RivalColumns, edges: Float64s) -> Float64s:
    shifts = rival.plan.shifts
    if shifts.on_s.shape[1] == 0:
        return np.full(len(edges) - 1, float(len(rival.fleet.kind)))
    some = np.isfinite(shifts.on_s)
    return at_once(shifts.on_s[some], shifts.off_s[some], edges)


def _percentile(its: Seen, edges: Float64s) -> dict[str, list[float | None]]:
    """The 90th of the responses to what rang in each step, by nearest rank."""
    rang_s = np.concatenate(its.rang_s) if its.rang_s else np.zeros(0)
    response_s = np.concatenate(its.response_s) if its.response_s else np.zeros(0)
    reached = np.isfinite(response_s)
    rang_s, response_s = rang_s[reached], response_s[reached]
    step = np.searchsorted(edges, rang_s, "right") - 1
    found: list[float | None] = []
    for number in range(len(edges) - 1):
        these = np.sort(response_s[step == number])
        rank = int(np.ceil(0.9 * len(these))) - 1
        found.append(round(float(these[rank]), 1) if len(these) >= FEW else None)
    nothing: list[float | None] = [None] * len(found)
    return {"mean": found, "low": nothing, "high": nothing}


def _spread(rows: Sequence[Float64s]) -> dict[str, list[float]]:
    low, high = np.quantile(rows, (0.1, 0.9), axis=0)
    return {"mean": _rounded(np.mean(rows, axis=0)), "low": _rounded(low), "high": _rounded(high)}


def _rounded(values: Float64s, digits: int = 3) -> list[float]:
    return [round(each, digits) for each in values.tolist()]


def _interval(found: Interval | None) -> dict[str, float | int] | None:
    if found is None:
        return None
    return {"mean": found.mean, "low": found.low, "high": found.high, "n": found.n}


def _pair_of(apart: Apart, pairs: Sequence[Pair]) -> Pair:
    return next(each for each in pairs if (each.first, each.rival) == (apart.first, apart.rival))


def _difference(apart: Apart, pair: Pair) -> dict[str, Any]:
    between = apart.found.interval
    neither = apart.figure in (*NEITHER, *(EFFORT if pair.unlike else ()))
    wished = None if not apart.sure or neither else between.mean < 0
    return {
        "first": apart.first,
        "rival": apart.rival,
        "figure": apart.figure,
        "mean": between.mean,
        "low": between.low,
        "high": between.high,
        "p": 1.0 if isnan(apart.p) else apart.p,
        "sure": apart.sure,
        "better": wished,
    }
