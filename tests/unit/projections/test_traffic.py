"""What hinders the roads, as people look at it."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine

from projections.memory import MemoryViews
from projections.projector import catch_up, rebuild
from projections.rows import moment
from projections.sql import SqlViews
from projections.traffic import ENDED_KEPT, MOST_ROWS
from tests.builders import an_id
from tests.histories import NOON, ListedLog, World
from tests.traffic_words import a_closure, a_report, a_slowing
from tests.unit.projections.folding import after, row_of, views_of

CITY = "hcmc"


@pytest.fixture
def world() -> World:
    return World()


def test_a_closure_says_what_where_why_who_since_and_until(world):
    world.close_street(a_closure("flood", until=NOON + timedelta(hours=2), profiles=("van",)))
    row = row_of(world, "traffic", an_id("flood"))
    assert row == {
        "id": str(an_id("flood")),
        "kind": "closure",
        "stretch": {"kind": "line", "points": [[10.7769, 106.7009], [10.7779, 106.7009]], "width_m": 15.0},
        "reason": "ngập",
        "profiles": ["van"],
        "share": None,
        "until": after(hours=2),
        "status": "open",
        "since": after(),
        "by": "linh",
        "ended_at": None,
        "ended_by": None,
        "ended_cause": None,
        "ended_reason": None,
        "seq": world.log[-1][0],
    }


def test_a_lifted_closure_stays_as_history(world):
    world.close_street(a_closure("flood"))
    world.wait(minutes=30)
    world.reopen_street(an_id("flood"), "nước rút")
    row = row_of(world, "traffic", an_id("flood"))
    assert (row["status"], row["ended_at"], row["ended_by"]) == ("ended", after(minutes=30), "linh")
    assert (row["ended_cause"], row["ended_reason"]) == ("lifted", "nước rút")


def test_one_that_is_said_otherwise_goes_on_since_its_first_hour(world):
    world.close_street(a_closure("flood"))
    world.wait(minutes=30)
    world.close_street(a_closure("flood", reason="sạt lở"))
    row = row_of(world, "traffic", an_id("flood"))
    assert (row["reason"], row["since"]) == ("sạt lở", after())
    world.reopen_street(an_id("flood"), "xong")
    world.wait(minutes=30)
    world.close_street(a_closure("flood"))
    row = row_of(world, "traffic", an_id("flood"))
    assert (row["status"], row["since"], row["ended_at"]) == ("open", after(hours=1), None)


def test_what_is_replaced_ends_what_stays_is_no_news_what_is_new_begins(world):
    world.close_street(a_closure("ends"))
    world.close_street(a_closure("stays"))
    stood = row_of(world, "traffic", an_id("stays"))
    world.wait(minutes=5)
    world.replace_traffic((a_closure("stays"), a_closure("begins")), (a_slowing("jam"),), (a_report(),))
    assert row_of(world, "traffic", an_id("stays")) == stood
    ended = row_of(world, "traffic", an_id("ends"))
    assert (ended["status"], ended["ended_cause"]) == ("ended", "replaced")
    begun = row_of(world, "traffic", an_id("begins"))
    assert (begun["status"], begun["since"]) == ("open", after(minutes=5))
    jam = row_of(world, "traffic", an_id("jam"))
    assert (jam["kind"], jam["share"], jam["profiles"]) == ("slowing", 0.5, [])


def test_time_ends_what_was_said_until_then(world):
    world.close_street(a_closure("flood", until=NOON + timedelta(minutes=1)))
    world.wait(minutes=1)
    world.expire_traffic()
    row = row_of(world, "traffic", an_id("flood"))
    assert (row["status"], row["ended_cause"], row["ended_reason"]) == ("ended", "expired", None)


def test_the_city_has_one_row_with_its_last_change_and_the_speeds_of_late(world):
    assert views_of(world).row("roads", CITY) is None
    world.close_street(a_closure("flood"))
    world.report_speeds((a_report(12.0, NOON), a_report(8.0, NOON - timedelta(minutes=3))))
    row = row_of(world, "roads", CITY)
    assert row["change"] == 2
    assert [speed["kmh"] for speed in row["speeds"]] == [8.0, 12.0]
    assert row["speeds"][1]["measured_at"] == after()
    world.replace_traffic((), (), ())
    row = row_of(world, "roads", CITY)
    assert (row["change"], row["speeds"], row["changed_by"]) == (3, [], "linh")


def test_the_views_hold_what_the_roads_hold(world):
    """The fold and the aggregate keep the same list, by different code."""
    for _minute in range(40):
        world.wait(minutes=1)
        world.report_speeds(
            tuple(a_report(5.0 + i % 7, world.now - timedelta(seconds=i * 37 % 900)) for i in range(70))
        )
    row = row_of(world, "roads", CITY)
    kept = [(report.measured_at.isoformat(), report.kmh) for report in world.roads.traffic.reports]
    assert [(speed["measured_at"], speed["kmh"]) for speed in row["speeds"]] == kept
    assert len(kept) == 2000


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.999999+00:00"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+00:00"),
        ("9999-12-31T23:59:59+14:00", "9999-12-31T09:59:59+00:00"),
    ],
)
def test_a_moment_that_has_no_time_in_utc_stands_at_the_edge_of_the_calendar(at, told):
    assert moment(datetime.fromisoformat(at)) == told


def test_an_end_that_no_calendar_holds_does_not_keep_the_views_from_going_on(world):
    """As a log may hold it that was written before such ends were refused."""
    edge = datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(-timedelta(hours=14)))
    world.roads._closed(city_id=CITY, change=1, closure=a_closure("flood", until=edge), act=world.act())
    world.save(world.roads)
    world.close_street(a_closure("other"))
    row = row_of(world, "traffic", an_id("flood"))
    assert (row["status"], row["until"]) == ("open", "9999-12-31T23:59:59.999999+00:00")
    assert views_of(world).position == world.log[-1][0]


@pytest.fixture(scope="module")
def busy_world() -> World:
    """Three thousand closures, each in its own time, and one that stands through it all."""
    world = World()
    world.close_street(a_closure("works"))
    for night in range(15):
        world.replace_traffic(
            (a_closure("works"), *(a_closure((night, place)) for place in range(200))), (), ()
        )
    world.replace_traffic((a_closure("works"),), (), ())
    world.close_street(a_closure((0, 0)))
    return world


def test_closures_that_ended_long_ago_leave_and_what_stands_stays(busy_world):
    views = views_of(busy_world)
    rows = views.rows("traffic")
    assert len(rows) <= MOST_ROWS
    assert sum(row["status"] == "ended" for row in rows) >= ENDED_KEPT
    assert {row["id"] for row in rows if row["status"] == "open"} == {str(an_id("works")), str(an_id((0, 0)))}
    assert views.row("traffic", str(an_id((1, 7)))) is None
    assert views.row("traffic", str(an_id((14, 7))))["status"] == "ended"


@pytest.mark.parametrize("limit", [1, 3, 500])
def test_however_the_log_is_cut_the_same_closures_are_left_in_memory_and_in_sql(busy_world, limit, tmp_path):
    store, live = SqlViews(create_engine(f"sqlite:///{tmp_path / 'views.sqlite'}")), MemoryViews()
    catch_up(ListedLog(busy_world.log), live, store, limit=limit)
    assert live.digests() == store.digests() == views_of(busy_world).digests()
    assert store.load().digests() == rebuild(ListedLog(busy_world.log)) == live.digests()
