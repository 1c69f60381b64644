"""Figures of benchmarks: what is timed, how often, and what the numbers of a row mean."""

from itertools import pairwise

from api.bench.rounds import ROUNDS, Turn, figures, spread
from api.bench.rows import figure, value


def test_every_kind_of_work_has_its_turn_in_every_round():
    asked = []
    turns = {
        "quick": Turn(lambda: asked.append("quick"), 10, "scipy.slow"),
        "scipy.slow": Turn(lambda: asked.append("slow"), ROUNDS),
    }
    (row,) = figures("routing.", turns)
    assert (row.name, row.n, row.reference_name) == ("routing.quick", 10, "scipy.slow")
    changes = sum(one != other for one, other in pairwise(asked))
    assert changes == 2 * ROUNDS - 1


def test_spread_tells_how_far_the_rounds_lie_apart():
    assert spread([[1.0, 1.0], [1.0, 1.0]]) == 0.0
    assert spread([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [3.0, 3.0, 3.0]]) == 2.0


def test_a_ratio_above_one_means_that_we_are_faster():
    row = figure("routing.p2p", [1.0, 2.0, 3.0], ("osrm_ch.route", [20.0]))
    assert (row.best, row.p50, row.p99, row.ratio) == (1.0, 2.0, 3.0, 10.0)


def test_what_is_no_speed_has_a_reference_but_no_ratio():
    row = value("nearest_station.ours", 400, "share", 0.9, ("judges_of_each_other", 0.8))
    assert (row.p50, row.reference, row.ratio) == (0.9, 0.8, None)
