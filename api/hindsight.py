"""A shift day once more, with all its calls known: the jobs, and who could have been there how soon."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from api.figure_city import FigureCity, Period
from dispatch.policies.hindsight import Job, Optimum, least_late, least_seconds
from dispatch.rules import Rules
from domain.city import City
from domain.ports import TravelTimes
from domain.values import Position
from projections.figures.book import FigureBook
from projections.figures.hours import Span, on_duty
from projections.figures.material import Material
from projections.figures.predictions import quality
from projections.figures.records import SECOND_US, RunRecord, instant
from projections.figures.regret import choices, told

NEAREST = 30
"""Units a job that a plan may choose from: more make the plan no better and the counting slow."""
SOLVE_S = 10.0


@dataclass(frozen=True, slots=True)
class DayGround:
    """What a plan goes by beside the log: the roads, where stations are, how long a crew takes to drive off
    (by kind of unit, s), and when an arrival is late (by priority, s)."""

    roads: TravelTimes
    stations: Mapping[str, Position]
    turnout_s: Mapping[str, float]
    target_s: Mapping[str, float]

    @classmethod
    def of(cls, city: City, rules: Rules, roads: TravelTimes) -> Self:
        return cls(
            roads,
            {each.id: each.position for each in city.stations},
            rules.send.turnout_s,
            {str(priority): float(limit) for priority, limit in city.targets.response_s.items()},
        )


def regret_of(
    book: FigureBook, period: Period, here: FigureCity, ground: DayGround, check: Callable[[], None]
) -> dict[str, Any]:
    """Of choices, shift days and predictions. `check` is called between days; what it raises ends it."""
    began, ended = instant(period.start), instant(period.end)
    material = book.material(began, ended)
    days, begins = [], here.shift_day(period.start)
    while begins < period.end:
        check()
        following = here.day_begins(begins.date() + timedelta(days=1))
        first, last = max(began, instant(begins)), min(ended, instant(following))
        days.append({"day": begins.date(), **in_hindsight(ground, book.material(first, last), first, last)})
        begins = following
    return {
        "from": period.start,
        "to": period.end,
        "choices": told(choices(material, began, ended)),
        "days": days,
        "predictions": quality(material, began, ended, here.zone),
    }


def in_hindsight(ground: DayGround, material: Material, start: int, end: int) -> dict[str, Any]:
    """What was reached in [start, end), and what a plan that knew all would have reached."""
    jobs = jobs_of(ground, material, start, end)
    seconds, late = least_seconds(jobs, SOLVE_S), least_late(jobs, SOLVE_S)
    n = len(jobs)
    actual = [_actual_s(material.runs[job.job_id]) for job in jobs]
    return {
        "jobs": n,
        "mean_actual_s": round(sum(actual) / n, 1) if n else None,
        "mean_as_sent_s": round(seconds.as_sent / n, 1) if n else None,
        "mean_best_s": round(seconds.best / n, 1) if n else None,
        "mean_regret_s": round(seconds.regret / n, 1) if n else None,
        "late_as_sent": round(late.as_sent),
        "late_best": round(late.best),
        "exact": seconds.exact and late.exact,
        "sent_otherwise": _otherwise(jobs, seconds),
    }


def jobs_of(ground: DayGround, material: Material, start: int, end: int) -> list[Job]:
    """Every run that was sent in [start, end), reached the scene and is over.

    How soon a unit would have been there is what the advice of that moment told; of a unit it did not tell
    of, because it was busy then, the drive from its station by the roads of now. Only units of the kind that
    was sent count, and only while they were on duty and not on a run that had begun before `start`.
    """
    runs = sorted(
        (run for run in material.runs.values() if start <= run.times["assigned"] < end and _whole(run)),
        key=lambda run: (run.times["assigned"], run.id),
    )
    runs = [run for run in runs if run.callsign in material.units]
    free = _Free(material, start, end)
    from_stations = _from_stations(ground, material, runs)
    return [_job(run, from_stations[run.id], free, ground, material) for run in runs]


class _Free:
    """Who might be sent when, as far as the plan does not say otherwise."""

    def __init__(self, material: Material, start: int, end: int) -> None:
        self._duty = on_duty(material.duties, start, end)
        self._held_until = {
            run.callsign: run.times[run.ended] if run.ended else end
            for run in material.runs.values()
            if run.times["assigned"] < start
            and run.ended != "undone"
            and (run.over is None or run.over > start)
        }

    def at(self, callsign: str, moment: int) -> bool:
        return self._held_until.get(callsign, 0) <= moment and _there(self._duty.get(callsign, ()), moment)


def _job(
    run: RunRecord, by_road: Mapping[str, float], free: _Free, ground: DayGround, material: Material
) -> Job:
    decision = material.decisions.get(run.decision_id or "")
    said = dict(decision.arrivals) if decision is not None else {}
    at, kind = run.times["assigned"], material.units[run.callsign].kind
    arrivals = {
        callsign: said.get(callsign, seconds)
        for callsign, seconds in by_road.items()
        if material.units[callsign].kind == kind and free.at(callsign, at)
    }
    nearest = sorted(arrivals.items(), key=lambda each: (each[1], each[0]))[:NEAREST]
    sent_s = said.get(run.callsign, run.eta_s if run.eta_s is not None else _actual_s(run))
    incident = material.incidents.get(run.incident_id)
    return Job(
        run.id,
        at / SECOND_US,
        run.callsign,
        (run.times[run.ended or "clear"] - run.times["on_scene"]) / SECOND_US,
        ground.target_s.get(incident.priority if incident else "", float("inf")),
        {**dict(nearest), run.callsign: float(sent_s)},
    )


def _whole(run: RunRecord) -> bool:
    there = run.times.get("on_scene")
    return (
        there is not None
        and run.ended not in (None, "undone")
        and run.times["assigned"] <= there <= run.times[run.ended or ""]
    )


def _actual_s(run: RunRecord) -> float:
    return (run.times["on_scene"] - run.times["assigned"]) / SECOND_US


def _there(spans: Sequence[Span], at: int) -> bool:
    return any(began <= at < over for began, over in spans)


def _from_stations(
    ground: DayGround, material: Material, runs: Sequence[RunRecord]
) -> Mapping[str, Mapping[str, float]]:
    """{run id: {callsign: turnout and drive from its station}}, where there is a way."""
    found: dict[str, dict[str, float]] = {run.id: {} for run in runs}
    scenes = {
        run.id: Position(incident.lat, incident.lon)
        for run in runs
        if (incident := material.incidents.get(run.incident_id)) is not None
    }
    homes = sorted({unit.station_id for unit in material.units.values()} & ground.stations.keys())
    if not homes or not scenes:
        return found
    for kind in sorted({unit.kind for unit in material.units.values()}):
        ways = ground.roads.table([ground.stations[each] for each in homes], list(scenes.values()), kind)
        ways_from = dict(zip(homes, ways, strict=True))
        for unit in material.units.values():
            if unit.kind != kind or unit.station_id not in ways_from:
                continue
            for run_id, way in zip(scenes, ways_from[unit.station_id], strict=True):
                if way is not None:
                    found[run_id][unit.id] = ground.turnout_s.get(kind, 60.0) + way.duration_s
    return found


def _otherwise(jobs: Sequence[Job], best: Optimum) -> int:
    """How many the best plan would have given to another unit."""
    return sum(best.assigned.get(job.job_id, job.sent) != job.sent for job in jobs)
