"""`from simulations import ...`: what a notebook is promised."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

import simulations
from simulations import Own, Rival, play_scenario, simulate
from simulations.experiment.file import BadExperiment
from simulations.experiment.replicate import replicate
from simulations.results.schema import TABLES
from tests.letters_service import letters

SCENARIO = """\
model = "letters"
begins = "2026-03-02"
days = 1
warm_up_hours = 1
replications = 2
seed = 7
question = { vi = "Gọi gấp đôi thì sao?", en = "What do twice as many calls do?" }
explains = { vi = "Gọi gấp đôi.", en = "Twice as many call." }

[[course]]
id = "usual"
vi = "Như thường"
en = "As usual"

[[course]]
id = "twice"
vi = "Gấp đôi"
en = "Twice"

[[change]]
what = "calls"
factor = 2.0
courses = ["twice"]
"""


def test_the_names_are_loaded_when_they_are_used_and_each_says_what_it_is():
    for name in simulations.__all__:
        assert getattr(simulations, name).__doc__, name
        assert name in dir(simulations)
    with pytest.raises(AttributeError, match="'nonsense'"):
        _ = simulations.nonsense
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, simulations; print({'numba', 'numpy', 'pyarrow'} & {*sys.modules})",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "set()", "until then it costs nothing"


def test_nights_are_drawn_the_same_whenever_they_are_asked_for():
    nights, again = (letters().nights(6, 3, seed=2) for _ in range(2))
    assert nights.calls(1).equals(again.calls(1))
    assert not nights.calls(1).equals(nights.calls(2))
    assert [len(night.calls.rang_s) for night in nights] == [len(again.calls(n)) for n in range(len(again))]
    with pytest.raises(IndexError, match="nights 0 to 2, and no 3"):
        nights[3]
    more = letters().with_calls(3.0).nights(24, 1)
    usual = letters().nights(24, 1)
    assert 2 < len(more.calls()) / len(usual.calls()) < 4


def test_what_is_played_is_what_an_experiment_plays_and_rivals_are_compared_in_pairs():
    nights = letters().nights(12, 4, seed=9, warm_up_hours=2)
    told = []
    fewer = Rival("fewer", without=("C1", "C2", "C3"))
    played = simulate(
        nights, ["closest", "closest:dmexclp", fewer], done=lambda count, of: told.append((count, of))
    )
    assert told[-1] == (12, 12)
    again = replicate(played.inputs, played.columns["fewer"], nights[3])
    assert again.served.on_scene_s.tobytes() == played.replications["fewer"][3].served.on_scene_s.tobytes()
    by_night = played.by_night().to_pylist()
    one = [row["late"] for row in by_night if row["rival"] == "closest"]
    other = [row["late"] for row in by_night if row["rival"] == "fewer"]
    (late,) = [
        row for row in played.differences().to_pylist() if (row["rival"], row["figure"]) == ("fewer", "late")
    ]
    assert late["mean"] == pytest.approx(np.mean(other) - np.mean(one))
    assert late["low"] < late["mean"] < late["high"]
    means = {(row["rival"], row["figure"]): row["mean"] for row in played.figures().to_pylist()}
    assert means["closest", "late"] == pytest.approx(np.mean(one))
    assert "Less the first (closest)" in repr(played)
    for name, schema in TABLES.items():
        assert played.rows(name).schema.names == schema.names
    rows = played.rows()
    assert rows.num_rows == sum(
        len(np.flatnonzero(each.incidents.rang_s >= 7200.0))
        for its in played.replications.values()
        for each in its
    )
    with pytest.raises(ValueError, match="no rows called 'beds'"):
        played.rows("beds")


def test_what_cannot_be_asked_is_refused_with_a_sentence():
    nights = letters().nights(6, 2)
    with pytest.raises(BadExperiment, match="no policy `nearest`"):
        simulate(nights, ["nearest"])
    with pytest.raises(BadExperiment, match="two rivals named `same`"):
        simulate(nights, [Own("same"), Rival("same")])
    with pytest.raises(BadExperiment, match="has no unit `X1`"):
        simulate(nights, [Rival("odd", without=("X1",))])
    with pytest.raises(BadExperiment, match="replications"):
        simulate(letters().nights(6, 0), ["closest"])
    with pytest.raises(ValueError, match="greater than 0, not -1"):
        letters().with_calls(-1)
    model = letters().model
    with pytest.raises(ValueError, match="places of this model lie elsewhere"):
        letters().with_model(replace(model, places=model.places[1:]))


def test_a_scenario_is_a_table_with_a_row_for_each_course_and_replication(tmp_path):
    file = tmp_path / "twice.toml"
    file.write_text(SCENARIO, encoding="utf-8")
    played = play_scenario(letters(), str(file))
    rows = played.by_night().to_pylist()
    assert [(row["rival"], row["night"]) for row in rows] == [
        ("usual", 0), ("usual", 1), ("twice", 0), ("twice", 1),
    ]  # fmt: skip
    assert rows[2]["calls"] > 1.5 * rows[0]["calls"]
    again = play_scenario(letters(), str(file), replications=1)
    assert again.values["twice"]["late"] == played.values["twice"]["late"][:1], "the same bits"
    with pytest.raises(FileNotFoundError, match="no scenario 'flood' for letters"):
        play_scenario(letters(), "flood")
    with pytest.raises(ValueError, match="stands on a map"):
        play_scenario(replace(letters(), standing=None), str(file))
