"""The door of `vigil simulate`: from a day in a file to a report; and what it refuses, with a sentence."""

import json
from pathlib import Path

import pytest

from simulations.city_model.__main__ import main as model_door
from simulations.day import write_day
from simulations.experiment.__main__ import main
from simulations.experiment.inputs import read_inputs
from tests.simulated_letters import a_day, city_folder, roads
from tests.unit.simulations.jemss_town import write_jemss_town

SHORT = ("--replications", "2", "--hours", "4", "--warm-up", "1", "--jobs", "1")


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    """As the command hands them over."""
    roads()
    folder = tmp_path_factory.mktemp("day")
    write_day(a_day(), folder / "day.json")
    (map_folder,) = city_folder().parents[1].glob("maps/*")
    return [
        "--city-folder",
        str(city_folder()),
        "--map",
        str(map_folder),
        "--recorded",
        str(folder / "day.json"),
    ]


def test_rivals_by_policy_are_played_told_and_reported(words, tmp_path, capsys):
    out = tmp_path / "out"
    rivals = ["--policy", "closest", "--policy", "closest:dmexclp"]
    assert main([*words, *SHORT, *rivals, "--out", str(out), "--csv"]) == 0
    told = capsys.readouterr().out
    assert "2 replications of 4 h, seed 115" in told
    assert "closest:dmexclp" in told
    names = {path.name for path in (out / "rows").iterdir()}
    assert names >= {"incidents.csv", "unit_hours.parquet", "bed_hours.csv", "bed_hours.parquet"}
    assert (out / "report.html").stat().st_size > 20_000
    assert [rival.move_up for rival in read_inputs(out).experiment.rivals] == ["home", "dmexclp"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--policy", "fastest"], "There is no policy `fastest`"),
        (["--policy", "closest:nowhere"], "Invalid enum value 'nowhere'"),
        (["--replications", "0"], ">= 1"),
        (["--recorded", "/no/day.json"], "day.json"),
        (["--city-folder", "/no/city"], "no city"),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_leaves_nothing(words, tmp_path, capsys, more, says):
    assert main([*words, *SHORT, *more, "--out", str(tmp_path / "out")]) == 1
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out" / "inputs").exists()


def test_a_day_of_another_city_is_refused(words, tmp_path, capsys):
    other = tmp_path / "other.json"
    told = json.loads(Path(words[-1]).read_text(encoding="utf-8"))
    other.write_text(json.dumps({**told, "city": "elsewhere"}), encoding="utf-8")
    assert main([*words[:-1], str(other), *SHORT, "--out", str(tmp_path / "out")]) == 1
    assert "the day is of elsewhere" in capsys.readouterr().err


def test_a_jemss_model_is_played_on_the_roads_it_came_with(tmp_path, capsys):
    """No map and no city of ours is named."""
    folder = tmp_path / "paper"
    assert model_door(["import", "--jemss", str(write_jemss_town(tmp_path)), "--out", str(folder)]) == 0
    rivals = ["--policy", "closest", "--policy", "closest:dmexclp"]
    assert main(["--model", str(folder), *SHORT, *rivals, "--out", str(tmp_path / "out")]) == 0
    assert "closest:dmexclp" in capsys.readouterr().out
    inputs = read_inputs(tmp_path / "out")
    assert (inputs.experiment.city, inputs.words.map_version) == ("paper-1", "jemss-paper-1")
    columns = inputs.ground.columns
    west, places = columns.base_spot[0], [place.position.lon for place in inputs.model.places]
    assert columns.to_scene_s[0, west, places.index(100.03)] == 180.0
    assert columns.to_scene_m[0, west, places.index(100.03)] == 3_000.0


def test_without_a_map_there_have_to_be_roads_beside_the_model(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["--model", str(tmp_path), "--out", str(tmp_path / "out")])
    assert "unless the model came with its own roads" in capsys.readouterr().err
