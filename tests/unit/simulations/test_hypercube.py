"""Larson's hypercube, held against the same chain written down state by state, and against Erlang."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulations.analytic.erlang import erlang_b, erlang_c
from simulations.analytic.hypercube import solve


def chain_by_hand(
    calls_per_s: Sequence[float], service_s: Sequence[float], order: Sequence[Sequence[int]]
) -> dict[tuple[int, ...], float]:
    """Each state a tuple of who is busy; every flow on its own, and a dense least-squares solution."""
    states = list(product((0, 1), repeat=len(service_s)))
    number = {state: i for i, state in enumerate(states)}
    flow = np.zeros((len(states) + 1, len(states)))
    for state in states:
        leaves = []
        for rate, liked in zip(calls_per_s, order, strict=True):
            goes = next((unit for unit in liked if not state[unit]), None)
            if goes is not None:
                leaves.append((rate, (*state[:goes], 1, *state[goes + 1 :])))
        leaves += [
            (1 / service_s[unit], (*state[:unit], 0, *state[unit + 1 :]))
            for unit in range(len(state))
            if state[unit]
        ]
        for rate, then in leaves:
            flow[number[then], number[state]] += rate
            flow[number[state], number[state]] -= rate
    flow[-1] = 1.0
    right = np.zeros(len(states) + 1)
    right[-1] = 1.0
    found = np.linalg.lstsq(flow, right, rcond=None)[0]
    return {state: float(found[number[state]]) for state in states}


@st.composite
def towns(draw: st.DrawFn) -> tuple[list[float], list[float], list[list[int]]]:
    units = draw(st.integers(1, 5))
    places = draw(st.integers(1, 4))
    rates = st.floats(0.05, 2.0)
    return (
        draw(st.lists(rates, min_size=places, max_size=places)),
        draw(st.lists(rates, min_size=units, max_size=units)),
        [draw(st.permutations(range(units))) for _ in range(places)],
    )


@given(towns())
def test_every_state_has_the_share_that_the_chain_written_by_hand_gives_it(
    town: tuple[list[float], list[float], list[list[int]]],
) -> None:
    calls_per_s, service_s, order = town
    found = solve(np.array(calls_per_s), np.array(service_s), np.array(order), waits=False)
    by_hand = chain_by_hand(calls_per_s, service_s, order)
    for state, share in by_hand.items():
        number = sum(busy << unit for unit, busy in enumerate(state))
        assert found.states[number] == pytest.approx(share, abs=1e-9)
    workload = [
        sum(share for state, share in by_hand.items() if state[unit]) for unit in range(len(service_s))
    ]
    assert found.workload == pytest.approx(workload, abs=1e-9)


def nine_on_a_line(load: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Nine units, each in the middle of its own stretch of a line; the nearest is asked first."""
    order = [sorted(range(9), key=lambda unit: (abs(unit - place), unit)) for place in range(9)]
    return np.full(9, load), np.ones(9), np.array(order)


@pytest.mark.parametrize("load", [0.2, 0.5, 0.9])
def test_on_a_line_of_nine_units_calls_are_lost_and_wait_as_erlang_says(load: float) -> None:
    town = nine_on_a_line(load)
    assert solve(*town, waits=False).nobody == pytest.approx(erlang_b(9, 9 * load), abs=1e-9)
    assert solve(*town, waits=True).nobody == pytest.approx(erlang_c(9, 9 * load), abs=1e-9)


def test_on_a_line_of_nine_units_those_in_the_middle_have_most_to_do() -> None:
    found = solve(*nine_on_a_line(0.5), waits=True)
    assert found.workload.sum() == pytest.approx(9 * 0.5, abs=1e-9)
    assert min(found.workload[3:6]) > max(found.workload[0], found.workload[8])
    assert found.workload[0] < found.workload[1] < found.workload[3]
    assert found.workload[8] < found.workload[7] < found.workload[5]
    assert found.dispatches.sum() == pytest.approx(1.0, abs=1e-12)


def test_units_that_never_catch_up_and_orders_that_leave_somebody_out_are_refused() -> None:
    rates, times, order = nine_on_a_line(1.0)
    with pytest.raises(ValueError, match="never catch up"):
        solve(rates, times, order, waits=True)
    with pytest.raises(ValueError, match="names every unit once"):
        solve(rates, times, np.zeros((9, 9), int), waits=False)
    with pytest.raises(ValueError, match="too many"):
        solve(np.ones(1), np.ones(13), np.arange(13)[None, :], waits=False)
