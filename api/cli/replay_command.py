"""`vigil replay DECISION`: make a stored ranking again, bit for bit, or say where it differs.

`vigil replay --at MOMENT` shows the picture of a past instant (`past_instant.py`).
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn
from uuid import UUID
from zoneinfo import ZoneInfo

import typer

from api.cli.db_options import HERE, Data, Db
from api.cli.past_instant import BadMoment, read_moment, tell_past
from api.cli.progress import shown_progress
from api.maps import Opened, open_map
from api.postgres.address import BadAddress
from api.postgres.choice import NoDatabase, chosen, database
from dispatch.application import DispatchLog, postgres_log, sqlite_log
from dispatch.city_file import BadCityFile
from dispatch.desk import Desk
from dispatch.inputs import CannotRead
from dispatch.replay import Replayed, stored_letters, traffic_at
from dispatch.replay import replay as make_again
from routing.errors import MapError
from routing.live import LiveRoads
from routing.times import RoadTimes
from routing.traffic.reading import read_version
from routing.week import load_week

ROOT = Path(__file__).resolve().parents[2]


def replay(
    decision: Annotated[
        UUID | None, typer.Argument(help="The id of a decision, as runs and timelines name it.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="MOMENT", help="Show this instant instead: 2026-03-03T12:00+07:00."),
    ] = None,
    data: Data = HERE,
    db: Db = None,
    map_file: Annotated[
        Path | None,
        typer.Option("--map", metavar="FILE", help="An OSM file.", show_default="as last opened"),
    ] = None,
    city: Annotated[str | None, typer.Option("--city", metavar="NAME", help="A folder of cities/.")] = None,
    cities: Annotated[
        Path, typer.Option("--cities", metavar="DIR", help="City files.", show_default="cities/")
    ] = ROOT / "cities",
    speeds: Annotated[
        Path | None, typer.Option("--speeds", metavar="FILE", help="The week's speeds in use then.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Make a stored ranking again from what was stored, and compare it bit for bit.

    Vigil may be running. Exit 0 where every letter is the same, 1 where one differs, 2 where the ranking
    cannot be made again: another map, or a decision of an older version.

    With --at the units, incidents and hospitals are shown as they were known at that instant.
    """
    if (decision is None) == (at is None):
        _stop("Name either a decision or a moment (--at), not both and not neither.")
    try:
        with open_log(data, db) as log:
            if decision is None:
                tell_past(log, read_moment(at or ""), as_json)
                return
            known = log.decision(decision)
            if known is None:
                _stop(f"There is no decision {decision} in this log.")
            letters = stored_letters(known)
            with shown_progress() as progress:
                opened = open_map(cities, data, city, map_file, _quiet, progress, beside=True)
            roads = _roads(letters, log, opened, speeds)
            desk = Desk(log=log, roads=roads, protocols={}, timezone=ZoneInfo(opened.city.timezone))
            found = make_again(decision, letters, desk, roads)
    except (CannotRead, MapError, BadCityFile, BadAddress, NoDatabase, BadMoment) as fault:
        _stop(str(fault))
    _tell(found, as_json)
    if not found.same:
        raise typer.Exit(1)


@contextmanager
def open_log(data: Path, db: str | None) -> Iterator[DispatchLog]:
    """The log, to be read beside whoever writes it."""
    with database(chosen(db, data), data) as address:
        file = data / "events.sqlite"
        if address is None and not file.is_file():
            raise NoDatabase(f"There is no event log in {data}.")
        log = sqlite_log(str(file)) if address is None else postgres_log(address.libpq, most=2)
        try:
            yield log
        finally:
            log.close()


def _roads(letters: str, log: DispatchLog, opened: Opened, speeds: Path | None) -> RoadTimes:
    """The roads under the traffic of the decision. Raises CannotRead where map or traffic are others."""
    stored: dict[str, Any] = json.loads(letters)
    if stored["map_version"] != opened.roads.version:
        raise CannotRead(
            f"The decision was made on the map {stored['map_version']}, this is {opened.roads.version}: "
            "name the file it was built from with --map."
        )
    try:
        version = read_version(stored["traffic_version"])
    except ValueError as fault:
        raise CannotRead(str(fault)) from None
    if version.week is not None and speeds is None:
        raise CannotRead("Speeds by the hour were in use then: name their file with --speeds.")
    week = load_week(speeds) if speeds is not None else None
    zone = ZoneInfo(opened.city.timezone)
    live = LiveRoads(opened.roads, week=week, zone=zone, now=version.at)
    roads = live.roads_under(traffic_at(log, version.change), version.at)
    if roads.traffic_version != stored["traffic_version"]:
        raise CannotRead(
            f"The traffic of the decision was {stored['traffic_version']}; "
            f"from the log and these files comes {roads.traffic_version}."
        )
    return roads


def _tell(found: Replayed, as_json: bool) -> None:
    if as_json:
        differences = [each._asdict() for each in found.differences]
        said = {
            "decision_id": str(found.decision_id),
            "same": found.same,
            "letters": found.letters,
            "map_version": found.map_version,
            "traffic_version": found.traffic_version,
            "differences": differences,
        }
        typer.echo(json.dumps(said))
        return
    typer.echo(f"Decision {found.decision_id}: map {found.map_version}, traffic {found.traffic_version}.")
    if found.same:
        typer.echo(f"Made again, every one of {found.letters} letters is the same.")
        return
    typer.echo("It does NOT come out the same:")
    for each in found.differences:
        typer.echo(f"  {each.place}: stored {each.stored!r}, now {each.again!r}")


def _quiet(words: str) -> None:
    typer.echo(words, err=True)


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
