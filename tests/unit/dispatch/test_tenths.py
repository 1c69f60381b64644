"""Seconds and metres are told to a tenth, by hundreds as one by one."""

import warnings

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dispatch.policies.tenths import in_tenths, tenths

thousandths = st.integers(-(10**10), 10**10).map(lambda each: each / 1000)
halves = st.integers(-(10**9), 10**9).map(lambda each: (2 * each + 1) / 20)
anything = st.floats(-1e15, 1e15)


@given(st.lists(thousandths | halves | anything, max_size=40))
def test_many_figures_are_rounded_as_each_would_be(figures):
    assert [each.hex() for each in tenths(figures)] == [round(each, 1).hex() for each in figures]


def test_a_half_goes_where_its_binary_value_lies():
    assert tenths([0.25, 0.35, 0.15, 0.45, 2.675, -0.05]) == [0.2, 0.3, 0.1, 0.5, 2.7, -0.1]
    assert [round(each, 1) for each in (0.25, 0.35, 0.15, 0.45, 2.675, -0.05)] == [
        0.2,
        0.3,
        0.1,
        0.5,
        2.7,
        -0.1,
    ]


def test_no_way_stays_none_and_warns_nobody():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert in_tenths(np.array([np.inf, 12.34])).tolist() == [np.inf, 12.3]
