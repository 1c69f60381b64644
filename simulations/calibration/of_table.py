"""Recorded calls out of a table that another system wrote."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from domain.values import Position
from simulations.calibration.recorded import MOMENTS, RecordedCall
from simulations.city_model.model import PRIORITIES
from simulations.forecast.moments import BadTable

NEEDED: Final = ("rang_at", "lat", "lon", "priority")
COLUMNS: Final = (*NEEDED, *(f"{moment}_at" for moment in MOMENTS))


def read_recorded(path: Path, timezone: str) -> list[RecordedCall]:
    """A line a call; moments such as 2026-11-23 04:10:00, by the city's clocks where they name no other. The
    moments of the crew that was there first may be empty, or their columns missing.

    Raises BadTable with file and line, OSError.
    """
    zone = ZoneInfo(timezone)
    found = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        there = rows.fieldnames or ()
        if missing := [name for name in NEEDED if name not in there]:
            raise BadTable(f"{path.name}, line 1: there is no column {missing[0]!r}.")
        for row in rows:
            where = f"{path.name}, line {rows.line_num}"
            rang_at = _moment(row["rang_at"], zone, where)
            try:
                place = Position(float(row["lat"]), float(row["lon"]))
            except ValueError:
                raise BadTable(f"{where}: {row['lat']!r}, {row['lon']!r} is no place.") from None
            if row["priority"] not in PRIORITIES:
                raise BadTable(f"{where}: the priority is one of P1 to P4, not {row['priority']!r}.")
            at = {
                moment: _moment(row[f"{moment}_at"], zone, where)
                for moment in MOMENTS
                if f"{moment}_at" in there and row[f"{moment}_at"]
            }
            if disorder := _disorder(rang_at, at):
                raise BadTable(f"{where}: {disorder}.")
            if "left" not in at and "clear" in at:
                at["left"] = at["clear"]
            carried = "at_hospital" in at or None if "clear" not in at else "at_hospital" in at
            found.append(RecordedCall(rang_at, place, row["priority"], at, carried))
    if not found:
        raise BadTable(f"{path.name} has no row.")
    return found


def _moment(said: str | None, zone: ZoneInfo, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said or "")
    except ValueError:
        raise BadTable(f"{where}: {said!r} is no moment such as 2026-11-23 04:10:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _disorder(rang_at: datetime, at: dict[str, datetime]) -> str | None:
    before, name = rang_at, "rang"
    for moment in MOMENTS:
        if moment in at:
            if at[moment] < before:
                return f"{moment}_at is before {name}_at"
            before, name = at[moment], moment
    return None
