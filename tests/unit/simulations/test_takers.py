"""Callers, lines and takers: held against Erlang and Palm, and against a queue played by hand."""

import numpy as np
import pytest

from simulations.analytic.erlang import erlang_b
from simulations.analytic.impatient import impatient
from simulations.chance import generator
from simulations.lean.takers import ANSWERED, BUSY_TONE, HUNG_UP, Takers, always, answer
from simulations.statistics.intervals import mean_of

TALK_S, CALLS, WARM_UP = 180.0, 30_000, 1_000


def day(rate: float, replication: int, patience_s: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rang_s = np.cumsum(generator(115, replication, "rings").exponential(1 / rate, CALLS))
    talk_s = generator(115, replication, "talk").exponential(TALK_S, CALLS)
    return rang_s, talk_s, generator(115, replication, "patience").exponential(patience_s, CALLS)


@pytest.mark.parametrize(("takers", "load", "lines"), [(14, 16.0, None), (5, 4.0, None), (14, 16.0, 20)])
def test_so_many_hang_up_and_the_others_wait_so_long_as_in_palms_queue(
    takers: int, load: float, lines: int | None
) -> None:
    rate, patience_s = load / TALK_S, 60.0
    truth = impatient(rate, TALK_S, takers, patience_s, lines)
    lost, busy = [], []
    for replication in range(30):
        rang_s, talk_s, patience = day(rate, replication, patience_s)
        found = answer(rang_s, talk_s, patience, always(takers, lines or CALLS))
        heard = found.fate[WARM_UP:] == ANSWERED
        lost.append(float(1 - heard.mean()))
        busy.append(float(talk_s[WARM_UP:][heard].sum() / (rang_s[-1] - rang_s[WARM_UP]) / takers))
    assert mean_of(lost, 0.999).holds(truth.lost)
    assert mean_of(busy, 0.999).holds(truth.busy)


def test_without_a_place_to_wait_calls_are_lost_as_erlang_says() -> None:
    lost = []
    for replication in range(30):
        rang_s, talk_s, patience = day(9.0 / TALK_S, replication, 60.0)
        lost.append(
            float((answer(rang_s, talk_s, patience, always(10, 10)).fate[WARM_UP:] == BUSY_TONE).mean())
        )
    assert mean_of(lost, 0.999).holds(erlang_b(10, 9.0))


def test_who_waits_hangs_up_hears_the_busy_tone_or_is_answered_in_the_order_of_ringing() -> None:
    rang_s = np.array([0.0, 1.0, 2.0, 3.0, 50.0])
    found = answer(rang_s, np.full(5, 100.0), np.array([9.0, 200.0, 20.0, 9.0, 500.0]), always(1, 3))
    assert found.fate.tolist() == [ANSWERED, ANSWERED, HUNG_UP, BUSY_TONE, ANSWERED]
    assert found.at_s.tolist() == [0.0, 100.0, 22.0, 3.0, 200.0]


def test_a_desk_is_empty_between_shifts_and_who_talks_when_a_shift_ends_talks_on() -> None:
    takers = Takers(np.array([[0.0, 500.0]]), np.array([[100.0, 600.0]]), lines=9)
    found = answer(np.array([90.0, 95.0, 700.0]), np.full(3, 30.0), np.full(3, 1_000.0), takers)
    assert found.fate.tolist() == [ANSWERED, ANSWERED, HUNG_UP]
    assert found.at_s.tolist() == [90.0, 500.0, 1_700.0]
