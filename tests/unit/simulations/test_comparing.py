"""What may be said about rivals: Holm by hand, hours by hand, and no difference where there is none."""

import numpy as np
import pytest

from simulations.chance import generator
from simulations.experiment.experiment import Experiment, Rival
from simulations.results.compare import COMPARED, Pair, compare
from simulations.results.counted import by_hour, lengths_s
from simulations.results.report.units import SHARES
from simulations.results.table import SHOWN, as_text
from simulations.scenario.answers import ANSWERS
from simulations.statistics.holm import holm
from simulations.statistics.intervals import difference, mean_of


def test_holm_by_hand():
    # Sorted 0.01, 0.02, 0.04: times 3, 2, 1 = 0.03, 0.04, 0.04
    assert holm([0.04, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert holm([0.5, 0.6]) == [1.0, 1.0]
    assert holm([0.001, 0.9, 0.002]) == pytest.approx([0.003, 0.9, 0.004])
    assert holm([]) == []


def test_hours_by_hand():
    asked = Experiment("?", "x", (Rival("a"),), hours=2.0, warm_up_hours=1.0)
    # Counted from 3600 s to 10800 s. Unit 0: half an hour over the begin, and one over both hours;
    # unit 1: over the end, and all before.
    who = np.array([0, 0, 1, 1], np.int32)
    begins_s = np.array([1800.0, 6300.0, 10_000.0, 0.0])
    ends_s = np.array([5400.0, 8100.0, 20_000.0, 3600.0])
    hours = by_hour(who, begins_s, ends_s, 2, asked)
    assert hours.began.tolist() == [[1, 0], [0, 1]]
    assert hours.seconds == pytest.approx(np.array([[1800.0 + 900.0, 900.0], [0.0, 800.0]]))


@pytest.mark.parametrize("told", [0.25, 0.5, 1.0, 1.5])
def test_an_hour_that_is_not_whole_counts_to_its_end_and_no_further(told):
    """A unit that is busy all day is busy all of whatever is counted, and on duty as long."""
    asked = Experiment("?", "x", (Rival("a"),), hours=told, warm_up_hours=1.0)
    who = np.zeros(2, np.int32)
    hours = by_hour(who, np.array([0.0, asked.ends_s + 1.0]), np.array([86_400.0, 90_000.0]), 1, asked)
    assert hours.seconds.sum() == pytest.approx(told * 3600.0)
    assert hours.seconds[0] == pytest.approx(lengths_s(asked))
    assert hours.began.sum() == 0, "one began before, one after"


def values(shift, noise, replications=20):
    luck = generator(1, 0, "days").normal(100.0, 20.0, replications)
    own = generator(1, 0, f"own {shift}").normal(0.0, noise, replications)
    return {figure: list(luck + shift + own) for figure in COMPARED}


def test_a_small_difference_on_the_same_calls_is_found_and_none_is_not_claimed():
    found = compare({"first": values(0.0, 0.0), "same": values(1e-9, 1.0), "slower": values(3.0, 1.0)})
    assert [each.sure for each in found if each.rival == "same"] == [False] * len(COMPARED)
    assert [each.sure for each in found if each.rival == "slower"] == [True] * len(COMPARED)


def test_who_compares_equals_many_times_seldom_finds_a_difference():
    wrong = 0
    for table in range(200):
        rivals = {
            str(rival): {
                figure: list(generator(table, rival, figure).normal(0.0, 1.0, 10)) for figure in COMPARED
            }
            for rival in range(4)
        }
        wrong += any(each.sure for each in compare(rivals))
    assert wrong <= 20, "at most one table in twenty, give or take"


def test_replications_that_all_differ_by_the_same_prove_as_much_as_their_signs():
    """No spread was seen; two of them are one toss of a coin."""
    two = difference([0.0, 0.0], [0.05, 0.05])
    assert (two.p, two.sure) == (0.5, False)
    many = difference([0.0] * 20, [0.05] * 20)
    assert many.p == pytest.approx(2 / 2**20)
    assert many.sure
    assert difference([0.1] * 20, [0.1] * 20).p == 1.0


def test_the_table_for_a_terminal_has_words_for_whatever_may_answer_a_scenario():
    asked = Experiment("Which?", "demo", (Rival("first"), Rival("slower")))
    rows = {"first": 0.25, "slower": 0.5}
    played = {name: {figure: [value] * 20 for figure in ANSWERS} for name, value in rows.items()}
    shown = {name: dict.fromkeys(SHOWN, mean_of([value] * 20)) for name, value in rows.items()}
    said = as_text(asked, shown, compare(played, [Pair(*rows, ANSWERS)])).splitlines()[-len(ANSWERS) :]
    for figure, line in zip(ANSWERS, said, strict=True):
        share = figure in SHARES
        assert ("%" in line) == share, line
        assert f"{25.0 if share else 0.25:+.2f}" in line, "in per cent where its words say so"


def test_one_replication_proves_nothing():
    assert compare({"first": values(0.0, 0.0, 1), "slower": values(3.0, 0.0, 1)}) == []


def test_the_mean_of_counts_is_not_told_to_be_below_none():
    few = mean_of([0.0, 0.0, 0.0, 1.0])
    assert few.low < 0.0
    told = few.from_none_on()
    assert (told.low, told.mean, told.high) == (0.0, few.mean, few.high)
    assert mean_of([5.0, 5.5, 6.0]).from_none_on() == mean_of([5.0, 5.5, 6.0])
