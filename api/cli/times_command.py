"""`vigil times`: a table of road times as CSV."""

import csv
import sys
from pathlib import Path
from typing import Annotated, TextIO

import typer

from api.cli.map_options import (
    HERE,
    Data,
    Map,
    Profile,
    ProfileOption,
    TrafficKind,
    TrafficOption,
    built_map,
    said_plainly,
)
from api.cli.points_file import Points, read_points
from api.cli.progress import shown_progress
from routing import map_file
from routing.errors import MapError
from routing.times import RoadTimes

ROWS_AT_ONCE = 200
"""Progress is told, and memory stays small, however many places there are."""


def times(
    map_path: Map,
    origins: Annotated[Path, typer.Option("--origins", metavar="CSV", help="Columns id,lat,lon.")],
    destinations: Annotated[Path, typer.Option("--destinations", metavar="CSV", help="Columns id,lat,lon.")],
    profile: ProfileOption = Profile.van,
    traffic: TrafficOption = TrafficKind.live,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="CSV", help="Default: standard output.")
    ] = None,
    data: Data = HERE,
) -> None:
    """Road times from every origin to every destination, as CSV; empty where there is no way."""
    with said_plainly():
        starts, ends = read_points(origins), read_points(destinations)
        road_times = RoadTimes(map_file.load(built_map(map_path, data)))
        if out is None:
            _write_times(sys.stdout, road_times, starts, ends, profile.value, traffic)
            return
        aside = out.with_name(f".{out.name}.part")
        try:
            with aside.open("w", encoding="utf-8", newline="") as file:
                _write_times(file, road_times, starts, ends, profile.value, traffic)
            aside.replace(out)
        except OSError as error:
            raise MapError(f"{out} cannot be written: {error.strerror or error}.") from error
        finally:
            aside.unlink(missing_ok=True)


def _write_times(
    file: TextIO, road_times: RoadTimes, starts: Points, ends: Points, profile: str, traffic: TrafficKind
) -> None:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["origin", "destination", "duration_s", "distance_m"])
    many = len(starts.ids) > ROWS_AT_ONCE
    with shown_progress(lines=False) as tell:
        for first in range(0, len(starts.ids), ROWS_AT_ONCE):
            if many:
                tell("finding ways", first / len(starts.ids))
            some = slice(first, first + ROWS_AT_ONCE)
            table = road_times.table(starts.positions[some], ends.positions, profile, traffic.value)
            for start, travels in zip(starts.ids[some], table, strict=True):
                for end, travel in zip(ends.ids, travels, strict=True):
                    known = ("", "")
                    if travel is not None:
                        known = (f"{travel.duration_s:.3f}", f"{travel.distance_m:.1f}")
                    rows.writerow([start, end, *known])
