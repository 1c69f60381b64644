"""The small parts of a day that is played: what happens next, where a vehicle is, the file, the figures."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from dispatch.city_file import load_city
from simulations.day import CallOfDay, Day, read_day, write_day
from simulations.full.agenda import FREE, OPENED, Agenda
from simulations.full.play import Played, Served
from simulations.full.whereabouts import Driving, Standing
from simulations.policy_day.figures import figures, table
from tests.server import ROOT

BEGINS = datetime(2026, 3, 3, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def a_call(at_s=60.0, priority="P1"):
    return CallOfDay(at_s, 10.75, 106.65, priority, 1, 45.0, 600.0, True, 900.0, 300.0)


def test_happenings_come_in_the_order_of_their_times_and_equal_ones_as_they_were_added():
    agenda, heard = Agenda(), []

    def happen(what, now_s, *told):
        heard.append((what, now_s, *told))
        if what == "third":
            agenda.add(5, "overdue")

    agenda.add(20, "late", 7)
    for what in ("first", "second", "third"):
        agenda.add(10, what)
    agenda.run(happen)
    assert heard == [("first", 10), ("second", 10), ("third", 10), ("overdue", 10), ("late", 20, 7)]


def test_of_one_moment_units_are_free_first_and_incidents_are_opened_last():
    agenda, heard = Agenda(kept_free=2), []
    agenda.add(10, "second opened", rank=(OPENED, 2))
    agenda.add(10, "first opened", rank=(OPENED, 1))
    agenda.add(10, "told")
    agenda.add(10, "second rings", order=1)
    agenda.add(10, "first rings", order=0)
    agenda.add(10, "free", rank=(FREE, 9))
    agenda.run(lambda what, now_s: heard.append(what))
    assert heard == ["free", "first rings", "second rings", "told", "first opened", "second opened"]


def test_an_agenda_that_is_put_away_goes_on_where_it_was():
    agenda, heard = Agenda(), []
    for number in range(6):
        agenda.add(10 * (number // 2), "happens", number)

    def happen(what, now_s, number):
        heard.append((now_s, number))
        if len(heard) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        agenda.run(happen)
    again = Agenda()
    again.go_on(agenda.now_s, *agenda.left())
    again.run(happen)
    assert heard == [(0, 0), (0, 1), (10, 2), (10, 3), (20, 4), (20, 5)]


def test_a_vehicle_is_where_it_reported_from_last():
    drive = Driving(9, 100.0, 60.0, 22_000.0, 15.0, (4, 5, 6, 7, 8))
    assert [drive.seen(now) for now in (100.0, 114.9, 115.0, 159.9, 160.0, 500.0)] == [4, 4, 5, 7, 9, 9]
    assert drive.driven_m(130.0) == pytest.approx(11_000.0)
    assert drive.driven_m(500.0) == 22_000.0
    assert Standing(3).seen(99.0) == 3
    assert Standing(3).driven_m(99.0) == 0.0


def test_a_day_is_read_as_it_was_written(tmp_path):
    day = Day("demo", BEGINS, "a test", (a_call(60.0), a_call(61.5, "P4")))
    write_day(day, tmp_path / "day.json")
    assert read_day(tmp_path / "day.json") == day


@pytest.mark.parametrize("text", ["{}", "[]", '{"columns": ["x"]}', "nothing"])
def test_what_is_no_day_says_so(tmp_path, text):
    (tmp_path / "day.json").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"day\.json is no recorded day"):
        read_day(tmp_path / "day.json")


def test_the_recorded_day_of_the_demo_town_is_whole():
    day = read_day(ROOT / "simulations" / "policy_day" / "demo_day.json")
    assert day.city == "demo"
    assert 500 < len(day.calls) < 620
    city = load_city(ROOT / "cities" / "demo")
    south, north = city.map.bounds.south, city.map.bounds.north
    assert all(south < call.lat < north for call in day.calls)
    assert {call.priority for call in day.calls} == {"P1", "P2", "P3", "P4"}
    assert all(0 <= call.at_s < 86_400 for call in day.calls)


def test_late_is_later_than_the_target_or_never():
    targets = load_city(ROOT / "cities" / "demo").targets
    played = Played({}, vans=2, busy_s=1800.0)
    for number, response in enumerate([479.0, 480.0, 480.1, None]):
        served = Served(a_call(0.0), UUID(int=number + 1))
        served.on_scene_s = response
        played.served.append(served)
    slow = Served(a_call(0.0, "P3"), UUID(int=9))
    slow.on_scene_s = 1800.0
    played.served.append(slow)
    played.driven_m["to_scene"] = 1234.0
    found = figures("closest", played, targets)
    assert found.by_priority["P1"].late == 0.5  # 480.1 s, and the one that nobody reached
    assert found.by_priority["P1"].unserved == 1
    assert found.by_priority["P3"].late == 0.0
    assert found.by_priority["P2"].mean_s is None
    assert found.all.late == 0.4
    assert found.all.mean_s == pytest.approx((479 + 480 + 480.1 + 1800) / 4, abs=0.1)
    assert found.all.p90_s == 1800.0
    assert (found.km, found.busy) == (1.2, 0.25)
    assert "closest" in table([found])
    assert "13:29" in table([found])  # the mean
