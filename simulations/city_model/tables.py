"""The CSV tables of a model: one line each, cells that are read strictly."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from domain.errors import BadPosition
from domain.values import Position
from simulations.city_model.faults import Faults


@dataclass(slots=True)
class Row:
    """One line of a table. A cell that is wrong is told, and answers a harmless stand-in."""

    file: str
    line: int
    cells: dict[str, str]
    faults: Faults

    def fault(self, complaint: str) -> None:
        self.faults.say(self.file, self.line, complaint)

    def text(self, column: str, *, empty: bool = False) -> str:
        value = self.cells.get(column, "").strip()
        if not value and not empty:
            self.fault(f"'{column}' is empty")
        return value

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(self.cells.get(column, "").split())

    def number(self, column: str, least: float = 0.0) -> float:
        said = self.cells.get(column, "").strip()
        try:
            value = float(said)
        except ValueError:
            self.fault(f"'{column}' must be a number, not '{said}'")
            return least
        if not isfinite(value) or value < least:
            self.fault(f"'{column}' must be {least:g} or more, not {said}")
            return least
        return value

    def position(self) -> Position:
        lat, lon = self.number("lat", -90.0), self.number("lon", -180.0)
        try:
            return Position(lat, lon)
        except BadPosition as refusal:
            self.fault(str(refusal).rstrip("."))
            return Position(1.0, 1.0)


def read_table(folder: Path, file: str, columns: Sequence[str], faults: Faults) -> list[Row]:
    """Its lines, all of these columns and no other, in any order. What is wrong is told, and then there is no
    line."""
    try:
        text = (folder / file).read_text(encoding="utf-8-sig")  # spreadsheets begin with a mark
    except FileNotFoundError:
        faults.say(file, None, f"is missing from {folder.name or folder}")
        return []
    except UnicodeDecodeError:
        faults.say(file, None, "is not UTF-8 text")
        return []
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [name.strip() for name in next(lines, [])]
        if strange := _strange(head, columns):
            faults.say(file, 1, strange)
            return []
        rows = list(_rows(file, head, lines, faults))
    except csv.Error as error:
        faults.say(file, lines.line_num, f"is not CSV: {error}")
        return []
    faults.rows[file] = [row.line for row in rows]
    return rows


def _strange(head: Sequence[str], columns: Sequence[str]) -> str | None:
    """What is wrong with the columns."""
    missing = [name for name in columns if name not in head]
    unknown = [name for name in head if name not in columns]
    twice = sorted({name for name in head if head.count(name) > 1})
    if missing:
        return f"the column '{missing[0]}' is missing; the columns are {', '.join(columns)}"
    if unknown:
        return f"there is no column '{unknown[0]}'; the columns are {', '.join(columns)}"
    return f"the column '{twice[0]}' is there twice" if twice else None


def _rows(file: str, head: Sequence[str], lines: Iterator[list[str]], faults: Faults) -> Iterator[Row]:
    for line in lines:
        number: int = lines.line_num  # type: ignore[attr-defined]
        if not line:
            continue
        if len(line) != len(head):
            faults.say(file, number, f"has {len(line)} cells; the table has {len(head)} columns")
            continue
        yield Row(file, number, dict(zip(head, line, strict=True)), faults)


def write_table(folder: Path, file: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Numbers are written so that they are read back as the same."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_said(cell) for cell in row])
    (folder / file).write_text(out.getvalue(), encoding="utf-8", newline="\n")


def _said(cell: object) -> object:
    return f"{int(cell)}" if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else cell
