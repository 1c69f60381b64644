"""The state of a past instant, out of the log alone: what was known then of crews, incidents and hospitals.

Positions are no facts of the log. Who is free counts as standing at its station; who drives to a scene or a
hospital, as being so far along the straight line as the time since tells; who is there, as there.
"""

from collections.abc import Mapping
from datetime import datetime
from statistics import median_low
from typing import Final

from dispatch.policies.fleet import Shift, Task, UnitNow
from dispatch.policies.hospital_now import BedsNow, HospitalNow
from dispatch.policies.whereabouts import metres_between
from dispatch.still_picture import StillPicture
from domain.service_hours import SaidOfService, read_hours
from domain.values import Milestone, Position
from projections.memory import MemoryViews
from projections.rows import Row
from simulations.fork.of_views import needs_of, position_of
from simulations.fork.start import ROUND_ABOUT

LIGHTS_MPS: Final = 12.0
"""With blue light, as `cell_ground` has it: 43.2 km/h, on roads a third longer than the straight line."""
HANDOVERS: Final = 10
_DRIVING: Final = (str(Milestone.EN_ROUTE), str(Milestone.TRANSPORTING))
_AT_DOOR: Final = (str(Milestone.AT_HOSPITAL), str(Milestone.HANDED_OVER))


def seen_in(views: MemoryViews, at: datetime, stations: Mapping[str, Position]) -> StillPicture:
    """stations : where each is, by its id"""
    units = [_unit(views, row, at, stations) for row in views.rows("units")]
    return StillPicture(units, [_hospital(row) for row in views.rows("hospitals")])


def _unit(views: MemoryViews, row: Row, at: datetime, stations: Mapping[str, Position]) -> UnitNow:
    incident = views.row("incidents", row["incident_id"]) if row["incident_id"] is not None else None
    home = stations.get(row["station_id"])
    task = None if incident is None else _task(views, row, incident)
    place = home if task is None else _where(task, home, at)
    return UnitNow(
        unit_id=row["unit_id"],
        callsign=row["callsign"],
        kind=row["kind"],
        capabilities=tuple(row["capabilities"]),
        duty=row["duty"],
        incident_number=row["incident_number"],
        position=place,
        position_at=None if place is None else at,
        station=home,
        task=task,
        shift=_shift(row.get("shift")),
    )


def _task(views: MemoryViews, row: Row, incident: Row) -> Task:
    hospital = views.row("hospitals", row["hospital_id"]) if row["hospital_id"] else None
    return Task(
        run_id=row["run_id"],
        incident_id=incident["id"],
        priority=incident["priority"],
        needs=needs_of(incident["needs"]),
        scene=position_of(incident["position"]),
        milestone=row["milestone"],
        since=datetime.fromisoformat(row["since"]),
        hospital_id=row["hospital_id"],
        hospital=position_of(hospital["position"]) if hospital and hospital["position"] else None,
    )


def _where(task: Task, home: Position | None, at: datetime) -> Position | None:
    driven_s = max(0.0, (at - task.since).total_seconds())
    if task.milestone == Milestone.TRANSPORTING:
        return _along(task.scene, task.hospital or task.scene, driven_s)
    if task.milestone in _AT_DOOR:
        return task.hospital or task.scene
    if task.milestone in (Milestone.ON_SCENE, Milestone.PATIENT_CONTACT):
        return task.scene
    return _along(home, task.scene, driven_s) if home is not None and task.milestone in _DRIVING else home


def _along(start: Position, end: Position, seconds: float) -> Position:
    whole_s = ROUND_ABOUT * metres_between(start, end) / LIGHTS_MPS
    share = 1.0 if whole_s <= seconds else seconds / whole_s
    return Position(start.lat + share * (end.lat - start.lat), start.lon + share * (end.lon - start.lon))


def _shift(told: Row | None) -> Shift | None:
    if told is None:
        return None
    return Shift(_moment(told["on_since"]), _moment(told["ends_at"]), _moment(told["meal_due_at"]))


def _hospital(row: Row) -> HospitalNow:
    diversion = row["diversion"]
    waiting = sum(entry["arrived"] for entry in row["inbound"])
    lately = [_took_s(entry) for entry in row["handovers"][-HANDOVERS:]]
    return HospitalNow(
        hospital_id=row["id"],
        name=row["name"],
        position=position_of(row["position"]),
        specialities=tuple(row["specialities"]),
        beds={
            kind: BedsNow(beds["free"], _moment(beds["reported_at"]), beds["staffed"])
            for kind, beds in row["beds"].items()
        },
        diverting_until=_moment(diversion["until"]) if diversion else None,
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


def _took_s(entry: Row) -> float:
    ends, begins = (datetime.fromisoformat(entry[name]) for name in ("handed_over_at", "arrived_at"))
    return (ends - begins).total_seconds()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
