"""`vigil speeds learn|report` from the command line, on a drawn town."""

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy import create_engine
from typer.testing import CliRunner

from api.cli.main import app
from api.cli.tracks_of_data import tracks_of_database
from api.postgres.address import as_url
from api.postgres.engine import postgres_engine
from api.postgres.migrate import migrate
from projections.pings import open_pings
from projections.positions import Ping
from projections.sql import SqlViews
from routing import map_file
from tests.postgres import fresh_database
from tests.towns import town
from tests.unit.routing.test_matching import drive

MONDAY = datetime(2026, 3, 1, 17, tzinfo=UTC)  # midnight in Ho Chi Minh City
COLUMNS = ["run", "profile", "at", "lat", "lon", "speed_mps", "heading_deg", "accuracy_m"]


@pytest.fixture
def roads(tmp_path):
    drawn = town("a-b-c-d-e-f")
    drawn.corners.update({letter: (4 * i, 0) for i, letter in enumerate("abcdef")})
    return drawn, map_file.build(drawn.write(tmp_path), tmp_path / "maps")


def run(*words):
    return CliRunner().invoke(app, ["speeds", *map(str, words)])


def _drives(drawn, days=10):
    """Slow at eight, free at noon: name, profile, begin, fixes."""
    for day in range(days):
        for hour, mps in ((8, 5.0), (12, 10.0)):
            begin = MONDAY + timedelta(days=day, hours=hour)
            fixes = drive(drawn, "abcdef", mps=mps, every_s=5.0, noise_m=3.0, seed=10 * day + hour)
            yield f"{day}-{hour}", "van_normal", begin, fixes


def _write(path, drawn, days=10):
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for name, profile, begin, fixes in _drives(drawn, days):
            for at, *rest in fixes:
                known = ["" if value != value else value for value in rest]
                rows.writerow([name, profile, (begin + timedelta(seconds=at)).isoformat(), *known])
    return path


def test_what_is_learned_makes_promises_better_on_days_held_out(roads, tmp_path):
    drawn, folder = roads
    tracks = _write(tmp_path / "tracks.csv", drawn)
    learned = run("learn", "--map", folder, "--tracks", tracks, "--out", tmp_path / "speeds",
                  "--profile", "van_normal", "--leave-out-last", 3)  # fmt: skip
    assert learned.exit_code == 0, learned.output
    path = next((tmp_path / "speeds").glob("week-*.npz"))
    record = json.loads(path.with_suffix(".json").read_text())
    assert record["days"] == [f"2026-03-0{day}" for day in range(2, 9)]
    assert record["left_out_days"] == ["2026-03-09", "2026-03-10", "2026-03-11"]

    said = run("report", "--map", folder, "--tracks", tracks, "--speeds", path, "--only-last", 3)
    assert said.exit_code == 0, said.output
    report = json.loads(said.stdout)
    assert report["runs"] == 6
    eight, noon = report["by_hour"]
    assert (eight["hour"], noon["hour"]) == (8, 12)
    assert eight["before"]["median_relative"] == pytest.approx(0.5, abs=0.03)
    assert eight["after"]["median_relative"] < 0.15
    assert noon["after"]["median_relative"] < 0.1


def test_nobody_is_judged_by_days_that_were_learned_from(roads, tmp_path):
    drawn, folder = roads
    tracks = _write(tmp_path / "tracks.csv", drawn, days=4)
    run("learn", "--map", folder, "--tracks", tracks, "--out", tmp_path, "--profile", "van_normal")
    path = next(tmp_path.glob("week-*.npz"))
    said = run("report", "--map", folder, "--tracks", tracks, "--speeds", path)
    assert said.exit_code == 1
    assert "were learned from" in said.stderr


def _lived(drawn, pings, views):
    """Five days of one unit, as a centre stores them."""
    runs = {}
    for name, _, begin, fixes in _drives(drawn, days=5):
        at = [begin + timedelta(seconds=fix[0]) for fix in fixes]
        heard = zip(at, fixes, strict=True)
        pings.write([Ping("C1", moment, *fix[1:3], 8.0, fix[4], 5.0) for moment, fix in heard])
        milestones = {"en_route": at[0].isoformat(), "on_scene": at[-1].isoformat()}
        runs[name] = {"id": name, "seq": 1, "callsign": "C1", "milestones": milestones}
    units = {"1": {"id": "1", "seq": 1, "callsign": "C1", "kind": "van"}}
    views.write({"runs": runs, "units": units}, 1)


def _learned_from(folder, out, *words):
    learned = run("learn", "--map", folder, *words, "--out", out)
    assert learned.exit_code == 0, learned.output
    record = json.loads(next(out.glob("*.json")).read_text())
    assert (record["profile"], record["runs"], len(record["days"])) == ("van", 10, 5)


def test_tracks_are_cut_from_the_pings_and_runs_of_a_data_folder(roads, tmp_path):
    drawn, folder = roads
    data = tmp_path / "data"
    data.mkdir()
    pings = open_pings(create_engine(f"sqlite:///{data / 'telemetry.sqlite'}"))
    _lived(drawn, pings, SqlViews(create_engine(f"sqlite:///{data / 'views.sqlite'}")))
    _learned_from(folder, tmp_path / "out", "--tracks", data / "telemetry.sqlite")
    _learned_from(folder, tmp_path / "again", "--db", "sqlite", "--data", data)


def test_tracks_are_cut_from_a_database_that_is_only_read(roads, tmp_path):
    drawn, folder = roads
    with fresh_database() as address:
        migrate(address)
        engine = postgres_engine(address, pool_size=2)
        _lived(drawn, open_pings(engine), SqlViews(engine))
        engine.dispose()
        _learned_from(folder, tmp_path / "out", "--db", as_url(address))
        source = tracks_of_database(address)
        with pytest.raises(ReadOnlySqlTransaction):
            source._pings.write([Ping("C1", MONDAY, 10.7, 106.6)])


def test_a_database_that_is_none_of_ours_is_refused_with_a_sentence(roads, tmp_path):
    with fresh_database() as address:
        said = run("learn", "--map", roads[1], "--db", as_url(address), "--out", tmp_path / "out")
        assert said.exit_code == 1
        assert "is no database of Vigil" in said.stderr
    for words in ([], ["--db", "sqlite", "--tracks", tmp_path / "x.csv"]):
        said = run("learn", "--map", roads[1], *words, "--out", tmp_path / "out")
        assert said.exit_code == 1
        assert "one of the two" in said.stderr
    said = run("learn", "--map", roads[1], "--db", "nonsense", "--out", tmp_path / "out")
    assert (said.exit_code, "--db" in said.stderr) == (1, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the column run is missing"),
        ("run,at,lat,lon\n", "holds no tracks"),
        ("run,at,lat\n1,2,3\n", "the column lon is missing"),
        ("run,at,lat,lon\n1,yesterday,10.7,106.6\n", "line 2: at is 'yesterday'"),
        ("run,at,lat,lon\n1,2026-03-02T07:00:00,10.7,106.6\n", "with its offset"),
        ("run,at,lat,lon\n1,nan,10.7,106.6\n", "no moment"),
        ("run,at,lat,lon\n1,5,north,106.6\n", "lat is 'north'"),
        ("run,at,lat,lon\n1,5,95,106.6\n", "line 2"),
        ("run,at,lat,lon\n,5,10.7,106.6\n", "the run is empty"),
        ("run,profile,at,lat,lon\n1,boat,5,10.7,106.6\n", "there is no profile 'boat'"),
        ("run,at,lat,lon\n1,5,10.7,106.6\n2,6,10.7,106.6\n1,7,10.7,106.6\n", "comes up again"),
        ("run,profile,at,lat,lon\n1,van,5,10.7,106.6\n1,motorbike,6,10.7,106.6\n", "one run, one profile"),
        ("run,at,lat,lon\n1,5,10.7,106.6\n", "Nothing was learned"),
    ],
)
def test_bad_tracks_are_refused_with_a_sentence(roads, tmp_path, text, words):
    tracks = tmp_path / "tracks.csv"
    tracks.write_text(text, encoding="utf-8")
    said = run("learn", "--map", roads[1], "--tracks", tracks, "--out", tmp_path / "out")
    assert said.exit_code == 1
    assert words in said.stderr
    assert not (tmp_path / "out").exists()


def test_what_is_missing_is_said(roads, tmp_path):
    for name, words in (("none.csv", "cannot be read"), ("telemetry.sqlite", "is not there")):
        said = run("learn", "--map", roads[1], "--tracks", tmp_path / name, "--out", tmp_path / "out")
        assert (said.exit_code, words in said.stderr) == (1, True)
    tracks = _write(tmp_path / "tracks.csv", roads[0], days=1)
    said = run(
        "learn", "--map", roads[1], "--tracks", tracks, "--out", tmp_path, "--timezone", "Mars/Olympus"
    )
    assert "There is no time zone" in said.stderr
    said = run("report", "--map", roads[1], "--tracks", tracks, "--speeds", tmp_path / "week-00000000.npz")
    assert said.exit_code == 1
