"""`vigil speeds learn` and `vigil speeds report`: how fast the fleet drives, and what knowing it is worth."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import typer

from api.cli.legs import BadTracks, Leg, Tracks, last_days
from api.cli.map_options import HERE, Data, Map, Profile, ProfileOption, built_map, said_plainly
from api.cli.progress import shown_progress
from api.cli.tracks_file import TracksFile
from api.cli.tracks_of_data import tracks_of_database, tracks_of_folder
from api.postgres.address import BadAddress
from api.postgres.choice import NoDatabase, chosen, database
from routing import map_file
from routing.errors import MapError
from routing.hierarchy.engine import HierarchyEngine
from routing.learning.evidence import Evidence
from routing.learning.judged import HeldOut
from routing.learning.learn import learn as learned_from
from routing.matching.track import VERDICTS, Driven, Matcher
from routing.metric import metric
from routing.profiles import profile_index
from routing.road_map import RoadMap
from routing.week import load_week

app_speeds = typer.Typer(
    help="Speeds by the hour of the week, learned from tracks.", no_args_is_help=True, add_completion=False
)
TracksOption = Annotated[
    Path | None,
    typer.Option("--tracks", metavar="FILE", help="A CSV of tracks, or telemetry.sqlite of a data folder."),
]
Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="sqlite|auto|URL",
        help="Instead of --tracks: the pings of a centre, as vigil up keeps them; --data is its folder.",
    ),
]
Zone = Annotated[str, typer.Option("--timezone", help="By whose clocks the hours of the week run.")]
HCMC = "Asia/Ho_Chi_Minh"


@app_speeds.command("learn")
def learn(
    map_path: Map,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where week-<hash>.npz goes.")],
    tracks: TracksOption = None,
    db: Db = None,
    profile: ProfileOption = Profile.van,
    leave_out: Annotated[
        int, typer.Option("--leave-out-last", min=0, metavar="DAYS", help="Keep these days for a report.")
    ] = 0,
    timezone: Zone = HCMC,
    data: Data = HERE,
) -> None:
    """Match tracks to streets and learn a table of speeds from them; prints its path."""
    with _said_plainly(), _tracks(tracks, db, data) as source:
        road_map, zone = map_file.load(built_map(map_path, data)), _zone(timezone)
        evidence = Evidence(road_map, metric(road_map, profile.value))
        kept = last_days(_days(source, zone), leave_out) if leave_out else set()
        days: set[date] = set()
        told = _Told()
        for leg, driven in _matched(road_map, source, profile, told, zone, without=kept):
            days.add(leg.begin(zone).date())
            evidence.add(driven, leg.week_s(zone))
        visits = evidence.visits()
        if not len(visits):
            raise BadTracks(
                f"Nothing was learned: no track in {_said(tracks)} of {profile.value} tells of a speed."
            )
        learned = learned_from(road_map, visits)
        path = learned.week.save(out)
        record = {
            "profile": profile.value, "map": road_map.version, "timezone": timezone,
            "days": [day.isoformat() for day in sorted(days)],
            "left_out_days": [day.isoformat() for day in sorted(kept)],
            "matching": told.as_json(), "left_out_visits": evidence.left_out, **learned.figures,
        }  # fmt: skip
        path.with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"{path}")
    typer.echo(
        f"Learned from {evidence.runs} runs of {len(days)} days: {learned.figures['arcs_known']} of "
        f"{learned.figures['arcs_seen']} streets by themselves, the rest by their class.", err=True
    )  # fmt: skip


@app_speeds.command("report")
def report(
    map_path: Map,
    speeds: Annotated[
        Path, typer.Option("--speeds", metavar="FILE", help="What `vigil speeds learn` wrote.")
    ],
    tracks: TracksOption = None,
    db: Db = None,
    only_last: Annotated[
        int, typer.Option("--only-last", min=0, metavar="DAYS", help="Judge by these days; 0 for all.")
    ] = 0,
    data: Data = HERE,
) -> None:
    """How far off promised run times are, before and after, on days that nobody learned from. JSON."""
    with _said_plainly(), _tracks(tracks, db, data) as source:
        road_map = map_file.load(built_map(map_path, data))
        week, record = load_week(speeds), _record(speeds)
        if record["map"] != road_map.version:
            raise BadTracks(f"{speeds.name} was learned on another map ({record['map']}).")
        zone, profile = _zone(record["timezone"]), Profile(record["profile"])
        days = _days(source, zone)
        judged = last_days(days, only_last) if only_last else days
        if known := judged & {date.fromisoformat(day) for day in record["days"]}:
            raise BadTracks(
                f"{len(known)} of these days were learned from ({min(known)} ...): judge by others, "
                "see --leave-out-last and --only-last."
            )
        held_out, told = HeldOut(), _Told()
        for leg, driven in _matched(road_map, source, profile, told, zone, without=days - judged):
            if len(driven.depart_s) == 1 and driven.arrive_s[0] > driven.depart_s[0]:
                ends = np.flatnonzero(driven.places.edge >= 0)[[0, -1]]
                places = [(int(driven.places.edge[i]), float(driven.places.along_m[i])) for i in ends]
                slot = int((leg.week_s(zone) + driven.depart_s[0]) // 3600) % 168
                held_out.add(slot, places[0], places[1], float(driven.arrive_s[0] - driven.depart_s[0]))
        if not len(held_out):
            raise BadTracks(f"No whole run of {profile.value} in {_said(tracks)} is left to judge by.")
        engine, free = HierarchyEngine(road_map), metric(road_map, profile.value)
        before, after = (held_out.promised(road_map, engine, free, each) for each in (None, week))
    answer = {
        "profile": profile.value, "map": road_map.version, "speeds": week.name,
        "days": [day.isoformat() for day in sorted(judged)], "matching": told.as_json(),
        **held_out.report(before, after),
    }  # fmt: skip
    typer.echo(json.dumps(answer, indent=1))


class _Told:
    """What came of the matching."""

    def __init__(self) -> None:
        self.legs = self.fixes = self.broken = 0
        self.seconds, self.verdicts = 0.0, np.zeros(len(VERDICTS), np.int64)

    def count(self, driven: Driven, seconds: float) -> None:
        self.legs, self.fixes = self.legs + 1, self.fixes + len(driven.verdict)
        self.broken, self.seconds = self.broken + bool(driven.breaks), self.seconds + seconds
        self.verdicts += np.bincount(driven.verdict, minlength=len(VERDICTS))

    def as_json(self) -> dict[str, Any]:
        return {
            "legs": self.legs, "broken_legs": self.broken, "fixes": self.fixes,
            "fixes_per_second": round(self.fixes / self.seconds) if self.seconds else None,
            "verdicts": dict(zip(VERDICTS, self.verdicts.tolist(), strict=True)),
        }  # fmt: skip


def _matched(
    road_map: RoadMap,
    source: Tracks,
    profile: Profile,
    told: _Told,
    zone: ZoneInfo,
    without: set[date],
) -> Iterator[tuple[Leg, Driven]]:
    """Every leg of the profile on the days that count, matched; one at a time is held in memory."""
    match = Matcher(road_map, profile_index(profile.value))
    with shown_progress() as tell:
        for i, leg in enumerate(source.legs()):
            tell("matching tracks to streets", i / max(len(source), 1))
            if leg.profile == profile.value and leg.begin(zone).date() not in without:
                begin = perf_counter()
                driven = match(leg.track)
                told.count(driven, perf_counter() - begin)
                yield leg, driven


def _days(source: Tracks, zone: ZoneInfo) -> set[date]:
    return {leg.begin(zone).date() for leg in source.legs()}


@contextmanager
def _tracks(path: Path | None, db: str | None, data: Path) -> Iterator[Tracks]:
    """Of a file, or of a centre. Raises BadTracks."""
    if (path is None) == (db is None):
        raise BadTracks("Name the tracks with --tracks, or a centre with --db: one of the two.")
    if path is not None:
        yield tracks_of_folder(path) if path.suffix == ".sqlite" else TracksFile(path)
        return
    try:
        with database(chosen(db, data), data, beside=True) as address:
            yield (
                tracks_of_folder(data / "telemetry.sqlite")
                if address is None
                else tracks_of_database(address)
            )
    except (BadAddress, NoDatabase) as fault:
        raise BadTracks(str(fault)) from fault


def _said(tracks: Path | None) -> str:
    return "the pings of the centre" if tracks is None else str(tracks)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadTracks(f"There is no time zone {name!r}; {HCMC} is one.") from None


def _record(speeds: Path) -> dict[str, Any]:
    path = speeds.with_suffix(".json")
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {name: found[name] for name in ("map", "profile", "timezone", "days")}
    except (OSError, ValueError, KeyError) as error:
        raise BadTracks(f"{path} must lie beside the speeds and say what they were learned from.") from error


@contextmanager
def _said_plainly() -> Iterator[None]:
    with said_plainly():
        try:
            yield
        except BadTracks as error:
            raise MapError(str(error)) from error
