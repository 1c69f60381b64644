"""A shift day once more, with all its calls known: the jobs, and who could have been there how soon."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.centre import Centre
from dispatch.policies.hindsight import Job, Optimum, least_late, least_seconds
from domain.ports import Roads
from domain.values import Position
from projections.figures.hours import Span, on_duty
from projections.figures.material import Material
from projections.figures.records import SECOND_US, RunRecord

NEAREST = 30
"""Units a job that a plan may choose from: more make the plan no better and the counting slow."""
SOLVE_S = 10.0


def in_hindsight(centre: Centre, material: Material, start: int, end: int) -> dict[str, Any]:
    """What was reached in [start, end), and what a plan that knew all would have reached."""
    jobs = jobs_of(centre, material, start, end)
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


def jobs_of(centre: Centre, material: Material, start: int, end: int) -> list[Job]:
    """Every run that was sent in [start, end), reached the scene and is over.

    How soon a unit would have been there is what the advice of that moment told; of a unit it did not tell
    of, because it was busy then, the drive from its station by the roads of now. Only units of the kind that
    was sent count, and only while they were on duty and not on a run that had begun before `start`.
    """
    runs = sorted(
        (run for run in material.runs.values() if start <= run.times["assigned"] < end and _whole(run)),
        key=lambda run: (run.times["assigned"], run.id),
    )
    duty = on_duty(material.duties, start, end)
    held_until = {
        run.callsign: run.times[run.ended] if run.ended else end
        for run in material.runs.values()
        if run.times["assigned"] < start and run.ended != "undone" and (run.over is None or run.over > start)
    }
    from_stations = _from_stations(centre, material, runs)
    targets = {str(name): float(limit) for name, limit in centre.city.targets.response_s.items()}
    jobs = []
    for run in runs:
        at = run.times["assigned"]
        decision = material.decisions.get(run.decision_id or "")
        told = dict(decision.arrivals) if decision is not None else {}
        kind = material.units[run.callsign].kind
        arrivals = {
            callsign: told.get(callsign, seconds)
            for callsign, seconds in from_stations[run.id].items()
            if material.units[callsign].kind == kind
            and _there(duty.get(callsign, ()), at)
            and held_until.get(callsign, 0) <= at
        }
        sent_s = told.get(run.callsign, run.eta_s if run.eta_s is not None else _actual_s(run))
        nearest = sorted(arrivals.items(), key=lambda each: (each[1], each[0]))[:NEAREST]
        incident = material.incidents.get(run.incident_id)
        jobs.append(
            Job(
                run.id,
                at / SECOND_US,
                run.callsign,
                (run.times[run.ended or "clear"] - run.times["on_scene"]) / SECOND_US,
                targets.get(incident.priority if incident else "", float("inf")),
                {**dict(nearest), run.callsign: float(sent_s)},
            )
        )
    return jobs


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
    centre: Centre, material: Material, runs: Sequence[RunRecord]
) -> Mapping[str, Mapping[str, float]]:
    """{run id: {callsign: turnout and drive from its station}}, where there is a way."""
    roads, turnout_s = centre.desk.roads.still(), centre.desk.rules.send.turnout_s
    stations = {each.id: each.position for each in centre.city.stations}
    found: dict[str, dict[str, float]] = {run.id: {} for run in runs}
    scenes = {
        run.id: Position(incident.lat, incident.lon)
        for run in runs
        if (incident := material.incidents.get(run.incident_id)) is not None
    }
    for kind in sorted({unit.kind for unit in material.units.values()}):
        of_kind = [
            unit for unit in material.units.values() if unit.kind == kind and unit.station_id in stations
        ]
        if not of_kind or not scenes:
            continue
        homes = sorted({unit.station_id for unit in of_kind})
        rows = _table(roads, [stations[each] for each in homes], list(scenes.values()), kind)
        for column, run_id in enumerate(scenes):
            for unit in of_kind:
                way_s = rows[homes.index(unit.station_id)][column]
                if way_s is not None:
                    found[run_id][unit.id] = turnout_s.get(kind, 60.0) + way_s
    return found


def _table(
    roads: Roads, homes: Sequence[Position], scenes: Sequence[Position], profile: str
) -> list[list[float | None]]:
    ways = roads.table(homes, scenes, profile)
    return [[None if way is None else way.duration_s for way in row] for row in ways]


def _otherwise(jobs: Sequence[Job], best: Optimum) -> int:
    """How many the best plan would have given to another unit."""
    return sum(best.assigned.get(job.job_id, job.sent) != job.sent for job in jobs)
