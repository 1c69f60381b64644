"""Calls that rang, out of a table: when, where and of what kind."""

import csv
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s
from simulations.demand.cells import METRES_A_DEGREE
from simulations.forecast.moments import BadTable

FAR_KM = 60.0


class Columns(NamedTuple):
    """What the columns of a table are called. only : the rows whose kind begins with this"""

    at: str = "at"
    lat: str = "lat"
    lon: str = "lon"
    kind: str | None = None
    only: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """In the order they rang. at : by the clock on the wall; wild : so many others lay far off, or nowhere"""

    at: list[datetime]
    lat: Float64s
    lon: Float64s
    kind: list[str]
    source: str
    wild: int = 0

    def __len__(self) -> int:
        return len(self.at)

    def chosen(self, which: np.ndarray) -> "History":
        """bool[calls]"""
        numbers = np.flatnonzero(which).tolist()
        return History(
            [self.at[i] for i in numbers],
            self.lat[which],
            self.lon[which],
            [self.kind[i] for i in numbers],
            self.source,
            self.wild,
        )

    def hours_of_week(self) -> np.ndarray:
        return np.array([at.weekday() * 24 + at.hour for at in self.at], np.int64)

    def weeks(self, since: datetime) -> np.ndarray:
        """int64[calls], counted from the Monday before that moment."""
        first = since.toordinal() - since.weekday()
        return np.array([(at.toordinal() - first) // 7 for at in self.at], np.int64)


def read_history(path: Path, columns: Columns, far_km: float = FAR_KM) -> History:
    """Calls that lie farther than `far_km` from the middle of all are left out and counted: a city does not
    drive to Texas. Raises BadTable with file and line, OSError."""
    at, lat, lon, kind = [], [], [], []
    nowhere = 0
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        for name in filter(None, columns[:4]):
            if name not in (rows.fieldnames or ()):
                raise BadTable(f"{path.name}, line 1: there is no column {name!r}.")
        for row in rows:
            said = (row[columns.kind] or "") if columns.kind else ""
            if not said.startswith(columns.only):
                continue
            try:
                when = datetime.fromisoformat(row[columns.at] or "").replace(tzinfo=None)
            except ValueError:
                wrong = f"{row[columns.at]!r} is no moment such as 2026-11-23 04:10:00"
                raise BadTable(f"{path.name}, line {rows.line_num}: {wrong}.") from None
            try:
                place = float(row[columns.lat] or ""), float(row[columns.lon] or "")
            except ValueError:
                nowhere += 1
                continue
            at.append(when)
            lat.append(place[0])
            lon.append(place[1])
            kind.append(said.removeprefix(columns.only).strip())
    if not at:
        raise BadTable(f"{path.name} has no such row.")
    order = sorted(range(len(at)), key=lambda i: at[i])
    whole = History(
        [at[i] for i in order],
        np.array(lat)[order],
        np.array(lon)[order],
        [kind[i] for i in order],
        path.name,
        nowhere,
    )
    return near(whole, far_km)


def near(history: History, far_km: float) -> History:
    """Those within so many kilometres of the median of all."""
    north = (history.lat - np.median(history.lat)) * METRES_A_DEGREE
    scale = np.cos(np.radians(np.median(history.lat)))
    east = (history.lon - np.median(history.lon)) * METRES_A_DEGREE * scale
    close = np.hypot(north, east) <= far_km * 1000.0
    found = history.chosen(close)
    wild = history.wild + int((~close).sum())
    return History(found.at, found.lat, found.lon, found.kind, found.source, wild)
