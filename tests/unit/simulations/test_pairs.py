"""Who answers few calls looks quick to those whom it heard: nobody may call that better."""

import pytest

from simulations.asked.results import _difference, _pair_of
from simulations.chance import generator
from simulations.experiment.experiment import Experiment, Rival
from simulations.experiment.inputs import Inputs
from simulations.results.compare import COMPARED, compare, intervals
from simulations.results.figures import FIGURES
from simulations.results.pairs import OF_THE_HEARD, pairs_in
from simulations.results.table import as_text

FEW = Rival("2 lines", takers=2, lines=2)
MANY = Rival("7 lines", takers=7, lines=7)


def inputs(*rivals):
    return Inputs(Experiment("?", "demo", rivals), None, None, None, None)  # type: ignore[arg-type]


def nights(late, lost, km):
    """Twenty; of those who were heard so many are late, and so many are lost."""
    noise = generator(1, 0, f"{late} {lost}").normal(0.0, 0.001, 20)
    either = late * (1 - lost) + lost
    told = dict.fromkeys(FIGURES, 0.2) | {"late": late, "late_P1": late, "lost_needing": lost, "km": km}
    told |= {figure: either for figure in FIGURES if figure.startswith("late_or_lost")}
    return {figure: [value + (each if value else 0.0) for each in noise] for figure, value in told.items()}


@pytest.fixture(name="values")
def two_rivals():
    return {MANY.name: nights(0.10, 0.0, 900.0), FEW.name: nights(0.08, 0.63, 400.0)}


def test_late_or_lost_of_those_who_rang_is_compared_where_rivals_lose_other_calls(values):
    asked = inputs(MANY, FEW)
    (pair,) = pairs = pairs_in(asked, values)
    assert set(pair.unlike) == set(OF_THE_HEARD)
    found = {each.figure: each for each in compare(values, pairs)}
    assert set(found) == {"late_or_lost", "late_or_lost_P1", "lost_needing", "km"}
    assert found["late_or_lost"].found.interval.mean > 0.5
    better = {figure: _difference(each, _pair_of(each, pairs))["better"] for figure, each in found.items()}
    assert better == {"late_or_lost": False, "late_or_lost_P1": False, "lost_needing": False, "km": None}


def test_who_loses_the_same_calls_is_compared_in_lateness(values):
    """As many lines for both, or lines enough under either."""
    other = Rival("7 lines, dmexclp", "dmexclp", takers=7, lines=7)
    (same,) = pairs_in(inputs(MANY, other), {**values, other.name: values[FEW.name]})
    assert (same.figures, same.unlike) == (COMPARED, ())
    none_lost = {MANY.name: nights(0.10, 0.0, 900.0), FEW.name: nights(0.08, 0.0, 900.0)}
    (enough,) = pairs_in(inputs(MANY, FEW), none_lost)
    assert (enough.figures, enough.unlike) == (COMPARED, ())


def test_the_table_marks_what_is_told_of_other_patients(values):
    asked = inputs(MANY, FEW)
    pairs = pairs_in(asked, values)
    said = as_text(asked.experiment, intervals(values), compare(values, pairs), pairs=pairs)
    assert "late % *" in said
    assert "late or lost %" in said
    assert "not compared" in said
    plain = as_text(asked.experiment, intervals(values), compare(values))
    assert "*" not in plain
    assert "late or lost" not in plain
