"""How many beds: Erlang's B one bed at a time, and patients that are simulated."""

import numpy as np
import pytest

from simulations.analytic.erlang import erlang_b
from simulations.chance import generator
from simulations.lean.takers import BUSY_TONE, always, answer
from simulations.planning.beds import DAY_S, plan_beds
from simulations.statistics.intervals import mean_of


@pytest.mark.parametrize(
    ("a_day", "days", "away"), [(0.5, 1.0, 0.2), (6.0, 4.0, 0.05), (40.0, 3.5, 0.01), (300.0, 6.0, 0.02)]
)
def test_one_bed_less_would_turn_too_many_away(a_day, days, away):
    plan = plan_beds(a_day, days * DAY_S, away)
    assert plan.turned_away == pytest.approx(erlang_b(plan.beds, a_day * days))
    assert plan.turned_away <= away
    assert plan.beds == 1 or erlang_b(plan.beds - 1, a_day * days) > away
    assert {beds: lost for beds, lost, _ in plan.beside}[plan.beds] == pytest.approx(plan.turned_away)
    assert plan.wished[0] == a_day * days
    assert plan.wished[1] > plan.wished[0] - 1


def test_as_many_are_turned_away_as_foretold_whatever_the_law_of_their_stays():
    """Six patients a day who stay four days on average, with a long tail: a line for each bed, no waiting."""
    plan = plan_beds(6.0, 4 * DAY_S, 0.05)
    lost = []
    for replication in range(20):
        rang_s = np.cumsum(generator(31, replication, "arrivals").exponential(DAY_S / 6, 20_000))
        stay_s = generator(31, replication, "stays").lognormal(np.log(4 * DAY_S) - 0.5, 1.0, len(rang_s))
        fate = answer(rang_s, stay_s, np.zeros(len(rang_s)), always(plan.beds, plan.beds)).fate
        lost.append(float((fate[2_000:] == BUSY_TONE).mean()))
    assert mean_of(lost, 0.999).holds(plan.turned_away)
    assert mean_of(lost).high < 0.06


def test_how_many_would_lie_there_were_there_no_end_of_beds():
    """Poisson with mean 24: 32 is the least number exceeded in no more than one hour of twenty."""
    from scipy.stats import poisson

    assert plan_beds(6.0, 4 * DAY_S, 0.05).wished[1] == poisson.ppf(0.95, 24)


def test_bad_questions_get_a_sentence():
    for told in ((0.0, 1.0, 0.1), (1.0, 0.0, 0.1), (float("inf"), 1.0, 0.1)):
        with pytest.raises(ValueError, match="Patients come"):
            plan_beds(*told)
    with pytest.raises(ValueError, match="above 0 and below 1"):
        plan_beds(1.0, DAY_S, 1.0)
