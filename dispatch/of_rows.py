"""Rows of the views as policies want them: for the live desk, and for whoever looks at a past instant.

A row is the plain JSON of `projections`, which stands beside this package and not below it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from statistics import median, median_low
from typing import Any

from dispatch.policies.fleet import Shift, Task
from dispatch.policies.hospital_now import BedsNow, HospitalNow
from domain.service_hours import SaidOfService, read_hours
from domain.values import Milestone, Needs, Position

Row = Mapping[str, Any]

LATELY = 10
"""So many handovers of each hospital count, the newest."""
FEWEST = 3
"""Fewer say nothing about a hospital's crews; then the city's figure stands."""


def hospital_now(row: Row) -> HospitalNow:
    diversion = row["diversion"]
    waiting = sum(entry["arrived"] for entry in row["inbound"])
    lately = [_took_s(each["arrived_at"], each["handed_over_at"]) for each in row["handovers"][-LATELY:]]
    return HospitalNow(
        hospital_id=row["id"],
        name=row["name"],
        position=position_of(row["position"]),
        specialities=tuple(row["specialities"]),
        beds={
            kind: BedsNow(beds["free"], moment_of(beds["reported_at"]), beds["staffed"])
            for kind, beds in row["beds"].items()
        },
        diverting_until=moment_of(diversion["until"]) if diversion else None,
        diverted_services=tuple(diversion["services"]) if diversion else (),
        hours={service: read_hours(texts) for service, texts in row["hours"].items()},
        services={
            service: SaidOfService(said["open"], datetime.fromisoformat(said["until"]), said["reason"])
            for service, said in row["services"].items()
        },
        inbound=len(row["inbound"]) - waiting,
        waiting=waiting,
        handover_s=median_low(lately) if lately else None,
    )


def task_of(unit: Row, incident: Row, hospital: Row | None, usual_s: float | None) -> Task:
    """What a unit is at. usual_s : crews need from arriving there to handing over, None where unknown"""
    return Task(
        run_id=unit["run_id"],
        incident_id=incident["id"],
        priority=incident["priority"],
        needs=needs_of(incident["needs"]),
        scene=position_of(incident["position"]),
        milestone=unit["milestone"],
        since=datetime.fromisoformat(unit["since"]),
        hospital_id=unit["hospital_id"],
        hospital=position_of(hospital["position"]) if hospital and hospital["position"] else None,
        handover_s=usual_s,
    )


def usual_handovers(runs: Iterable[Row]) -> dict[str, float]:
    """{hospital: median seconds of its last handovers}, for those with enough of them."""
    seen: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for run in runs:
        times, hospital_id = run["milestones"], run["hospital_id"]
        came, done = times.get(str(Milestone.AT_HOSPITAL)), times.get(str(Milestone.HANDED_OVER))
        if hospital_id and came and done:
            seen[hospital_id].append((came, max(0.0, _took_s(came, done))))
    return {
        hospital_id: median(seconds for _, seconds in sorted(found)[-LATELY:])
        for hospital_id, found in seen.items()
        if len(found) >= FEWEST
    }


def shift_of(told: Row | None) -> Shift | None:
    if told is None:
        return None
    return Shift(moment_of(told["on_since"]), moment_of(told["ends_at"]), moment_of(told["meal_due_at"]))


def needs_of(needs: Row) -> Needs:
    return Needs(tuple(needs["capabilities"]), needs["bed_kind"], needs["speciality"])


def position_of(place: Row) -> Position:
    return Position(place["lat"], place["lon"])


def moment_of(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _took_s(begins: str, ends: str) -> float:
    return (datetime.fromisoformat(ends) - datetime.fromisoformat(begins)).total_seconds()
