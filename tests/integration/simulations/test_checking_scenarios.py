"""`vigil scenario check`, as typed: a file is held against its city and map before anybody plays it."""

from shutil import copy

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from tests.letters_service import HCMC
from tests.small_city import letter_town, write_small_city
from tests.unit.simulations.test_scenario_files import ADDED, HEAD, written

LOST = '[[change]]\nwhat = "hospitals lost"\nhospitals = ["{}"]\n'
CLOSED = '[[change]]\nwhat = "roads closed"\ninside = {}\n'


@pytest.fixture
def check(tmp_path, capfd):
    """Check a scenario of this text; returns exit code, standard output and standard error."""
    write_small_city(tmp_path)
    copy(HCMC / "demand.toml", tmp_path / "cities" / "letters")

    def run(text, osm):
        where = {"--cities": "cities", "--data": "data", "--map": osm}
        words = [str(word) for name, path in where.items() for word in (name, tmp_path / path)]
        file = written(tmp_path, text)
        told = CliRunner().invoke(app, ["scenario", "check", str(file), "--city", "letters", *words])
        return told.exit_code, *capfd.readouterr()

    return run


def test_what_the_city_has_not_is_told_with_its_line_and_what_it_has_passes(check, tmp_path):
    letter_town().write(tmp_path, "letters.osm")
    code, _, told = check(HEAD + ADDED + LOST.format("nowhere"), "letters.osm")
    assert code == 2, told
    assert "a-bad-day.toml, line 30: 'hospitals' names 'nowhere'; the model has no such hospital, but" in told
    known = told.partition("no such hospital, but ")[2].split(",")[0].split(".")[0].strip()
    code, said, told = check(HEAD + ADDED + LOST.format(known), "letters.osm")
    assert code == 0, told
    assert said.count("Are there enough vehicles?") == 1


def test_an_area_is_judged_as_the_desk_judges_it_and_has_to_hold_a_street(check, tmp_path):
    letter_town().write(tmp_path, "letters.osm")
    areas = (
        "[[10.0, 106.0], [10.0, 106.001], [10.001, 106.001]]",
        "[[10.77, 106.69], [10.78, 106.70], [10.77, 106.70], [10.78, 106.69]]",
    )
    code, _, told = check(HEAD + ADDED + "".join(map(CLOSED.format, areas)), "letters.osm")
    assert code == 2, told
    nothing, crossed = told.splitlines()
    assert "a-bad-day.toml, line 30: 'inside' touches no street of the map, so nothing would" in nothing
    assert (
        "line 33: 'inside' is no area that the desk would take: The edge of the area crosses its" in crossed
    )


def test_what_is_wrong_with_the_file_itself_is_told_before_any_map_is_opened(check):
    code, _, told = check(HEAD + ADDED.replace("turnout_s", "turnout"), "no-such.osm")
    assert code == 2
    assert "line 26: 'change.0.turnout' is not known here" in told
    assert "no-such.osm" not in told
