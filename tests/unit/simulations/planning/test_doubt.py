"""What an answer hangs on, and where a city ends."""

import json

import numpy as np
import pytest

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
    assert read_outline(path).area == pytest.approx(1.0)
    path.write_text(json.dumps({"type": "Point", "coordinates": [1, 2]}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"city\.json holds no area"):
        read_outline(path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"city\.json is no GeoJSON"):
        read_outline(path)
