import json

import pytest

from api.ingest.fix import BadFix
from api.ingest.owntracks import device_of, read_location
from tests.unit.api.ingest.test_fix import NOON, NOON_S

LOCATION = {"_type": "location", "lat": 10.76, "lon": 106.66, "tst": NOON_S, "tid": "c1"}


def read(**facts):
    return read_location(json.dumps({**LOCATION, **facts}).encode())


def test_a_location_becomes_a_fix_in_our_units():
    fix = read(vel=54, cog=275, acc=12, alt=7, batt=80, conn="m")
    assert (fix.at, fix.lat, fix.lon) == (NOON, 10.76, 106.66)
    assert fix.speed_mps == pytest.approx(54_000 / 3_600)  # km an hour
    assert (fix.heading_deg, fix.accuracy_m) == (275, 12)


def test_what_a_phone_leaves_out_is_not_known():
    assert read()[3:] == (None, None, None)


def test_an_invalid_course_or_speed_of_a_phone_that_stands_is_not_known():
    assert read(vel=-1, cog=-1, acc=-1)[3:] == (None, None, None)


def test_the_time_is_that_of_the_fix_not_of_the_message():
    assert read(created_at=NOON_S + 500).at == NOON


def test_a_time_in_milliseconds_is_understood():
    assert read(tst=NOON_S * 1000).at == NOON


@pytest.mark.parametrize("kind", ["lwt", "transition", "waypoint", "status", None, 7])
def test_other_messages_tell_no_place(kind):
    assert read(_type=kind) is None


def test_a_cleared_message_tells_no_place():
    assert read_location(b"") is None


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (b"\xff\xfe", "not JSON"),
        (b"[1]", "not JSON"),
        (b'{"_type":"\xff"}', "not JSON"),  # no UTF-8 within a text
        (b'{"_type":' + b"[" * 1000 + b"]" * 1000 + b"}", "not JSON"),
        (b'{"_type":"encrypted","data":"x"}', "encrypted"),
        (b'{"_type":"location","lat":10.7,"lon":106.6}', "when"),
        (b'{"_type":"location","tst":1772539200,"lat":"x","lon":106.6}', "lat is no number"),
        (b'{"_type":"location","tst":"yesterday","lat":10,"lon":106.6}', "tst is no number"),
        (b'{"_type":"location","tst":17,"lat":10,"lon":106.6}', "no time"),
        (b'{"_type":"location","tst":1772539200,"lat":10,"lon":106.6,"mock":true}', "made up"),
    ],
)
def test_what_cannot_be_believed_is_refused_with_a_reason(payload, words):
    with pytest.raises(BadFix, match=words):
        read_location(payload)


@pytest.mark.parametrize(
    ("topic", "device"),
    [
        ("owntracks/lan/phone", "lan/phone"),
        ("owntracks/lan/phone/event", None),
        ("owntracks/lan", None),
        ("owntracks//phone", None),
        ("other/lan/phone", None),
    ],
)
def test_the_topic_says_which_device_speaks(topic, device):
    assert device_of(topic) == device
