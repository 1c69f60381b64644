"""What an answer hangs on, and where a city ends."""

import json

import numpy as np
import pytest

from domain.values import Position
from simulations.planning.doubt import doubt
from simulations.planning.mclp import most_covered
from simulations.planning.outline import read_outline
from simulations.planning.question import Question


def test_a_far_town_is_opened_every_time_and_one_of_two_like_villages_half_the_time():
    """A town and two villages, each reached from its own site only; two sites are opened."""
    seconds = np.full((3, 3), 9_000.0)
    np.fill_diagonal(seconds, 60.0)
    question = Question(np.array([100.0, 1.0, 1.0]), seconds, np.zeros(3, bool), 2)
    answer = most_covered(question, 300.0)
    found = doubt(question, answer, 300.0, times=200)
    assert answer.opened[0] == 0
    assert found.again[0] == 1.0
    assert found.again[1] == pytest.approx(0.5, abs=0.12)
    assert all(here <= best + 1e-9 for here, best in zip(found.covered, found.best, strict=True))


def test_an_outline_is_an_area_of_geojson_or_a_sentence(tmp_path):
    path = tmp_path / "city.json"
    ring = [[106.0, 10.0], [107.0, 10.0], [107.0, 11.0], [106.0, 11.0], [106.0, 10.0]]
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
    outline = read_outline(path)
    assert outline.whole.area == pytest.approx(1.0)
    assert outline.names == ()
    path.write_text(json.dumps({"type": "Point", "coordinates": [1, 2]}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"city\.json holds no area"):
        read_outline(path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"city\.json is no GeoJSON"):
        read_outline(path)


def test_named_areas_of_an_outline_are_the_wards_of_the_places(tmp_path):
    def area(name, west):
        ring = [[west, 10.0], [west + 1, 10.0], [west + 1, 11.0], [west, 11.0], [west, 10.0]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        return {"type": "Feature", "properties": {"name": name}, "geometry": shape}

    path = tmp_path / "city.json"
    features = [area("Tây", 106.0), area(None, 107.0), area("Đông", 108.0)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    outline = read_outline(path)
    assert outline.whole.area == pytest.approx(3.0)
    places = [Position(10.5, lon) for lon in (108.5, 107.5, 106.5, 109.5)]
    shapes, ward_of = outline.wards(places)
    assert [shape.name for shape in shapes] == ["Tây", "Đông"]
    assert ward_of == [1, -1, 0, -1]
    assert (10.0, 106.0) in shapes[0].rings[0]


def test_places_that_come_several_times_over_are_off_together():
    """The same two villages by day and by night: neither is opened for one of its times alone."""
    seconds = np.full((3, 3), 9_000.0)
    np.fill_diagonal(seconds, 60.0)
    weight = np.array([100.0, 1.0, 1.0])
    once = Question(weight, seconds, np.zeros(3, bool), 2)
    twice = Question(np.concatenate([weight, weight]), np.hstack([seconds, seconds]), once.open, 2)
    answer = most_covered(once, 300.0)
    assert most_covered(twice, 300.0).opened == answer.opened
    found = doubt(twice, answer, 300.0, places=3, times=60)
    assert found.again == doubt(once, answer, 300.0, times=60).again
    assert sum(found.chosen) == pytest.approx(2.0)
    assert found.chosen[1] + found.chosen[2] == pytest.approx(1.0)
