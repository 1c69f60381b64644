"""Tracks of a centre: its history of pings, cut to the drives that the rows of its runs tell of.

Only two stretches of a run count: from en route to on scene, and from transporting to at hospital. What a
unit does on scene, at the hospital and between runs is no traffic. Blue light is not reported by anybody yet:
the way to the scene is taken as driven with it, the way to the hospital as driven without (an assumption).
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from math import nan
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.exc import SQLAlchemyError

from api.cli.legs import BadTracks, Leg
from api.postgres.address import Address
from api.postgres.engine import postgres_engine
from projections.pings import Pings, open_pings
from projections.rows import Row
from projections.sql import VIEW_ROWS
from routing.matching.track import track_of

LONGEST = timedelta(hours=3)  # a leg beyond it was not reported as it happened
LEGS = (("en_route", "on_scene", ""), ("transporting", "at_hospital", "_normal"))
FEWEST = 3


class TracksOfCentre:
    """Legs in the order of the runs; pings are read leg by leg."""

    def __init__(self, pings: Pings, runs: Sequence[Row], units: Sequence[Row], where: object) -> None:
        """where : what these are of, as one says it. Raises BadTracks."""
        self._pings = pings
        kinds = {unit["callsign"]: unit["kind"] for unit in units}
        self._drives = [
            drive
            for run in runs
            if run["callsign"] in kinds
            for drive in _drives(run, kinds[run["callsign"]])
        ]
        if not self._drives:
            raise BadTracks(f"{where} tells of no run that drove to a scene or a hospital.")

    def __len__(self) -> int:
        return len(self._drives)

    def legs(self) -> Iterator[Leg]:
        for name, callsign, profile, begin, end in self._drives:
            pings = self._pings.read(callsign, begin, end)
            if len(pings) >= FEWEST:
                yield Leg(name, profile, track_of([
                    [p.at.timestamp(), p.lat, p.lon, _or_nan(p.speed_mps), _or_nan(p.heading_deg),
                     _or_nan(p.accuracy_m)] for p in pings
                ]))  # fmt: skip


def tracks_of_folder(telemetry: Path) -> TracksOfCentre:
    """Of a centre that keeps its pings in SQLite. Raises BadTracks."""
    views = telemetry.with_name("views.sqlite")
    for path in (telemetry, views):
        if not path.is_file():
            raise BadTracks(f"{path} is not there: pings and runs of one data folder are wanted.")
    try:
        return TracksOfCentre(open_pings(_reading(telemetry)), *_runs_and_units(_reading(views)), views)
    except SQLAlchemyError as error:
        raise BadTracks(
            f"{telemetry.parent} is no data folder of Vigil ({error.__class__.__name__})."
        ) from error


def tracks_of_database(address: Address) -> TracksOfCentre:
    """Of a centre that keeps them in PostgreSQL, which is only read. Raises BadTracks."""
    engine = postgres_engine(address, pool_size=1)
    event.listen(engine, "connect", _read_only)
    try:
        return TracksOfCentre(open_pings(engine), *_runs_and_units(engine), repr(address))
    except (SQLAlchemyError, psycopg.Error) as error:
        raise BadTracks(
            f"{address!r} does not answer, or is no database of Vigil ({error.__class__.__name__})."
        ) from error


def _runs_and_units(engine: Engine) -> tuple[list[Row], list[Row]]:
    with engine.connect() as connection:
        found = connection.execute(
            select(VIEW_ROWS.c.view, VIEW_ROWS.c.row)
            .where(VIEW_ROWS.c.view.in_(("runs", "units")))
            .order_by(VIEW_ROWS.c.view, VIEW_ROWS.c.seq)
        ).all()
    rows = {view: [json.loads(text) for each, text in found if each == view] for view in ("runs", "units")}
    return rows["runs"], rows["units"]


def _reading(path: Path) -> Engine:
    """A file that is read and never written."""
    return create_engine(f"sqlite:///file:{path.resolve()}?mode=ro&uri=true")


def _read_only(connection: Any, _: object) -> None:
    connection.read_only = True


def _drives(run: Row, kind: str) -> Iterator[tuple[str, str, str, datetime, datetime]]:
    for first, last, driving in LEGS:
        times = [run["milestones"].get(milestone) for milestone in (first, last)]
        if all(times):
            begin, end = (datetime.fromisoformat(time) for time in times)
            if timedelta() < end - begin <= LONGEST:
                yield f"{run['id']} {last}", run["callsign"], kind + driving, begin, end


def _or_nan(value: float | None) -> float:
    return nan if value is None else value
