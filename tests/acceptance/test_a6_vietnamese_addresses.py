"""A6: Vietnamese address parser: `hẻm 123/45/6`, no-diacritics, old/new ward names after the 2025 merger:
200-address gold set >=95% within 100 m or flagged ambiguous.

The gold set itself is asked in tests/integration/gazetteer; here a few of each kind go through the service.
"""

import pytest

from domain.values import Position
from tests.named_town import apart_m
from tests.server import ok, refused
from tests.small_city import where


def ask(desk, said, **facts):
    return ok(desk.client.get("/places", params={"q": said, **facts}))["places"]


def spot(place):
    return Position(place["position"]["lat"], place["position"]["lon"])


@pytest.mark.parametrize(
    ("said", "corner"),
    [
        ("20 đường 3/2", "R"),
        ("so 20 ba thang hai", "R"),
        ("45/6 Trần Phú", "i"),
        ("nhà số 6 hẻm 45 tran phu", "i"),
        ("91 Tran Phú", "e"),
    ],
)
def test_addresses_of_the_town_are_found_however_they_are_typed(desk, said, corner):
    best = ask(desk, said)[0]
    assert apart_m(spot(best), where(corner)) < 1
    assert best["ambiguous"] is False
    assert best["confidence"] > 0.9
    assert best["kind"] == "house"


def test_a_street_that_is_there_twice_is_flagged_and_the_nearer_comes_first(desk):
    near = where("t")
    found = ask(desk, "12 le loi", near=f"{near.lat},{near.lon}")
    assert found[0]["ambiguous"]
    assert found[1]["ambiguous"]
    assert apart_m(spot(found[0]), where("t")) < 100
    assert apart_m(spot(found[1]), where("B")) < 1
    assert "nơi trùng khớp" in found[0]["reasons"][-1]["vi"]


def test_an_unknown_house_is_answered_with_less_trust_and_a_wider_circle(desk):
    known, unknown = ask(desk, "45/6 Trần Phú")[0], ask(desk, "45/9 Trần Phú")[0]
    assert unknown["confidence"] < known["confidence"]
    assert unknown["radius_m"] > known["radius_m"]
    assert unknown["parts"]["alley"] == "45"


@pytest.mark.parametrize("said", ["", "   ", "?!,.", "…"])
def test_nothing_said_is_an_empty_list(desk, said):
    assert ask(desk, said) == []


def test_more_than_200_letters_are_refused_in_both_languages(desk):
    for language, words in (("en", "at most 200 letters"), ("vi", "dài nhất 200 ký tự")):
        answer = desk.client.get("/places", params={"q": "x" * 201}, headers={"Accept-Language": language})
        assert words in refused(answer, 422)["detail"]


def test_only_those_at_the_desk_may_look_addresses_up(server):
    with server.client("hospital") as client:
        refused(client.get("/places", params={"q": "le loi"}), 403)
