"""Erlang's formulas against their definitions and figures from the tables of telephone engineers."""

from math import exp, factorial

import numpy as np
import pytest

from simulations.analytic.erlang import erlang_b, erlang_c, waiting, waits_longer
from simulations.analytic.impatient import impatient
from simulations.analytic.unlimited import mean_there, share_of_time


@pytest.mark.parametrize(("servers", "load"), [(1, 0.3), (5, 4.0), (14, 9.5), (40, 33.0)])
def test_the_share_that_is_lost_is_the_textbooks_quotient(servers: int, load: float) -> None:
    terms = [load**k / factorial(k) for k in range(servers + 1)]
    assert erlang_b(servers, load) == pytest.approx(terms[-1] / sum(terms), rel=1e-12)


def test_ten_trunks_carry_four_and_a_half_erlangs_at_one_per_cent_loss() -> None:
    assert erlang_b(10, 4.461) == pytest.approx(0.01, abs=1e-4)  # the usual table of traffic engineers


def test_one_server_waits_as_in_the_simplest_of_queues() -> None:
    found = waiting(0.8 / 60, 60.0, 1)
    assert found.waits == pytest.approx(0.8)
    assert found.mean_s == pytest.approx(0.8 * 60 / 0.2)
    assert found.queue == pytest.approx(0.8**2 / 0.2)
    assert waits_longer(0.8 / 60, 60.0, 1, 90.0) == pytest.approx(0.8 * exp(-0.2 * 1.5))


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="never catch up"):
        erlang_c(3, 3.0)
    with pytest.raises(ValueError, match="has to be a server"):
        erlang_b(0, 1.0)
    with pytest.raises(ValueError, match="less than nothing"):
        erlang_b(1, -1.0)


def test_callers_with_endless_patience_are_those_of_a_plain_queue_and_without_any_those_that_are_lost() -> (
    None
):
    patient = impatient(4.0 / 60, 60.0, 6, 1e9)
    assert patient.waits == pytest.approx(erlang_c(6, 4.0), rel=1e-5)
    assert patient.lost == pytest.approx(0.0, abs=1e-6)
    hasty = impatient(4.0 / 60, 60.0, 6, 1e-9)
    assert hasty.lost == pytest.approx(erlang_b(6, 4.0), rel=1e-6)
    no_room = impatient(4.0 / 60, 60.0, 6, 60.0, lines=6)
    assert no_room.lost == pytest.approx(erlang_b(6, 4.0), rel=1e-12)


def test_what_goes_in_is_answered_or_lost() -> None:
    found = impatient(10.0 / 60, 60.0, 8, 45.0)
    assert 8 * found.busy == pytest.approx(10.0 * (1 - found.lost), rel=1e-9)


def test_where_nobody_waits_the_number_there_is_poissons() -> None:
    shares = np.array([share_of_time(there, 3.0 / 3600, 7200.0) for there in range(60)])
    assert shares.sum() == pytest.approx(1.0, abs=1e-12)
    assert (shares * np.arange(60)).sum() == pytest.approx(mean_there(3.0 / 3600, 7200.0), abs=1e-9)
    assert share_of_time(0, 0.0, 60.0) == 1.0
