"""A version says what was used, no more and no less, and can be read again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from domain.traffic import Stretch, Traffic
from routing.restrictions import Restriction
from routing.speeds import CLASSES
from routing.traffic.reading import Calendar, Told, in_force, read_version
from routing.traffic.reading import read as read_by
from routing.traffic.turn_hours import Phase, TurnHours
from routing.week import HOURS, WeekSpeeds, neutral_week
from tests.traffic_in_towns import HOUR, MINUTE, NOW, closed, measured, slowed, traffic

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
HERE = Stretch("point", ((10.75, 106.65),))
NEUTRAL = neutral_week()
NO_HOURS = TurnHours(())
RUSH = WeekSpeeds(np.full((HOURS, len(CLASSES)), 0.5, np.float32))


def read(told, at, week, zone, turns=NO_HOURS):
    return read_by(told, at, Calendar(week, turns, zone))


def version(told, at=NOW, week=NEUTRAL, zone=SAIGON):
    return read(told, at, week, zone).version


def test_empty_streets_are_free_flow_at_every_change():
    assert version(Traffic()) == version(Traffic(12)) == "free_flow"


def test_what_stands_until_it_is_lifted_needs_no_instant():
    assert version(traffic(12, closed(HERE), slowed(HERE, 0.5))) == "t12"


def test_an_end_to_come_needs_no_instant_and_one_that_passed_does():
    told = traffic(12, closed(HERE), closed(HERE, "van", until=NOW + HOUR))
    assert version(told) == "t12"
    assert version(told, NOW + HOUR) == version(told, NOW + 5 * HOUR) == "t12@2026-11-22T00:37Z"


def test_an_end_within_a_minute_is_told_to_the_second():
    told = traffic(12, closed(HERE), closed(HERE, "van", until=NOW + timedelta(seconds=5)))
    assert version(told, NOW + HOUR) == "t12@2026-11-21T23:37:05Z"


def test_when_all_has_ended_the_streets_are_free():
    told = traffic(12, closed(HERE, until=NOW), slowed(HERE, 0.5, NOW - HOUR))
    assert version(told) == "free_flow"


def test_reports_name_the_minute():
    told = traffic(3, measured(HERE, 10))
    assert version(told, NOW + timedelta(seconds=59)) == "t3@2026-11-21T23:37Z"
    assert version(told, NOW + 59 * MINUTE) == "t3@2026-11-22T00:36Z"
    assert version(told, NOW + 60 * MINUTE) == "free_flow"


def test_once_reports_are_forgotten_the_version_stands_still():
    told = traffic(3, closed(HERE), measured(HERE, 10, timedelta(seconds=-30)))
    assert version(told, NOW + 2 * HOUR) == version(told, NOW + 3 * HOUR) == "t3@2026-11-22T00:38Z"


def test_a_week_names_its_slot_and_table():
    assert version(Traffic(9), NOW, RUSH) == f"t0@2026-11-21T23:00Z+w{RUSH.name}"
    assert version(traffic(9, closed(HERE)), NOW, RUSH) == f"t9@2026-11-21T23:00Z+w{RUSH.name}"


def test_the_slot_is_that_of_the_citys_clocks():
    sunday_morning = read(Traffic(), NOW, RUSH, SAIGON)
    assert sunday_morning.slot == 6 * 24 + 6
    assert sunday_morning.next_at == datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
    in_india = read(Traffic(), NOW, RUSH, timezone(timedelta(hours=5, minutes=30)))
    assert in_india.slot == 6 * 24 + 5
    assert in_india.version.startswith("t0@2026-11-21T23:30Z")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"])
def test_where_clocks_are_put_forward_or_back_a_version_still_means_one_slot(zone):
    city = ZoneInfo(zone)
    for month, day_of_month in ((3, 8), (3, 29), (4, 4), (10, 3), (10, 25), (11, 1)):
        day = datetime(2026, month, day_of_month, tzinfo=UTC)
        for minutes in range(0, 24 * 60, 7):
            at = day + minutes * MINUTE
            reading = read(Traffic(), at, RUSH, city)
            assert reading.at <= at < reading.next_at
            assert read(Traffic(), reading.at, RUSH, city).slot == reading.slot == RUSH.slot(at, city)
            assert read(Traffic(), reading.next_at - MINUTE, RUSH, city).slot == reading.slot


def test_reading_again_at_the_instant_of_a_version_gives_that_version():
    told = traffic(
        5,
        closed(HERE, until=NOW + timedelta(minutes=3, seconds=20)),
        slowed(HERE, 0.5, NOW + 10 * MINUTE),
        slowed(HERE, 0.4),
        measured(HERE, 10, timedelta(seconds=-20)),
        measured(HERE, 20, 55 * MINUTE),
    )
    for week in (NEUTRAL, RUSH):
        for seconds in range(0, 4000, 7):
            reading = read(told, NOW + timedelta(seconds=seconds), week, SAIGON)
            told_again = read_version(reading.version)
            assert (told_again.change, told_again.at) == (5, reading.at)
            assert read(told, told_again.at, week, SAIGON) == reading


def test_between_two_readings_nothing_changes():
    told = traffic(
        5, closed(HERE, until=NOW + 95 * MINUTE), measured(HERE, 10), measured(HERE, 9, 50 * MINUTE)
    )
    at = NOW
    while (reading := read(told, at, NEUTRAL, SAIGON)).next_at is not None:
        before = read(told, reading.next_at - timedelta(microseconds=1), NEUTRAL, SAIGON)
        assert before == reading
        assert read(told, reading.next_at, NEUTRAL, SAIGON).version != reading.version
        at = reading.next_at
    assert at == NOW + 95 * MINUTE


def test_a_version_can_be_taken_apart():
    assert read_version("free_flow") == Told(0, None, None)
    assert read_version("t12") == Told(12, None, None)
    assert read_version("t12@2026-11-21T23:37Z+w1a2b3c4d") == Told(12, NOW, "1a2b3c4d")
    for nonsense in ("", "12", "t", "t1@yesterday", "none"):
        with pytest.raises(ValueError, match="no version of traffic"):
            read_version(nonsense)


def test_without_an_instant_nothing_has_ended_yet():
    told = traffic(12, closed(HERE, until=NOW))
    assert read(told, None, NEUTRAL, SAIGON).version == "t12"
    assert read(told, None, NEUTRAL, SAIGON).traffic == told
    for needy, week in ((traffic(1, measured(HERE, 9)), NEUTRAL), (told, RUSH)):
        with pytest.raises(ValueError, match="need an instant"):
            read(needy, None, week, SAIGON)


def test_an_instant_may_be_told_by_any_clock():
    told = traffic(5, closed(HERE, until=NOW.astimezone(SAIGON)), measured(HERE, 10))
    told = replace(
        told,
        reports=tuple(
            replace(each, measured_at=each.measured_at.astimezone(SAIGON)) for each in told.reports
        ),
    )
    assert read(told, NOW.astimezone(SAIGON), NEUTRAL, SAIGON) == read(told, NOW, NEUTRAL, SAIGON)
    assert not in_force(told, NOW).closures


# --- turns that are barred at some hours ------------------------------------------------------------


def barred(*conditions):
    return TurnHours(Restriction(1, "no_u_turn", "", (1,), (2,), (), (3,), each, ()) for each in conditions)


RUSH_HOURS = barred("Mo-Fr 07:00-09:00", "Su 06:30-08:00")
SUNDAY = 6 * 24 * 60


def test_a_week_is_cut_where_turns_begin_and_cease_to_be_barred():
    assert RUSH_HOURS.phase(SUNDAY + 6 * 60 + 37) == Phase(SUNDAY + 390, SUNDAY + 480, True)
    assert RUSH_HOURS.phase(SUNDAY + 480) == Phase(SUNDAY + 480, 7 * 60, False)
    assert RUSH_HOURS.phase(0) == Phase(SUNDAY + 480, 7 * 60, False)
    assert RUSH_HOURS.phase(8 * 60).barred
    assert NO_HOURS.phase(0) is barred("Christmas").phase(0) is None


def test_while_turns_are_barred_by_the_hour_the_version_says_since_when():
    now = read(Traffic(), NOW, NEUTRAL, SAIGON, RUSH_HOURS)  # Sunday, 06:37
    assert (now.version, now.turns) == ("t0@2026-11-21T23:30Z", SUNDAY + 390)
    assert now.next_at == datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    later = read(Traffic(), now.next_at, NEUTRAL, SAIGON, RUSH_HOURS)
    assert (later.version, later.turns) == ("free_flow", None)
    assert later.next_at == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def test_with_barred_turns_too_a_version_can_be_read_again():
    told = traffic(5, closed(HERE, until=NOW + 20 * MINUTE), slowed(HERE, 0.5), measured(HERE, 10))
    for minutes in range(0, 3 * 24 * 60, 11):
        at = NOW + minutes * MINUTE
        for things in (told, replace(told, reports=()), Traffic()):
            reading = read(things, at, NEUTRAL, SAIGON, RUSH_HOURS)
            if reading.at is not None:
                assert read(things, reading.at, NEUTRAL, SAIGON, RUSH_HOURS) == reading
            else:
                assert reading.turns is None
            assert read(things, reading.next_at - MINUTE, NEUTRAL, SAIGON, RUSH_HOURS).turns == reading.turns


@pytest.mark.parametrize("hours", [-14, 0, 14])
def test_an_end_at_the_end_of_all_time_is_one_that_never_comes(hours):
    zone = timezone(timedelta(hours=hours))
    last, first = datetime.max.replace(tzinfo=zone), datetime.min.replace(tzinfo=zone)
    told = traffic(
        4, closed(HERE, until=last), slowed(HERE, 0.5, until=last), closed(HERE, "van", until=first)
    )
    found = read(told, NOW, NEUTRAL, SAIGON)
    assert len(found.traffic.closures) == len(found.traffic.slowings) == 1
    assert found.next_at.year == 9999
    assert read(replace(told, closures=()), None, NEUTRAL, SAIGON).next_at.year == 9999


@pytest.mark.parametrize("hours", [-14, 0, 14])
def test_a_speed_measured_at_either_end_of_all_time_is_read(hours):
    zone = timezone(timedelta(hours=hours))
    for at, counts in ((datetime.max, True), (datetime.min, False)):
        report = replace(measured(HERE, 10), measured_at=at.replace(tzinfo=zone))
        assert bool(read(traffic(4, report), NOW, NEUTRAL, SAIGON).traffic.reports) is counts
