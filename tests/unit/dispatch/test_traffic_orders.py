"""Orders about the roads: what is stored, what is answered, and what a second order does."""

from dataclasses import replace

import pytest

from dispatch.handlers.change_roads import (
    CloseStreet,
    EndSlowing,
    ReopenStreet,
    ReplaceTraffic,
    ReportSpeeds,
    SlowStreet,
    close_street,
    end_slowing,
    reopen_street,
    replace_traffic,
    report_speeds,
    slow_street,
)
from dispatch.handlers.expire_traffic import ExpireTraffic, expire_traffic
from dispatch.reactions.expiry import due_hindrances
from dispatch.said_speeds import SaidSpeed, sort_out
from domain.errors import BadText, IdUsedTwice, OutsideMap
from domain.road_errors import NoStreetThere, ShareOrSpeed, UnknownClosure
from domain.values import Position
from tests.builders import NOON, Room, a_desk, an_act, an_id, minutes, no_pause
from tests.fakes import FakeRoads, HurriedLog
from tests.traffic_words import NORTH, a_closure, a_line, a_point, a_report, a_slowing, an_area, ids

CITY = "hcmc"


@pytest.fixture
def room() -> Room:
    return Room(units=(), beds={})


def close(room, closure, act=None):
    return room.carry_out(CloseStreet(act or an_act(), CITY, closure), close_street)


def traffic(room):
    return room.log.roads(CITY).traffic


def test_a_closure_is_stored_and_answered_with_its_change(room):
    assert room.log.roads(CITY) is None
    told = close(room, a_closure("flood"))
    assert told.body == {"id": str(an_id("flood")), "change": 1}
    assert traffic(room).closures == (a_closure("flood"),)


def test_an_order_sent_twice_is_one_change(room):
    act = an_act()
    first, second = (close(room, a_closure("flood"), act) for _ in range(2))
    assert (first.body, second.repeated) == (second.body, True)
    assert traffic(room).version == 1
    with pytest.raises(IdUsedTwice):
        close(room, a_closure("another"), act)


def test_words_are_trimmed_and_bounded(room):
    close(room, a_closure("flood", reason="  ngập nặng "))
    assert traffic(room).closures[0].reason == "ngập nặng"
    close(room, a_closure("sensor", reason=""))
    with pytest.raises(BadText):
        close(room, a_closure(reason="x" * 201))
    with pytest.raises(BadText):
        room.carry_out(ReopenStreet(an_act(), CITY, an_id("flood"), "  "), reopen_street)
    assert traffic(room).version == 2


def test_lifting_slowing_and_measuring(room):
    close(room, a_closure("flood"))
    room.carry_out(SlowStreet(an_act(), CITY, a_slowing("jam")), slow_street)
    room.carry_out(ReportSpeeds(an_act(), CITY, (a_report(),)), report_speeds)
    room.carry_out(ReopenStreet(an_act(), CITY, an_id("flood"), "nước rút"), reopen_street)
    told = room.carry_out(EndSlowing(an_act(), CITY, an_id("jam"), "thông xe"), end_slowing)
    assert told.body == {"id": str(an_id("jam")), "change": 5}
    assert (traffic(room).closures, traffic(room).slowings) == ((), ())
    assert traffic(room).reports == (a_report(),)


def test_of_roads_nobody_spoke_of_nothing_can_be_lifted(room):
    with pytest.raises(UnknownClosure):
        room.carry_out(ReopenStreet(an_act(), CITY, an_id("flood"), "x"), reopen_street)
    assert room.log.roads(CITY) is None


def test_all_is_replaced_by_all_that_is_said(room):
    close(room, a_closure("old"))
    order = ReplaceTraffic(an_act(), CITY, (a_closure("new"),), (a_slowing("jam"),), (a_report(),))
    told = room.carry_out(order, replace_traffic)
    assert told.body == {
        "closures": [str(an_id("new"))],
        "slowings": [str(an_id("jam"))],
        "speeds": 1,
        "change": 2,
    }
    assert ids(traffic(room).closures) == [an_id("new")]


def test_two_desks_replace_at_once_and_both_are_on_record():
    """The second to save read before the first had saved: it reads again, and comes after it."""
    with HurriedLog() as log:
        desk = a_desk(log)
        room = Room.__new__(Room)
        room.desk, room.log = desk, log
        first = ReplaceTraffic(an_act(), CITY, (a_closure("mine"),), (), ())
        second = ReplaceTraffic(an_act(), CITY, (a_closure("theirs"),), (), ())
        rivals = [lambda: Room.carry_out(room, first, replace_traffic)]
        log.meanwhile = lambda: rivals.pop()() if rivals else None
        told = room.carry_out(second, replace_traffic)
        assert told.body["change"] == 2
        assert ids(traffic(room).closures) == [an_id("theirs")]
        topics = [type(fact).TOPIC for _, fact in log.select(1, 100)]
        assert topics.count("Roads.TrafficReplaced") == 2
    assert no_pause(1) is None


def test_where_no_street_lies_nothing_is_closed_but_a_program_that_never_looked_is_believed(room):
    for order, handler in (
        (CloseStreet(an_act(), CITY, a_closure(), 0), close_street),
        (SlowStreet(an_act(), CITY, a_slowing(), 0), slow_street),
    ):
        with pytest.raises(NoStreetThere):
            room.carry_out(order, handler)
    assert room.log.roads(CITY) is None
    room.carry_out(CloseStreet(an_act(), CITY, a_closure(), 1), close_street)
    assert traffic(room).version == 1


OFF = Position(10.9, 106.9)


class SmallMap(FakeRoads):
    """All but one far place has a street near it."""

    def covers(self, position: Position) -> bool:
        return position.lat < 10.85


@pytest.mark.parametrize(
    ("stretch", "fine"),
    [
        (a_point(), True),
        (a_point(at=(OFF.lat, OFF.lon)), False),
        (a_line((10.84, 106.7), (10.86, 106.7)), False),
        (an_area((10.84, 106.7), (10.86, 106.7), (10.86, 106.71)), True),
        (an_area((10.9, 106.7), (10.91, 106.7), (10.91, 106.71)), False),
    ],
)
def test_a_point_and_a_line_lie_on_the_map_of_an_area_some_part_does(stretch, fine):
    room = Room(units=(), beds={})
    room.desk = replace(room.desk, roads=SmallMap())
    if fine:
        close(room, a_closure(stretch=stretch))
    else:
        with pytest.raises(OutsideMap):
            close(room, a_closure(stretch=stretch))
        assert room.log.roads(CITY) is None


def test_an_area_around_the_whole_town_lies_on_it():
    class Town(FakeRoads):
        def covers(self, position: Position) -> bool:
            return abs(position.lat - 10.75) < 0.001

    room = Room(units=(), beds={})
    room.desk = replace(room.desk, roads=Town())
    around = an_area((10.74, 106.64), (10.74, 106.66), (10.76, 106.66), (10.76, 106.64))
    close(room, a_closure(stretch=around))
    assert traffic(room).version == 1


def test_what_has_run_out_is_named_and_ended_once(room):
    close(room, a_closure("short", until=minutes(1)))
    close(room, a_closure("long", until=minutes(9)))
    close(room, a_closure("for good"))
    rows = [
        {"id": "short", "status": "open", "until": minutes(1).isoformat()},
        {"id": "long", "status": "open", "until": minutes(9).isoformat()},
        {"id": "for good", "status": "open", "until": None},
        {"id": "lifted", "status": "ended", "until": minutes(0.5).isoformat()},
    ]
    assert due_hindrances(rows, minutes(1)) == ("short",)
    for _ in range(2):
        room.carry_out(ExpireTraffic(an_act(minutes(1)), CITY), expire_traffic)
    assert traffic(room).version == 4
    assert ids(traffic(room).closures) == [an_id("long"), an_id("for good")]


def test_to_expire_where_nobody_ever_closed_anything_is_nothing(room):
    assert room.carry_out(ExpireTraffic(an_act(), CITY), expire_traffic).body == {"change": 0}
    assert room.log.roads(CITY) is None


def test_a_speed_is_a_share_or_measured():
    street = a_line()
    said = [
        SaidSpeed(street, share=0.5, reason="kẹt xe"),
        SaidSpeed(street, kmh=12, measured_at=NOON, heading_deg=90.0),
        SaidSpeed(street, share=1, slowing_id=an_id("jam")),
    ]
    slowings, reports = sort_out(said, lambda place: an_id(place))
    assert [(each.slowing_id, each.share) for each in slowings] == [(an_id(0), 0.5), (an_id("jam"), 1)]
    assert [(each.kmh, each.heading_deg) for each in reports] == [(12, 90.0)]


@pytest.mark.parametrize(
    "said",
    [
        SaidSpeed(a_line()),
        SaidSpeed(a_line(), share=0.5, kmh=12.0),
        SaidSpeed(a_line(), share=0.5, kmh=12.0, measured_at=NOON),
        SaidSpeed(a_line(), kmh=12.0),
        SaidSpeed(a_line(), measured_at=NOON),
    ],
)
def test_a_speed_is_not_both_and_not_neither(said):
    good = SaidSpeed(a_line(NORTH, (10.78, 106.7)), share=0.5)
    with pytest.raises(ShareOrSpeed, match="Entry 1"):
        sort_out([good, said], lambda place: an_id(place))
