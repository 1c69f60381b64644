"""Coordinates and plus codes."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values import Position
from routing.gazetteer.codes import DIGITS, coordinates, decoded, encoded, plus_code
from tests.named_town import apart_m

HERE = Position(10.7769, 106.7009)


@pytest.mark.parametrize(
    "said",
    [
        "10.7769, 106.7009",
        "10.7769 106.7009",
        "10,7769 106,7009",
        "106.7009, 10.7769",
        "geo:10.7769,106.7009",
        "lat 10.7769 lon 106.7009",
        "10.7769N 106.7009E",
        "10°46'36.84\"N 106°42'03.24\"E",
        "N10°46.614' E106°42.054'",
        "https://www.google.com/maps/@10.7769,106.7009,17z",
        "https://maps.google.com/?q=10.7769,106.7009",
    ],
)
def test_coordinates_are_read_in_every_notation(said):
    assert apart_m(coordinates(said), HERE) < 1


@pytest.mark.parametrize(
    "said", ["123 45", "12/3", "10.5", "200.1, 300.2", "0.0, 0.0", "10°99'00\"N 106°00'E"]
)
def test_what_is_no_place_on_earth_is_no_coordinate(said):
    assert coordinates(said) is None


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("7FG49QCJ+2V", 20.3700625, 2.7821875),
        ("8FVC9G8F+6X", 47.3655625, 8.5249375),
        ("7FG49QCJ+2VX", 20.3701125, 2.782234375),
        ("6FH32222+222", 1.0000125, 1.000015625),
    ],
)
def test_codes_of_the_specification_are_decoded(code, lat, lon):
    place, _ = decoded(code, HERE)
    assert apart_m(place, Position(lat, lon)) < 0.1


def test_a_short_code_means_the_nearest_cell():
    """As the specification's own example: 9G8F+6X in Zurich."""
    place, radius = decoded("9G8F+6X", Position(47.4, 8.6))
    assert apart_m(place, Position(47.3655625, 8.5249375)) < 0.1
    assert radius < 15


@given(st.floats(-85, 85), st.floats(-179.9, 179.9).filter(bool))
def test_a_code_leads_back_to_its_place(lat, lon):
    place = Position(lat, lon)
    back, radius = decoded(encoded(place), HERE)
    assert apart_m(back, place) <= radius + 1
    short, _ = decoded(encoded(place)[4:], place)
    assert apart_m(short, place) <= radius + 1


@given(st.floats(9, 12), st.floats(105, 108))
def test_a_code_equals_that_of_the_slow_twin(lat, lon):
    """The twin divides with fractions, digit after digit, as the specification tells it."""
    rest_lat, rest_lon, cell, digits = Fraction(lat) + 90, Fraction(lon) + 180, Fraction(400), ""
    for _ in range(5):
        cell /= 20
        row, column = rest_lat // cell, rest_lon // cell
        rest_lat, rest_lon = rest_lat - row * cell, rest_lon - column * cell
        digits += DIGITS[row] + DIGITS[column]
    twin = f"{digits[:8]}+{digits[8:]}"
    mine = encoded(Position(lat, lon))
    # On the very edge of a cell the last bit decides, and its neighbour is as good.
    assert mine == twin or apart_m(decoded(twin, HERE)[0], decoded(mine, HERE)[0]) < 21


def test_a_code_is_found_among_words():
    assert plus_code("nhà ở QPG2+Q9, quận 1").beside == "nhà ở  , quận 1".strip()
    assert plus_code("7p28qpg2+q9").code == "7P28QPG2+Q9"
    assert plus_code("A+B") is None


def test_more_digits_are_a_smaller_cell():
    radii = [decoded(code, HERE)[1] for code in ("7P28QPG2+", "7P28QPG2+Q9", "7P28QPG2+Q9X")]
    assert all(wide > narrow for wide, narrow in pairwise(radii))
