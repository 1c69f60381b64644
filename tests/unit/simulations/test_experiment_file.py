"""The file of an experiment: read as it was written, and a bad one gets a sentence with its line."""

import pytest

from simulations.experiment.experiment import Experiment, Rival
from simulations.experiment.file import BadExperiment, read_experiment, write_experiment

GOOD = """question = "Does one van more help?"
city = "demo"
replications = 4

[[rivals]]
name = "as it is"

[[rivals]]
name = "one more"
more = { trung-tam = 1 }
"""


def read(folder, text):
    path = folder / "experiment.toml"
    path.write_text(text, encoding="utf-8")
    return read_experiment(path)


def test_an_experiment_is_read_as_it_was_written(tmp_path):
    asked = Experiment(
        "Ai đến trước?",
        "demo",
        (Rival("a"), Rival("b", without=("X1",), more={"s": 2}, turnout_s={"van": 45.0})),
        hours=12.0,
        seed=9,
    )
    write_experiment(asked, tmp_path / "e.toml")
    assert read_experiment(tmp_path / "e.toml") == asked


def test_what_is_not_said_is_as_the_city_has_it(tmp_path):
    asked = read(tmp_path, GOOD)
    assert asked.rivals[1] == Rival("one more", more={"trung-tam": 1})
    assert (asked.hours, asked.warm_up_hours, asked.seed, asked.days) == (24.0, 6.0, 115, "alike")


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ("replications = 4", "replications = 0", r"line 3: .*>= 1"),
        ("replications = 4", "replicates = 4", r"line 3: .*unknown field `replicates`"),
        ("replications = 4", 'replications = "four"', r"line 3: .*Expected `int`"),
        ("{ trung-tam = 1 }", "{ trung-tam = -1 }", r"line 10: .*>= 1"),
        ('name = "one more"', 'name = "as it is"', r"line 9: There are two rivals named `as it is`"),
        ('name = "one more"', 'name = "x"\npolicy = "fastest"', r"line 10: There is no policy `fastest`"),
        ('city = "demo"', "city = demo", r"is not TOML: .*line 2"),
        ('city = "demo"\n', "", r"required field `city`"),
        ("replications = 4", 'replications = 4\ndays = "recorded"', r"`replications` must be 1"),
    ],
)
def test_a_bad_one_is_told_with_the_line(tmp_path, good, bad, says):
    with pytest.raises(BadExperiment, match=r"experiment\.toml.*" + says):
        read(tmp_path, GOOD.replace(good, bad))
