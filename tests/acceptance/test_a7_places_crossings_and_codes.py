"""A7: POI / intersection / plus-code / what3words / map click: each input type drops a pin + reverse address.

what3words is a licensed service with no open table, and so is not read.
"""

import pytest

from domain.values import Position
from tests.named_town import apart_m
from tests.server import ok, refused
from tests.small_city import where


def first(desk, said):
    return ok(desk.client.get("/places", params={"q": said}))["places"][0]


def spot(place):
    return Position(place["position"]["lat"], place["position"]["lon"])


@pytest.mark.parametrize(
    ("said", "kind", "corner", "within_m"),
    [
        ("bv bắc", "hospital", "D", 1),
        ("đối diện bệnh viện Đông", "hospital", "X", 1),
        ("Pasteur x Nguyễn Trãi", "crossing", "I", 1),
        ("goc pasteur tran phu", "crossing", "Y", 1),
        ("7P28PMX2+J2", "code", "I", 10),
        ("PMX2+J2", "code", "I", 10),
        ("10.749096, 106.65", "position", "I", 1),
        ("10°44'56.7\"N 106°39'00.0\"E", "position", "I", 5),
    ],
)
def test_every_kind_of_place_drops_a_pin(desk, said, kind, corner, within_m):
    best = first(desk, said)
    assert best["kind"] == kind
    assert apart_m(spot(best), where(corner)) < within_m
    assert not best["ambiguous"]


def test_a_click_on_the_map_has_an_address(desk):
    at = where("B")
    found = ok(desk.client.get("/places/reverse", params={"lat": at.lat, "lon": at.lon}))
    assert found["place"]["label"] == "12 Lê Lợi"
    assert found["place"]["parts"]["house"] == "12"
    assert found["map_version"].startswith("letters-")


def test_a_click_far_from_every_street_has_none(desk):
    assert ok(desk.client.get("/places/reverse", params={"lat": 9.0, "lon": 105.0}))["place"] is None


def test_coordinates_are_told_with_the_address_that_is_there(desk):
    at = where("B")
    assert first(desk, f"{at.lat}, {at.lon}")["label"] == "12 Lê Lợi"


def test_a_click_beyond_the_earth_is_refused(desk):
    refused(desk.client.get("/places/reverse", params={"lat": 91, "lon": 106}), 422)


def test_a_pin_becomes_the_place_of_a_call(desk):
    place = first(desk, "45/6 Trần Phú")
    call = desk.call(position=place["position"], address=place["label"])
    assert desk.row("calls", call["id"])["position"] == place["position"]
