"""Lists of places as CSV: columns `id,lat,lon`."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from domain.errors import BadPosition
from domain.values import Position


class BadPointsFile(Exception):
    """The file cannot be used; `str(error)` names the line and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Points:
    """As the file has them, in its order."""

    ids: list[str]
    positions: list[Position]


def read_points(path: Path) -> Points:
    """Read a CSV of places. Raises BadPointsFile with the line number of the first mistake."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(path, file)
    except OSError as error:
        raise BadPointsFile(f"{path} cannot be read: {error.strerror or error}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadPointsFile(f"{path} is not a CSV file in UTF-8: {error}.") from error


def _read(path: Path, file: TextIO) -> Points:
    rows = csv.DictReader(file)
    columns = [name.strip().lower() for name in rows.fieldnames or []]
    missing = [name for name in ("id", "lat", "lon") if name not in columns]
    if missing:
        raise BadPointsFile(f"{path}, line 1: the column {missing[0]} is missing; wanted are id,lat,lon.")
    rows.fieldnames = columns
    points = Points([], [])
    seen: dict[str, int] = {}
    for row in rows:
        where = f"{path}, line {rows.line_num}"
        name = (row["id"] or "").strip()
        if not name:
            raise BadPointsFile(f"{where}: the id is empty.")
        if name in seen:
            raise BadPointsFile(f"{where}: the id {name} was used on line {seen[name]} already.")
        seen[name] = rows.line_num
        points.ids.append(name)
        points.positions.append(_position(row["lat"], row["lon"], where))
    return points


def _position(lat: str | None, lon: str | None, where: str) -> Position:
    numbers: list[float] = []
    for column, text in (("lat", lat), ("lon", lon)):
        try:
            numbers.append(float(text or ""))
        except ValueError:
            raise BadPointsFile(f"{where}: {column} is {text or ''!r}, which is not a number.") from None
    try:
        return Position(*numbers)
    except BadPosition as error:
        raise BadPointsFile(f"{where}: {error}") from error
