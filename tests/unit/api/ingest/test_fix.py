"""Units and times by arithmetic: a nautical mile is 1852 m, an hour 3600 s."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from api.ingest.fix import KMH_MPS, KNOT_MPS, BadFix, Fix, accuracy, heading, moment, number, speed
from domain.errors import BadPosition

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
NOON_S = 1_772_539_200


def test_noon_of_the_third_of_march_is_that_many_seconds_after_1970():
    days = (datetime(2026, 3, 3, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days
    assert days * 86_400 + 12 * 3_600 == NOON_S


def test_3600_knots_are_1852_metres_a_second():
    assert pytest.approx(1852) == 3600 * KNOT_MPS
    assert speed("36", KNOT_MPS) == pytest.approx(18.52)


def test_36_kilometres_an_hour_are_10_metres_a_second():
    assert speed(36, KMH_MPS) == pytest.approx(10.0)


def test_the_same_speed_in_three_units_is_one_speed():
    assert speed(18.52 * 3.6, KMH_MPS) == pytest.approx(speed(36, KNOT_MPS))
    assert speed(18.52, 1.0) == pytest.approx(speed(36, KNOT_MPS))


@pytest.mark.parametrize("said", [-1, "-1", None, "", "fast", True, float("nan"), float("inf"), 541, [3]])
def test_a_speed_that_is_not_known_or_that_nothing_drives_is_left_out(said):
    assert speed(said, KMH_MPS) is None


@pytest.mark.parametrize(
    "said",
    [
        NOON_S,
        float(NOON_S),
        str(NOON_S),
        NOON_S * 1000,
        str(NOON_S * 1000),
        "2026-03-03T12:00:00Z",
        "2026-03-03T12:00:00.000Z",
        "2026-03-03T19:00:00+07:00",
        "2026-03-03 12:00:00",
        "2026-03-03T12:00:00",
    ],
)
def test_one_moment_said_in_many_ways_is_one_moment(said):
    assert moment(said) == NOON


def test_a_time_without_a_zone_is_taken_for_utc_and_every_time_has_one_afterwards():
    assert moment("2026-03-03 12:00:00").tzinfo is UTC
    assert moment("2026-03-03T19:00:00+07:00").utcoffset() == timedelta(0)


def test_milliseconds_keep_their_thousandths_and_seconds_their_parts():
    assert moment(NOON_S * 1000 + 250) == NOON + timedelta(milliseconds=250)
    assert moment(f"{NOON_S}.25") == NOON + timedelta(milliseconds=250)


def test_seconds_still_mean_seconds_after_2038():
    assert moment(2**31) == datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)
    assert moment((2**31) * 1000) == moment(2**31)


@pytest.mark.parametrize(
    "said", ["", "soon", "12:00", "nan", "inf", "-1", 0, 1, "1e300", -5, 2**80, "0001-01-01T00:00:00+14:00"]
)
def test_what_is_no_time_of_ours_is_refused(said):
    with pytest.raises(BadFix, match="is no time"):
        moment(said)


def test_headings_go_round_once():
    assert [heading(each) for each in (0, "90", 359.5, 360)] == [0, 90, 359.5, 0]
    assert [heading(each) for each in (-1, 361, None, "north", True, float("nan"))] == [None] * 6


def test_an_accuracy_below_nothing_is_not_known():
    assert [accuracy(each) for each in (0, "12.5", -1, None, "inf")] == [0, 12.5, None, None, None]


@pytest.mark.parametrize("said", [None, "", "east", True, "nan", "inf", [1]])
def test_a_place_needs_numbers(said):
    with pytest.raises(BadFix, match="lat is no number"):
        number(said, "lat")


def test_a_fix_of_a_broken_receiver_is_no_place():
    with pytest.raises(BadPosition):
        Fix(NOON, 0.0, 0.0).of("C1")


def test_a_fix_is_a_ping_of_its_unit():
    ping = Fix(NOON.astimezone(timezone(timedelta(hours=7))), 10.76, 106.66, 8.0, 90.0, 5.0).of("C1")
    assert (ping.callsign, ping.at, ping.speed_mps, ping.accuracy_m) == ("C1", NOON, 8.0, 5.0)
