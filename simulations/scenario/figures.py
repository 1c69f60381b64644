"""What is told of a scenario: one value a replication, so that they are independent, and the hours of its
days.

An emergency that nobody answered counts as never reached: it is late.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, NamedTuple

import numpy as np

from routing.arrays import Float64s
from simulations.city_model.model import PRIORITIES
from simulations.lean.columns import Served
from simulations.lean.takers import ANSWERED, BUSY_TONE, HUNG_UP
from simulations.scenario.incidents import Opened
from simulations.scenario.stage import Ready, Stage

HOUR_S: Final = 3600.0
FIGURES: Final = (
    "calls",
    "busy_tone",
    "hung_up",
    "answered",
    "emergencies_lost",
    "incidents",
    "late",
    "late_P1",
    "late_elsewhere",
    "median_s",
    "p90_s",
    "waited",
    "unserved",
    "busy",
    "km",
    "late_as_shown",
)
"""calls    : a day
busy_tone, hung_up, answered : shares of the calls
emergencies_lost : of those that needed a crew and were never answered, a day
incidents: a day
late     : share of the emergencies that nobody reached within the target of their priority, the lost ones too
late_elsewhere : the same without those who were hurt at one place and instant
median_s, p90_s : from the ring to the first crew on scene, of those who were reached
waited   : share of the incidents for which no unit was free at first
unserved : share of the incidents that nobody ever reached
busy     : share of their time on duty that units are on runs
km       : a day, by all units
late_as_shown : share that a screen would have told without those that were written on paper
"""
HOURLY: Final = ("calls", "lost", "incidents", "late", "waiting", "busy", "there")


class Played(NamedTuple):
    opened: Opened
    served: Served
    home_m: float


@dataclass(frozen=True, slots=True)
class Row:
    """values : by FIGURES; hourly : by HOURLY, float64[hours]"""

    values: Mapping[str, float]
    hourly: Mapping[str, Float64s]


@dataclass(frozen=True, slots=True)
class Table:
    """Of one course: by figure a value for each replication, by hour the mean of them all."""

    values: Mapping[str, Sequence[float]]
    hourly: Mapping[str, Float64s]

    @staticmethod
    def of(rows: Sequence[Row]) -> "Table":
        return Table(
            {name: [row.values[name] for row in rows] for name in FIGURES},
            {name: np.mean([row.hourly[name] for row in rows], axis=0) for name in HOURLY},
        )


def figures(stage: Stage, ready: Ready, played: Played) -> Row:
    calls, answers, incidents, on_paper, _ = played.opened
    served, days = played.served, stage.scenario.days
    hours = days * 24
    rang_s = calls.rang_s - stage.warm_up_s
    counted = rang_s >= 0
    fate = answers.fate
    needed = calls.priority >= 0
    lost = counted & (fate != ANSWERED)
    emergencies_lost = int((lost & needed).sum())

    chosen = np.flatnonzero(incidents.rang_s >= stage.warm_up_s)
    target_s = np.array([stage.model.target_s[name] for name in PRIORITIES], np.float64)
    response_s = served.on_scene_s[chosen] - incidents.rang_s[chosen]
    priority = incidents.priority[chosen]
    late = response_s > target_s[priority]
    came_s = np.sort(response_s[np.isfinite(response_s)])
    first = priority == 0
    lost_first = int((lost & (calls.priority == 0)).sum())
    shown = ~on_paper[chosen]
    hurt = list(stage.hurt_at.values())
    elsewhere = ~np.isin(incidents.place[chosen] % stage.first_places, hurt)
    busy = _time_in_hours(served.sent_s, served.clear_s, stage.warm_up_s, hours)
    there = _there(ready, stage.warm_up_s, hours)
    driven_m = served.scene_m.sum() + served.hospital_m.sum() + played.home_m
    values = {
        "calls": counted.sum() / days,
        "busy_tone": _share(fate[counted] == BUSY_TONE),
        "hung_up": _share(fate[counted] == HUNG_UP),
        "answered": _share(fate[counted] == ANSWERED),
        "emergencies_lost": emergencies_lost / days,
        "incidents": len(chosen) / days,
        "late": _part(late.sum() + emergencies_lost, len(late) + emergencies_lost),
        "late_P1": _part(late[first].sum() + lost_first, int(first.sum()) + lost_first),
        "late_elsewhere": _part(
            late[elsewhere].sum() + emergencies_lost, int(elsewhere.sum()) + emergencies_lost
        ),
        "median_s": _rank(came_s, 0.5),
        "p90_s": _rank(came_s, 0.9),
        "waited": _share(served.sent_s[chosen] > incidents.opened_s[chosen]),
        "unserved": _share(~np.isfinite(response_s)),
        "busy": _part(busy.sum(), there.sum()),
        "km": driven_m / 1000 / (stage.hours / 24),
        "late_as_shown": _part(late[shown].sum() + emergencies_lost, int(shown.sum()) + emergencies_lost),
    }
    opened_s = incidents.rang_s - stage.warm_up_s
    never_heard = _count(rang_s[lost & needed], hours)
    hourly = {
        "calls": _count(rang_s[counted], hours),
        "lost": _count(rang_s[lost], hours),
        "incidents": _count(opened_s[chosen], hours) + never_heard,
        "late": _count(opened_s[chosen][late], hours) + never_heard,
        "waiting": _time_in_hours(incidents.opened_s, served.sent_s, stage.warm_up_s, hours),
        "busy": busy,
        "there": there,
    }
    return Row({name: float(values[name]) for name in FIGURES}, hourly)


def _count(at_s: Float64s, hours: int) -> Float64s:
    return np.bincount((at_s // HOUR_S).astype(np.int64), minlength=hours)[:hours].astype(np.float64)


def _time_in_hours(begin_s: Float64s, end_s: Float64s, warm_up_s: float, hours: int) -> Float64s:
    """How many at once, on the average of each hour, are between their begin and their end."""
    begin = np.clip((begin_s - warm_up_s) / HOUR_S, 0.0, hours)
    end = np.clip((end_s - warm_up_s) / HOUR_S, 0.0, hours)
    edges = np.arange(hours + 1, dtype=np.float64)
    # Time before t that is spent inside is the sum of what has begun before t, less what has ended.
    so_far = _time_before(np.sort(begin), edges) - _time_before(np.sort(end), edges)
    return np.diff(so_far)


def _time_before(moments: Float64s, edges: Float64s) -> Float64s:
    """Of each edge the sum of its distances to all moments before it."""
    count = np.searchsorted(moments, edges, "right")
    sums = np.concatenate([[0.0], np.cumsum(moments)])
    found: Float64s = count * edges - sums[count]
    return found


def _there(ready: Ready, warm_up_s: float, hours: int) -> Float64s:
    """Units on duty, on the average of each hour."""
    shifts = ready.plan.shifts
    if shifts.on_s.shape[1] == 0:
        return np.full(hours, float(len(ready.fleet.kind)))
    return _time_in_hours(shifts.on_s.ravel(), shifts.off_s.ravel(), warm_up_s, hours)


def _share(which: np.ndarray) -> float:
    return float(np.mean(which)) if len(which) else np.nan


def _part(some: float, of: float) -> float:
    return float(some) / float(of) if of else np.nan


def _rank(ordered: Float64s, share: float) -> float:
    """Nearest rank."""
    return float(ordered[max(0, ceil(share * len(ordered)) - 1)]) if len(ordered) else np.nan
