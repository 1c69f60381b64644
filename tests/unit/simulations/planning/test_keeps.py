"""How long a call keeps a taker and an incident a unit, out of a model, by hand."""

from math import gamma

import pytest

from simulations.planning.keeps import DRIVES_S, taker_s, unit_s
from tests.unit.simulations.small_model import small_model

SERIOUS, MINOR, NUISANCE = 10.0 * 168, 7 * (24 * 5 + 276), 30.0 * 168
"""Calls a week."""


def test_a_call_keeps_a_taker_as_long_as_the_model_says_also_where_nobody_is_sent():
    spent_s = SERIOUS * 150.0 + MINOR * 180.0 + NUISANCE * 20.0
    assert taker_s(small_model()) == pytest.approx(spent_s / (SERIOUS + MINOR + NUISANCE))


def test_an_incident_keeps_a_unit_on_the_scene_at_the_door_and_on_the_road():
    handover_s = 1_200.0 * gamma(1 + 1 / 2.5)
    serious_s = 900.0 + 0.9 * handover_s + 360.0 + DRIVES_S
    minor_s = 600.0 + 0.5 * handover_s + 360.0 + DRIVES_S
    expected = (SERIOUS * serious_s + MINOR * minor_s) / (SERIOUS + MINOR)
    assert unit_s(small_model()) == pytest.approx(expected)
