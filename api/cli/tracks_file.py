"""Tracks as CSV: columns `run,at,lat,lon` and, where known, `profile,speed_mps,heading_deg,accuracy_m`.

`at` is an instant with offset (2026-03-02T07:15:00+07:00) or seconds since 1970. The rows of a run stand
together. Without a profile a run was driven as `van`.
"""

import csv
from collections.abc import Iterator
from datetime import datetime
from math import isfinite, nan
from pathlib import Path

from api.cli.legs import BadTracks, Leg
from domain.errors import BadPosition
from domain.values import Position
from routing.matching.track import track_of
from routing.profiles import PROFILES

WANTED = ("run", "at", "lat", "lon")
KNOWN = ("speed_mps", "heading_deg", "accuracy_m")


class TracksFile:
    """Read once to count the runs, and again for each use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._count = sum(1 for _ in self.legs())
        if self._count == 0:
            raise BadTracks(f"{path} holds no tracks.")

    def __len__(self) -> int:
        return self._count

    def legs(self) -> Iterator[Leg]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                rows = csv.DictReader(file)
                columns = [name.strip().lower() for name in rows.fieldnames or []]
                if missing := [name for name in WANTED if name not in columns]:
                    raise BadTracks(
                        f"{self.path}, line 1: the column {missing[0]} is missing; wanted are "
                        f"{','.join(WANTED)} and, where known, profile,{','.join(KNOWN)}."
                    )
                rows.fieldnames = columns
                yield from self._runs(rows)
        except OSError as error:
            raise BadTracks(f"{self.path} cannot be read: {error.strerror or error}.") from error
        except (UnicodeDecodeError, csv.Error) as error:
            raise BadTracks(f"{self.path} is not a CSV file in UTF-8: {error}.") from error

    def _runs(self, rows: "csv.DictReader[str]") -> Iterator[Leg]:
        seen: set[str] = set()
        name, profile, fixes = "", "", list[list[float]]()
        for row in rows:
            where = f"{self.path}, line {rows.line_num}"
            run, driven_as = (row["run"] or "").strip(), (row.get("profile") or "van").strip()
            if not run:
                raise BadTracks(f"{where}: the run is empty.")
            if driven_as not in PROFILES:
                raise BadTracks(
                    f"{where}: there is no profile {driven_as!r}; known are {', '.join(PROFILES)}."
                )
            if run != name:
                if fixes:
                    yield Leg(name, profile, track_of(fixes))
                if run in seen:
                    raise BadTracks(f"{where}: the run {run} comes up again; its rows must stand together.")
                seen.add(run)
                name, profile, fixes = run, driven_as, []
            elif driven_as != profile:
                raise BadTracks(
                    f"{where}: the run {run} was driven as {profile} before; one run, one profile."
                )
            fixes.append(_fix(row, where))
        if fixes:
            yield Leg(name, profile, track_of(fixes))


def _fix(row: dict[str, str], where: str) -> list[float]:
    lat, lon = (_number(row[name], name, where) for name in ("lat", "lon"))
    try:
        Position(lat, lon)
    except BadPosition as error:
        raise BadTracks(f"{where}: {error}") from error
    told = [_number(row[name], name, where) if row.get(name) else nan for name in KNOWN]
    return [_instant(row["at"], where), lat, lon, *told]


def _number(text: str | None, name: str, where: str) -> float:
    try:
        number = float(text or "")
    except ValueError:
        number = nan
    if not isfinite(number):
        raise BadTracks(f"{where}: {name} is {text or ''!r}, which is not a number.")
    return number


def _instant(text: str | None, where: str) -> float:
    try:
        number = float(text or "")
    except ValueError:
        try:
            at = datetime.fromisoformat((text or "").strip())
        except ValueError:
            at = None
        if at is None or at.tzinfo is None:
            raise BadTracks(
                f"{where}: at is {text or ''!r}; wanted is an instant with its offset, or seconds since 1970."
            ) from None
        return at.timestamp()
    if not (isfinite(number) and 0 <= number < 1e11):
        raise BadTracks(f"{where}: at is {text!r}, which is no moment in seconds since 1970.")
    return number
