"""Figures are told on arrays as Python tells them, to the last digit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulations.lean.rounding import billionth, rounded, tenth

HALVES = st.integers(0, 10**6).map(lambda whole: (2 * whole + 1) / 20)
"""As near to the middle between two tenths as a double comes: some lie below it, some above, some on it."""


@settings(deadline=None)  # the first asks the compiler
@given(st.one_of(HALVES, st.floats(0, 1e7)))
def test_a_tenth_is_what_round_says(seconds: float) -> None:
    assert tenth(seconds) == round(seconds, 1)


@settings(deadline=None)  # the first asks the compiler
@given(st.integers(0, 10**9))
def test_a_share_is_told_to_a_hundredth_of_a_percent_as_round_does(billionths: int) -> None:
    assert rounded(billionths / 1e9, 1e4) == round(billionths / 1e9, 4)


@pytest.mark.parametrize("seconds", [0.05, 0.15, 0.25, 0.35, 2.675, 1e6 + 0.05, 0.125, 3.25])
def test_by_hand(seconds: float) -> None:
    assert tenth(seconds) == round(seconds, 1)


@settings(deadline=None)  # the first asks the compiler
@given(st.floats(-1, 1))
def test_a_billionth_is_what_numpy_says(figure: float) -> None:
    assert billionth(figure) == float(np.round(figure, 9))
