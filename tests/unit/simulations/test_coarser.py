"""A model with fewer places is the same city, seen from farther away."""

from dataclasses import replace

import numpy as np
import pytest

from domain.values import Position
from simulations.city_model.coarser import coarser
from simulations.city_model.model import Place
from tests.unit.simulations.small_model import small_model


def row_of(count):
    """West to east, each with one call more than the last by day, and one each by night."""
    places = tuple(
        Place(f"p{number}", Position(10.7, 106.6 + number / 1000), (float(number), 1.0))
        for number in range(count)
    )
    return replace(small_model(), places=places)


def test_as_many_calls_come_as_before_in_every_period():
    model = row_of(40)
    fewer = coarser(model, 8)
    assert len(fewer.places) == 8
    sums = [np.sum([place.weights for place in each.places], axis=0).tolist() for each in (model, fewer)]
    assert sums[1] == pytest.approx(sums[0])
    assert {place.id for place in fewer.places} <= {place.id for place in model.places}
    heaviest = max(sum(place.weights) for place in fewer.places)
    assert heaviest < 2.5 * sum(sums[0]) / 8


def test_each_stands_in_the_middle_of_its_own():
    (one,) = coarser(row_of(3), 1).places
    assert one.id == "p1", "the weights 1, 2 and 3 balance a third of a step east of it"


def test_few_places_stay_as_they_are():
    model = small_model()
    assert coarser(model, 2) is model


def test_somewhere_without_calls_is_no_trouble():
    model = replace(
        small_model(),
        places=tuple(Place(f"p{n}", Position(10.7, 106.6 + n / 100), (0.0, 0.0)) for n in range(4)),
    )
    assert len(coarser(model, 2).places) == 2
