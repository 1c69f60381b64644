"""OSRM and Valhalla on a real map, where a Python that has them is named in VIGIL_JUDGES_PYTHON."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from tests.shared_data import shared_file

JUDGES = os.environ.get("VIGIL_JUDGES_PYTHON")


def bench_judges(*options):
    return CliRunner().invoke(app, ["bench", "judges", *map(str, options)])


def test_without_judges_the_comparison_says_that_it_is_skipped(tmp_path, monkeypatch):
    monkeypatch.delenv("VIGIL_JUDGES_PYTHON", raising=False)
    (tmp_path / "town.osm").write_text("<osm/>", encoding="utf-8")
    said = bench_judges("--map", tmp_path / "town.osm")
    assert said.exit_code == 0
    assert "Skipped" in said.output
    assert "VIGIL_JUDGES_PYTHON" in said.output


def test_a_python_that_is_not_there_is_named(tmp_path):
    (tmp_path / "town.osm").write_text("<osm/>", encoding="utf-8")
    said = bench_judges(
        "--map", tmp_path / "town.osm", "--judges-python", tmp_path / "no-python", "--keep", tmp_path
    )
    assert said.exit_code == 1
    assert "no-python cannot be started" in said.output


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(JUDGES is None, reason="VIGIL_JUDGES_PYTHON names no Python with OSRM and Valhalla")
def test_both_judges_send_the_stations_that_we_send(tmp_path):
    out = tmp_path / "rows.json"
    said = bench_judges(
        "--map", shared_file("osm/portland-part.osm.pbf"), "--keep", tmp_path / "judges", "--json", out
    )
    assert said.exit_code == 0, said.output
    rows = {row["name"]: row for row in json.loads(Path(out).read_text(encoding="utf-8"))}
    agree, straight = rows["nearest_station.ours_by_both"], rows["nearest_station.straight_line_by_osrm_ch"]
    assert (
        agree["p50"] > agree["reference"] - 0.03
    )  # as often as the judges do with each other, but for chance
    assert agree["p50"] > straight["p50"] + 0.1
    assert rows["routing.knearest_5_of_1000"]["ratio"] > 100
