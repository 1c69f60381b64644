"""Which shapes streets may be closed along. One thousandth of a degree is 111 m north, 109 m east."""

import time
from itertools import pairwise
from math import cos, sin

import pytest

from domain.errors import BadPosition
from domain.road_errors import (
    AreaCrossesItself,
    BadStretch,
    BadWidth,
    StretchTooLarge,
    StretchTooShort,
    TooMuchGround,
)
from domain.stretch_rules import judge_ground, judge_stretch, middle, without_repeats
from domain.traffic import Stretch


def shape(kind: str, *steps: tuple[float, float], width_m: float = 15.0) -> Stretch:
    """Corners in thousandths of a degree north and east of a place in the town."""
    points = tuple((round(10.75 + n / 1000, 7), round(106.65 + e / 1000, 7)) for n, e in steps)
    return Stretch(kind, points, width_m)  # type: ignore[arg-type]


def circle(corners: int, radius: float = 10.0) -> Stretch:
    turns = (6.283185307 * i / corners for i in range(corners))
    return shape("area", *((radius * cos(turn), radius * sin(turn)) for turn in turns))


SQUARE = ((0, 0), (0, 1), (1, 1), (1, 0))
GOOD = {
    "a point": shape("point", (0, 0)),
    "a wide point": shape("point", (0, 0), width_m=500),
    "a line": shape("line", (0, 0), (0, 1)),
    "a line there and back": shape("line", (0, 0), (0, 1), (0, 0.5)),
    "a triangle": shape("area", (0, 0), (0, 1), (1, 0)),
    "a square": shape("area", *SQUARE),
    "a square the other way round": shape("area", *reversed(SQUARE)),
    "a square that says its first corner again": shape("area", *SQUARE, SQUARE[0]),
    "a bay": shape("area", (0, 0), (2, 0), (2, 2), (1, 1), (0, 2)),
    "a corner on a straight edge": shape("area", (0, 0), (0, 1), (0, 2), (1, 1)),
    "a circle": circle(500),
}
BAD = {
    "a point of two places": (shape("point", (0, 0), (0, 1)), BadStretch),
    "no place": (shape("point"), BadStretch),
    "a line of one place": (shape("line", (0, 0)), BadStretch),
    "a line that goes nowhere": (shape("line", (0, 0), (0, 0)), BadStretch),
    "an area of two corners": (shape("area", (0, 0), (0, 1)), BadStretch),
    "an area there and back": (shape("area", (0, 0), (0, 1), (0, 0)), BadStretch),
    "an area without inside": (shape("area", (0, 0), (0, 1), (0, 2)), (BadStretch, AreaCrossesItself)),
    "a bow tie": (shape("area", (0, 0), (1, 1), (0, 1), (1, 0)), AreaCrossesItself),
    "an edge run twice": (shape("area", (0, 0), (0, 2), (0, 1), (1, 1)), AreaCrossesItself),
    "a corner that touches an edge": (
        shape("area", (0, 0), (0, 2), (2, 2), (0, 1), (2, 0)),
        AreaCrossesItself,
    ),
    "501 corners": (circle(501), BadStretch),
    "a line through the country": (shape("line", (0, 0), (500, 0)), StretchTooLarge),
    "a typing slip in one corner": (shape("area", *SQUARE, (1000, 1)), StretchTooLarge),
    "an area of 400 km²": (circle(40, radius=102), StretchTooLarge),
    "an area of 120 km²": (circle(40, radius=56), StretchTooLarge),
    "a line of almost no length": (
        Stretch("line", ((10.75, 106.65), (10.75 + 1e-9, 106.65))),
        StretchTooShort,
    ),
    "a line of 90 cm": (shape("line", (0, 0), (0, 0.004), (0, 0.008)), StretchTooShort),
    "a line that says a place twice": (shape("line", (0, 0), (0, 1), (0, 1), (0, 2)), StretchTooShort),
    "no width": (shape("line", (0, 0), (0, 1), width_m=0), BadWidth),
    "a width of a district": (shape("point", (0, 0), width_m=501), BadWidth),
    "a width that is none": (shape("point", (0, 0), width_m=float("nan")), BadWidth),
    "a latitude of 91": (Stretch("point", ((91.0, 106.0),)), BadPosition),
    "nowhere": (Stretch("line", ((10.75, 106.65), (0.0, 0.0))), BadPosition),
    "infinity": (Stretch("point", ((float("inf"), 106.0),)), BadPosition),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_stretch_may_be(name):
    judge_stretch(GOOD[name])


@pytest.mark.parametrize("name", BAD)
def test_a_stretch_may_not_be(name):
    stretch, refusal = BAD[name]
    with pytest.raises(refusal):
        judge_stretch(stretch)


def test_an_area_that_goes_to_and_fro_is_judged_within_a_blink():
    comb = [(0.0, 0.0)]
    for tooth in range(166):
        comb += [(10, tooth / 10), (10, tooth / 10 + 0.03), (1, tooth / 10 + 0.06)]
    comb.append((0.0, 16.6))
    began = time.perf_counter()
    judge_stretch(shape("area", *comb))
    assert time.perf_counter() - began < 0.5
    assert all(one != other for one, other in pairwise(comb))


def test_the_middle_of_a_square_is_its_middle_however_it_is_said():
    for name in ("a square", "a square that says its first corner again"):
        assert middle(GOOD[name]) == pytest.approx((10.7505, 106.6505))


def test_a_standing_cars_track_is_a_line_without_its_repeated_places():
    track = shape("line", (0, 0), (0, 0), (0, 0.0005), (0, 1), (0, 1), (0, 2), (0, 2))
    tidied = without_repeats(track)
    assert tidied == shape("line", (0, 0), (0, 1), (0, 2))
    judge_stretch(tidied)


@pytest.mark.parametrize("name", GOOD)
def test_what_repeats_nothing_stays_as_it_was_said(name):
    assert without_repeats(GOOD[name]) is GOOD[name]


@pytest.mark.parametrize("name", BAD)
def test_to_leave_out_repeats_makes_nothing_good_of_what_is_no_stretch(name):
    stretch, _ = BAD[name]
    if name == "a line that says a place twice":
        return
    with pytest.raises(Exception, match=r".") as refusal:
        judge_stretch(without_repeats(stretch))
    assert refusal.type.__module__ in ("domain.errors", "domain.road_errors")


def test_one_order_may_speak_of_a_large_town_and_of_no_more():
    flood = circle(40, radius=48)  # some 90 km²
    judge_ground([flood] * 4)
    with pytest.raises(TooMuchGround, match="km² large"):
        judge_ground([flood] * 5)
    across = shape("line", (0, 0), (400, 0))  # 44 km
    judge_ground([across] * 11)
    with pytest.raises(TooMuchGround, match="500 km long"):
        judge_ground([across] * 12)
