"""The places of a model as cells of the demand, with the times of its own roads."""

import numpy as np
import pytest

from domain.values import Position
from simulations.city_model.grid import PlacesGrid
from simulations.jemss.model import read_jemss
from tests.unit.simulations.jemss_town import write_jemss_town


def test_cells_are_the_places_with_their_weights_and_times(tmp_path):
    imported = read_jemss(write_jemss_town(tmp_path))
    grid = PlacesGrid(imported.model, imported.roads)
    times = grid.times["van"]
    places = [place.position.lon for place in imported.model.places]
    assert sum(times.cells.weights) == pytest.approx(1.0)
    assert dict(zip(places, times.cells.weights, strict=True)) == {100.0: 0.375, 100.01: 0.125, 100.03: 0.5}
    seconds = np.frombuffer(times.seconds, np.uint16).reshape(3, 3)
    west, east = places.index(100.0), places.index(100.03)
    assert seconds[west, east] == 180
    assert seconds[west, west] == 0
    beside = [Position(1.0, 100.004), Position(1.01, 100.028)]
    assert grid.cells_of(beside) == [west, east]
    assert grid.cells_of([]) == []
