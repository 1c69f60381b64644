"""A city for a benchmark is a city: its units have callsigns that can be read."""

from pathlib import Path

import pytest

from api.bench.peopled import city_with
from dispatch.city_file import load_city

CITIES = Path(__file__).parents[3] / "cities"


@pytest.mark.parametrize("units", [3, 140, 300])
def test_a_grown_city_has_as_many_units_as_were_wanted(tmp_path, units):
    name = city_with(units, CITIES / "hcmc", tmp_path)
    assert len(load_city(tmp_path / name).units) == units
