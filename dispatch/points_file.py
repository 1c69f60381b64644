"""Read `points.csv` of a city: places to know of on the map, such as cameras and schools. Optional.

A table and no TOML, because such lists come out of other programs by the hundred.
"""

import csv
import io
from pathlib import Path

from dispatch.city_reader import Entry, Faults
from domain.city import CityPoint, PointKind

FILE = "points.csv"
COLUMNS = ("id", "kind", "name", "lat", "lon", "source")
NUMBERS = ("lat", "lon")
MOST = 20_000


def read_points(folder: Path, faults: Faults) -> tuple[CityPoint, ...]:
    """None where there is no such file."""
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        text = path.read_text(encoding="utf-8-sig")  # spreadsheets begin with a mark
    except UnicodeDecodeError:
        faults.say(f"{FILE} is not UTF-8 text.")
        return ()
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = tuple(name.strip() for name in next(lines, []))
        if set(head) != set(COLUMNS) or len(head) != len(COLUMNS):
            faults.say(
                f"{FILE}, line 1: the columns are {', '.join(COLUMNS)}; here they are {', '.join(head)}."
            )
            return ()
        points = [
            _point(dict(zip(head, line, strict=False)), lines.line_num, faults) for line in lines if line
        ]
    except csv.Error as error:
        faults.say(f"{FILE}, line {lines.line_num}: is not CSV: {error}.")
        return ()
    if len(points) > MOST:
        faults.say(f"{FILE}: {len(points)} points are more than a map can show; {MOST} are the most.")
        return ()
    return tuple(points)


def _point(cells: dict[str, str], line: int, faults: Faults) -> CityPoint:
    entry = Entry(_numbered(cells), f"{FILE}, line {line}", faults)
    return CityPoint(
        id=entry.text("id"),
        kind=PointKind(entry.one_of("kind", PointKind)),
        name=entry.text("name"),
        position=entry.position(),
        source=entry.text("source"),
    )


def _numbered(cells: dict[str, str]) -> dict[str, str | float]:
    """Cells are texts: what should be a number becomes one, unless it is none and is told as it stands."""
    read: dict[str, str | float] = {name: text.strip() for name, text in cells.items()}
    for name in NUMBERS:
        try:
            read[name] = float(cells[name])
        except (KeyError, ValueError):
            continue
    return read
