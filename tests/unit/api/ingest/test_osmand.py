import json
from datetime import timedelta

import pytest

from api.ingest.fix import BadFix
from api.ingest.osmand import read_request
from tests.unit.api.ingest.test_fix import NOON, NOON_S

HEARD = NOON + timedelta(seconds=3)
PLACE = "lat=10.76&lon=106.66"
FORM = "application/x-www-form-urlencoded"


def of_query(query):
    return read_request(query, "", b"", HEARD)


def of_json(**changes):
    coords = {"latitude": 10.76, "longitude": 106.66, "speed": 12.5, "heading": 90.0, "accuracy": 5.0}
    coords.update(changes.pop("coords", {}))
    location = {"timestamp": "2026-03-03T12:00:00.000Z", "coords": coords, "is_moving": True, **changes}
    body = json.dumps({"device_id": "secret", "location": location}).encode()
    return read_request("", "application/json; charset=utf-8", body, HEARD)


def test_a_query_becomes_a_fix_with_knots_as_metres_a_second():
    said = of_query(f"id=secret&timestamp={NOON_S}&{PLACE}&speed=10&bearing=45&accuracy=7&batt=80&altitude=5")
    assert said.device == "secret"
    assert (said.fix.at, said.fix.lat, said.fix.lon) == (NOON, 10.76, 106.66)
    assert said.fix.speed_mps == pytest.approx(10 * 1852 / 3600)
    assert (said.fix.heading_deg, said.fix.accuracy_m) == (45, 7)


def test_json_tells_metres_a_second_and_minus_one_for_what_is_not_known():
    assert of_json().fix.speed_mps == 12.5
    unknown = of_json(coords={"speed": -1, "heading": -1, "accuracy": -1}).fix
    assert unknown[3:] == (None, None, None)


def test_the_two_dialects_tell_the_same_speed_by_other_numbers():
    knots = of_query(f"id=secret&timestamp={NOON_S}&{PLACE}&speed={12.5 * 3600 / 1852}").fix.speed_mps
    assert of_json().fix.speed_mps == pytest.approx(knots)


def test_a_form_says_what_a_query_says():
    text = f"deviceid=secret&timestamp={NOON_S}&location=10.76,106.66&speed=10&heading=45"
    assert read_request("", FORM, text.encode(), HEARD) == of_query(text)
    assert read_request("", FORM, text.encode(), HEARD).fix.heading_deg == 45


@pytest.mark.parametrize(
    "time",
    [NOON_S, NOON_S * 1000, "2026-03-03T19:00:00%2B07:00", "2026-03-03%2012:00:00", "2026-03-03T12:00:00Z"],
)
def test_every_way_to_write_the_time_is_understood(time):
    assert of_query(f"id=secret&timestamp={time}&{PLACE}").fix.at == NOON


def test_a_tracker_without_a_clock_speaks_of_now():
    assert of_query(f"id=secret&{PLACE}").fix.at == HEARD


def test_a_device_that_says_it_is_alive_tells_no_place():
    assert of_query("id=secret&batt=80") == ("secret", None, None)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (f"id=secret&{PLACE}&valid=false", "not valid"),
        (f"id=secret&{PLACE}&valid=0", "not valid"),
        (f"id=secret&{PLACE}&mock=true", "made up"),
        (f"id=secret&{PLACE}&timestamp=soon", "no time"),
        ("id=secret&lat=10.76", "lon is no number"),
        ("id=secret&lat=x&lon=106", "lat is no number"),
        ("id=secret&location=10.76", "lon is no number"),
        ("id=secret&lat=nan&lon=106", "lat is no number"),
    ],
)
def test_who_speaks_is_known_even_where_the_report_is_not_believed(query, why):
    said = of_query(query)
    assert (said.device, said.fix) == ("secret", None)
    assert why in said.fault


def test_a_made_up_position_in_json_is_not_believed():
    assert "made up" in of_json(mock=True).fault
    assert of_json(mock=False).fault is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"timestamp": None}, "when"),
        ({"timestamp": 7}, "when"),
        ({"coords": {"latitude": None}}, "latitude is no number"),
        ({"coords": {"longitude": True}}, "longitude is no number"),
    ],
)
def test_json_with_a_hole_is_not_believed(changes, why):
    assert why in of_json(**changes).fault


@pytest.mark.parametrize(
    ("query", "kind", "body"),
    [
        ("", FORM, b""),
        (PLACE, "", b""),
        ("id=", "", b""),
        ("&".join(f"a{i}=1" for i in range(101)), "", b""),
        ("", "application/json", b"{"),
        ("", "application/json", b"[]"),
        ("", "application/json", b'{"location": {}}'),
        ("", "application/json", b'{"device_id": 7}'),
        ("", FORM, b"\xff\xfe\x00"),
    ],
)
def test_where_nobody_speaks_there_is_no_answer_but_a_refusal(query, kind, body):
    with pytest.raises(BadFix):
        read_request(query, kind, body, HEARD)


@pytest.mark.parametrize(
    "body", [b'{"device_id":"\xff"}', b'{"device_id":' + b"[" * 1000 + b"]" * 1000 + b"}", b"\xff"]
)
def test_json_that_no_decoder_can_read_is_refused_as_no_json(body):
    with pytest.raises(BadFix, match="not JSON of Traccar Client"):
        read_request("", "application/json", body, HEARD)
