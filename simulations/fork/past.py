"""The state of a past instant, out of the log alone: what was known then of crews, incidents and hospitals.

Positions are no facts of the log. Who is free counts as standing at its station; who drives to a scene or a
hospital, as being so far along the straight line as the time since tells; who is there, as there.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from dispatch.of_rows import hospital_now, shift_of, task_of, usual_handovers
from dispatch.policies.fleet import Task, UnitNow
from dispatch.policies.whereabouts import metres_between
from dispatch.still_picture import StillPicture
from domain.values import Milestone, Position
from projections.memory import MemoryViews
from projections.rows import Row
from simulations.fork.start import ROUND_ABOUT

LIGHTS_MPS: Final = 12.0
"""With blue light, as `cell_ground` has it: 43.2 km/h, on roads a third longer than the straight line."""
_DRIVING: Final = (str(Milestone.EN_ROUTE), str(Milestone.TRANSPORTING))
_AT_DOOR: Final = (str(Milestone.AT_HOSPITAL), str(Milestone.HANDED_OVER))


def seen_in(views: MemoryViews, at: datetime, stations: Mapping[str, Position]) -> StillPicture:
    """stations : where each is, by its id"""
    usual_s = usual_handovers(views.rows("runs"))
    units = [_unit(views, row, at, stations, usual_s) for row in views.rows("units")]
    return StillPicture(units, [hospital_now(row) for row in views.rows("hospitals")])


def _unit(
    views: MemoryViews,
    row: Row,
    at: datetime,
    stations: Mapping[str, Position],
    usual_s: Mapping[str, float],
) -> UnitNow:
    hospital = views.row("hospitals", row["hospital_id"]) if row["hospital_id"] else None
    incident = views.row("incidents", row["incident_id"]) if row["incident_id"] is not None else None
    home = stations.get(row["station_id"])
    task = None if incident is None else task_of(row, incident, hospital, usual_s.get(row["hospital_id"]))
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
        shift=shift_of(row.get("shift")),
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
