"""Where stations and vehicles should stand: as good as when every choice is tried."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulations.planning.mclp import covered, most_covered
from simulations.planning.mexclp import expected_cover, place_vehicles
from simulations.planning.p_median import mean_s, shortest_ways
from simulations.planning.program import NoAnswer
from simulations.planning.question import Question, all_open
from tests.unit.simulations.planning.brute_force import (
    best_sites,
    best_vehicles,
    mean_way_s,
    share_in_time,
)


@st.composite
def questions(draw):
    sites, places = draw(st.integers(2, 7)), draw(st.integers(1, 8))
    seconds = draw(st.lists(st.integers(0, 900), min_size=sites * places, max_size=sites * places))
    weight = draw(st.lists(st.integers(0, 9), min_size=places, max_size=places).filter(any))
    stands = np.array(draw(st.lists(st.booleans(), min_size=sites, max_size=sites)))
    closed = int((~stands).sum())
    more = draw(st.integers(0 if stands.any() else 1, max(closed, 0 if stands.any() else 1)))
    return Question(
        np.array(weight, float), np.array(seconds, float).reshape(sites, places), stands, min(more, closed)
    )


@settings(max_examples=60, deadline=None)
@given(questions(), st.integers(0, 900))
def test_no_choice_of_sites_covers_more(question, within_s):
    answer = most_covered(question, within_s)
    truth = best_sites(question, lambda chosen: share_in_time(question, chosen, within_s))
    assert answer.value == pytest.approx(truth, abs=1e-9)
    assert answer.proved
    assert len(answer.opened) == question.more
    assert not question.open[list(answer.opened)].any()
    whole = all_open(question, answer.opened)
    assert covered(question, whole, within_s) == pytest.approx(share_in_time(question, whole, within_s))


@settings(max_examples=60, deadline=None)
@given(questions())
def test_no_choice_of_sites_has_shorter_ways(question):
    answer = shortest_ways(question)
    truth = -best_sites(question, lambda chosen: -mean_way_s(question, chosen))
    assert answer.value == pytest.approx(truth, abs=1e-6)
    assert answer.proved
    assert len(answer.opened) == question.more
    whole = all_open(question, answer.opened)
    assert mean_s(question, whole) == pytest.approx(mean_way_s(question, whole))


@settings(max_examples=30, deadline=None)
@given(questions(), st.integers(1, 4), st.sampled_from([0.0, 0.3, 0.65]), st.integers(1, 3))
def test_no_other_placing_of_vehicles_is_expected_to_cover_more(question, count, busy, most):
    reach = question.reach(400.0)
    room = np.full(len(reach), most)
    if room.sum() < count:
        with pytest.raises(NoAnswer):
            place_vehicles(question.weight, reach, count, busy, room=room)
        return
    vehicles, bound = place_vehicles(question.weight, reach, count, busy, room=room)
    assert vehicles.sum() == count
    assert (vehicles <= room).all()
    value = expected_cover(question.weight, reach, vehicles, busy)
    assert value == pytest.approx(best_vehicles(question.weight, reach.tolist(), count, busy, room), abs=1e-9)
    assert value == pytest.approx(bound, abs=1e-6)


def test_the_second_vehicle_joins_the_first_where_that_one_is_mostly_away():
    """Two villages, 60 and 40 people. With q = 0.2 a second vehicle in the larger one adds
    0.6*0.8*0.2 = 0.096 and in the smaller one 0.4*0.8 = 0.32; with q = 0.9 it adds 0.6*0.1*0.9 = 0.054
    against 0.4*0.1 = 0.04."""
    weight, reach = np.array([60.0, 40.0]), np.eye(2, dtype=bool)
    apart, _ = place_vehicles(weight, reach, 2, 0.2)
    together, _ = place_vehicles(weight, reach, 2, 0.9)
    assert apart.tolist() == [1, 1]
    assert together.tolist() == [2, 0]
    assert expected_cover(weight, reach, together, 0.9) == pytest.approx(0.6 * (1 - 0.81))


def test_what_stands_stays():
    weight, reach = np.array([60.0, 40.0]), np.eye(2, dtype=bool)
    found, _ = place_vehicles(weight, reach, 2, 0.2, standing=np.array([0, 2]))
    assert found.tolist() == [0, 2]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"more": 3}, "3 more sites were asked for; 2 are closed."),
        ({"more": -1}, "-1 more sites"),
        ({"weight": np.array([0.0, 0.0])}, "there is some somewhere"),
        ({"weight": np.array([1.0])}, "Weights are for places"),
        ({"seconds": np.array([[1.0, -1.0], [1.0, 1.0]])}, "no less than no time"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_a_sentence(changed, said):
    told = {
        "weight": np.array([1.0, 2.0]),
        "seconds": np.array([[1.0, 2.0], [3.0, 4.0]]),
        "open": np.array([False, False]),
        "more": 1,
    }
    with pytest.raises(ValueError, match=said):
        Question(**{**told, **changed})


def test_a_place_that_nobody_reaches_is_told():
    question = Question(
        np.array([1.0, 1.0]), np.array([[1.0, np.inf], [2.0, np.inf]]), np.array([False, False]), 1
    )
    with pytest.raises(NoAnswer, match="no way to any site"):
        shortest_ways(question)
