"""The roads of a city: closed, slowed, measured; every change is counted."""

from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from domain.errors import FromTheFuture
from domain.road_errors import (
    AlreadyOver,
    BadShare,
    BadSpeed,
    IdGivenTwice,
    TooFarAhead,
    TooLongAgo,
    TooMuchGround,
    TooMuchTraffic,
    UnknownClosure,
    UnknownSlowing,
)
from domain.roads import MOST_CLOSURES, MOST_REPORTS, Roads
from domain.traffic import Stretch
from tests.builders import NOON, an_act, an_id, happened, minutes, seconds
from tests.traffic_words import a_closure, a_line, a_report, a_slowing, ids

AT_THE_EDGE = datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(-timedelta(hours=14)))
"""It has no time in UTC."""


def some_roads() -> Roads:
    return Roads(city_id="letters", act=an_act())


def test_an_empty_street_is_change_0_and_each_word_counts_one():
    roads = some_roads()
    assert roads.traffic.version == 0
    flood, jam = a_closure("flood"), a_slowing("jam")
    roads.close(flood, an_act())
    roads.slow(jam, an_act())
    roads.report_speeds((a_report(),), an_act())
    assert roads.traffic.version == 3
    assert (roads.traffic.closures, roads.traffic.slowings) == ((flood,), (jam,))
    roads.reopen(flood.closure_id, "nước rút", an_act())
    roads.end_slowing(jam.slowing_id, "thông xe", an_act())
    assert roads.traffic.version == 5
    assert (roads.traffic.closures, roads.traffic.slowings) == ((), ())
    assert happened(roads) == ["Watched", "Closed", "Slowed", "SpeedsReported", "Reopened", "SlowingEnded"]


def test_a_closure_said_again_is_no_news_and_said_otherwise_takes_its_own_place():
    roads = some_roads()
    roads.close(a_closure("flood"), an_act())
    roads.close(a_closure("flood"), an_act())
    assert happened(roads) == ["Watched", "Closed"]
    roads.close(a_closure("flood", until=minutes(30)), an_act())
    assert roads.traffic.closures == (a_closure("flood", until=minutes(30)),)


def test_what_stands_no_more_cannot_be_lifted():
    roads = some_roads()
    roads.close(a_closure("flood"), an_act())
    roads.reopen(an_id("flood"), "nước rút", an_act())
    with pytest.raises(UnknownClosure, match=str(an_id("flood"))):
        roads.reopen(an_id("flood"), "nước rút", an_act())
    with pytest.raises(UnknownSlowing):
        roads.end_slowing(an_id("flood"), "nước rút", an_act())


def test_to_replace_all_names_what_ended_by_it():
    roads = some_roads()
    roads.close(a_closure("one"), an_act())
    roads.close(a_closure("two"), an_act())
    roads.slow(a_slowing("jam"), an_act())
    roads.replace((a_closure("two"), a_closure("three")), (), (a_report(),), an_act())
    assert ids(roads.traffic.closures) == [an_id("two"), an_id("three")]
    assert roads.traffic.slowings == ()
    assert roads.pending_events[-1].ended == (an_id("one"), an_id("jam"))


def test_to_replace_all_by_the_same_is_no_news():
    roads = some_roads()
    roads.replace((a_closure("one"),), (a_slowing("jam"),), (a_report(),), an_act())
    roads.replace((a_closure("one"),), (a_slowing("jam"),), (a_report(),), an_act())
    assert happened(roads) == ["Watched", "TrafficReplaced"]


def test_nothing_at_all_clears_the_streets():
    roads = some_roads()
    roads.close(a_closure("one"), an_act())
    roads.replace((), (), (), an_act())
    assert roads.traffic == replace(roads.traffic, version=2, closures=(), slowings=(), reports=())


def test_what_was_said_until_now_ends_by_itself_and_the_rest_stays():
    roads = some_roads()
    roads.close(a_closure("until one", until=minutes(1)), an_act())
    roads.close(a_closure("until two", until=minutes(2)), an_act())
    roads.slow(a_slowing("jam", until=minutes(1)), an_act())
    roads.close(a_closure("for good"), an_act())
    roads.expire(an_act(seconds(59)))
    assert roads.traffic.version == 4
    roads.expire(an_act(minutes(1)))
    assert ids(roads.traffic.closures) == [an_id("until two"), an_id("for good")]
    assert roads.traffic.slowings == ()
    assert [fact.cause for fact in roads.pending_events[-2:]] == ["expired", "expired"]
    roads.expire(an_act(minutes(1.5)))
    assert roads.traffic.version == 6


@pytest.mark.parametrize("until", [minutes(-5), NOON])
def test_an_end_is_yet_to_come(until):
    roads = some_roads()
    with pytest.raises(AlreadyOver):
        roads.close(a_closure(until=until), an_act())
    with pytest.raises(AlreadyOver):
        roads.slow(a_slowing(until=until), an_act())
    assert happened(roads) == ["Watched"]


@pytest.mark.parametrize("share", [0, -0.5, 1.01, float("nan"), float("inf")])
def test_a_share_lies_above_0_and_is_at_most_1(share):
    with pytest.raises(BadShare):
        some_roads().slow(a_slowing(share=share), an_act())


@pytest.mark.parametrize("share", [0.01, 1])
def test_the_least_share_and_the_whole_are_fine(share):
    some_roads().slow(a_slowing(share=share), an_act())


@pytest.mark.parametrize("kmh", [-1, 151, float("nan"), float("inf")])
def test_a_measured_speed_is_one_of_a_street(kmh):
    with pytest.raises(BadSpeed):
        some_roads().report_speeds((a_report(kmh),), an_act())


def test_a_speed_was_measured_before_we_heard_of_it_give_or_take_a_clock():
    some_roads().report_speeds((a_report(measured_at=seconds(4)),), an_act())
    with pytest.raises(FromTheFuture):
        some_roads().report_speeds((a_report(measured_at=seconds(6)),), an_act())


def test_the_newest_measured_speeds_are_kept():
    roads = some_roads()
    roads.report_speeds(tuple(a_report(measured_at=seconds(-i)) for i in range(900)), an_act())
    roads.report_speeds(tuple(a_report(measured_at=seconds(-1000 + i)) for i in range(900)), an_act())
    roads.report_speeds(tuple(a_report(measured_at=seconds(-2000 - i)) for i in range(900)), an_act())
    kept = [report.measured_at for report in roads.traffic.reports]
    assert len(kept) == MOST_REPORTS
    assert kept == sorted(kept)
    assert kept[-1] == NOON


def test_there_is_a_limit_to_what_may_stand_and_to_what_one_order_carries():
    roads = some_roads()
    many = tuple(a_closure(f"c{i}") for i in range(MOST_CLOSURES + 1))
    with pytest.raises(TooMuchTraffic, match="500 closures"):
        roads.replace(many, (), (), an_act())
    roads.replace(many[:-1], (), (), an_act())
    with pytest.raises(TooMuchTraffic):
        roads.close(many[-1], an_act())
    roads.close(replace(many[0], reason="sạt lở"), an_act())
    long = a_line(*((10.77 + i * 1e-5, 106.7) for i in range(500)))
    with pytest.raises(TooMuchTraffic, match="2000 places"):
        roads.replace(tuple(a_closure(i, stretch=long) for i in range(5)), (), (), an_act())
    with pytest.raises(TooMuchTraffic, match="2000 measured speeds"):
        roads.report_speeds((a_report(),) * (MOST_REPORTS + 1), an_act())


def test_two_things_do_not_go_by_one_id():
    roads = some_roads()
    with pytest.raises(IdGivenTwice):
        roads.replace((a_closure("one"), a_closure("one")), (), (), an_act())
    with pytest.raises(IdGivenTwice):
        roads.replace((a_closure("one"),), (a_slowing("one"),), (), an_act())
    roads.slow(a_slowing("jam"), an_act())
    with pytest.raises(IdGivenTwice):
        roads.close(a_closure("jam"), an_act())


def test_a_copy_of_the_roads_goes_its_own_way():
    roads = some_roads()
    roads.close(a_closure("one"), an_act())
    twin = deepcopy(roads)
    twin.close(a_closure("two"), an_act())
    assert (roads.traffic.version, twin.traffic.version) == (1, 2)
    assert twin.traffic.closures[0] is roads.traffic.closures[0]


@pytest.mark.parametrize("ahead", [NOON + timedelta(days=367), AT_THE_EDGE])
def test_an_end_more_than_a_year_ahead_is_refused_and_a_speed_of_another_year_too(ahead):
    roads = some_roads()
    with pytest.raises(TooFarAhead, match="more than 366 days ahead"):
        roads.close(a_closure("flood", until=ahead), an_act())
    with pytest.raises(TooFarAhead):
        roads.slow(a_slowing("jam", until=ahead), an_act())
    with pytest.raises(TooFarAhead):
        roads.replace((a_closure("flood", until=ahead),), (), (), an_act())
    with pytest.raises(TooLongAgo, match="more than 366 days ago"):
        roads.report_speeds((a_report(measured_at=NOON - timedelta(days=367)),), an_act())
    assert happened(roads) == ["Watched"]


def test_an_end_within_the_year_stands():
    roads = some_roads()
    roads.close(a_closure("works", until=NOON + timedelta(days=365)), an_act())
    assert happened(roads) == ["Watched", "Closed"]


def test_one_order_speaks_of_no_more_ground_than_a_town_has():
    area = Stretch("area", ((10.7, 106.6), (10.78, 106.6), (10.78, 106.68), (10.7, 106.68)))  # 78 km²
    with pytest.raises(TooMuchGround, match="400 km²"):
        some_roads().replace(tuple(a_closure(i, stretch=area) for i in range(6)), (), (), an_act())
