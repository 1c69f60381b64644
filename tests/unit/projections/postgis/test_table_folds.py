"""What the tables are made of, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import shapely
from msgspec import json

from dispatch.inputs import UNIT, told
from dispatch.need import Need
from dispatch.policies.fleet import UnitNow
from dispatch.rules import Rules
from domain.decision import Decision
from domain.letters import Letters
from domain.traffic import Closure, Stretch
from domain.values import Duty, Milestone, Needs, OnStreet, Position
from projections.memory import MemoryViews
from projections.postgis.folds import empty_views, table_views
from projections.postgis.geometry import line, multipolygon, point, stretch
from projections.postgis.intervals import intervals
from projections.postgis.relations import relations
from projections.postgis.seen import COLUMNS, seen
from projections.postgis.unit_history import passages
from projections.rows import Row
from tests.any_history import history
from tests.histories import ED, Log, World
from tests.map_tables import all_passages


def folded(log: Log) -> MemoryViews:
    views = empty_views()
    views.take(*views.fold(log))
    return views


def made_of(log: Log) -> dict[str, list[Row]]:
    return relations(empty_views(), empty_views().fold(log)[0]).upserts


def a_whole_run() -> World:
    world = World()
    world.sign("C1")
    call = world.call("khó thở", phone="0903123456", caller_name="Nguyễn Văn An", address="12 Lý Thường Kiệt")
    world.wait(seconds=60)
    incident = world.open(call)
    world.wait(seconds=30)
    run = world.send("C1", incident, "cho-ray", ED)
    for minutes, milestone in enumerate(
        ("accepted", "en_route", "on_scene", "transporting", "at_hospital", "handed_over", "clear"), start=1
    ):
        world.wait(minutes=minutes)
        world.progress(run, Milestone(milestone))
    return world


def test_a_shape_is_written_as_postgis_writes_it():
    assert shapely.from_wkb(point({"lat": 10.5, "lon": 106.25})) == shapely.Point(106.25, 10.5)
    assert shapely.get_srid(shapely.from_wkb(point({"lat": 10.5, "lon": 106.25}))) == 4326
    assert point(None) is None
    assert shapely.from_wkb(line([(10.0, 106.0), (10.5, 106.5)])).coords[1] == (106.5, 10.5)
    assert line([(10.0, 106.0)]) is None
    assert shapely.from_wkb(multipolygon([])).is_empty
    area = {"kind": "area", "points": [[10.0, 106.0], [10.0, 107.0], [11.0, 106.0]], "width_m": 15.0}
    assert shapely.from_wkb(stretch(area)).exterior.is_closed
    spot = {"kind": "point", "points": [[10.0, 106.0]], "width_m": 15.0}
    assert stretch(spot) == point({"lat": 10.0, "lon": 106.0})


def test_the_parts_of_a_run_are_measured_from_milestone_to_milestone():
    (kpi,) = made_of(a_whole_run().log)["kpi_intervals"]
    assert {name: value for name, value in kpi.items() if name.endswith("_s")} == {
        "call_to_dispatch_s": 90.0,
        "dispatch_to_en_route_s": 60.0 + 120.0,
        "response_s": 90.0 + 60.0 + 120.0 + 180.0,
        "on_scene_s": 240.0,
        "transport_s": 300.0,
        "handover_s": 360.0,
    }


def test_time_on_scene_ends_with_clear_where_nobody_was_taken_along():
    told = {"on_scene": "2026-03-02T05:00:00+00:00", "clear": "2026-03-02T05:20:00+00:00"}
    found = intervals(told, None)
    assert found["on_scene_s"] == 1200.0
    assert found["transport_s"] is None
    assert found["response_s"] is None


def test_a_run_tells_its_waiting_its_response_and_each_milestone():
    (run,) = made_of(a_whole_run().log)["runs"]
    assert (run["waiting_s"], run["response_s"]) == (30.0, 450.0)
    assert run["handed_over_at"] > run["at_hospital_at"] > run["assigned_at"]
    assert run["declined_at"] is None
    assert run["overridden"] is False


def test_an_earlier_call_that_joins_later_moves_the_figures_of_runs_that_did_not_change():
    world = World()
    world.sign("C1")
    early = world.call("té xe")
    world.wait(minutes=5)
    incident = world.open(world.call("té xe"))
    world.send("C1", incident)
    views = folded(world.log)
    before = len(world.log)
    world.join(early, incident)
    changes, _ = views.fold(world.log[before:])
    assert "runs" not in changes
    (kpi,) = relations(views, changes).upserts["kpi_intervals"]
    assert kpi["call_to_dispatch_s"] == 300.0


def test_wherever_a_merge_is_cut_the_figures_are_those_of_one_fold():
    world = a_whole_run()
    stays = world.open(world.call("ngã xe"))
    world.wait(seconds=20)
    world.merge(world.incidents[0], stays)
    log = world.log
    for end in range(1, len(log) + 1):
        views, kpi = empty_views(), {}
        for cut in (log[: end - 1], log[end - 1 : end]):
            changes, position = views.fold(cut)
            kpi |= {row["run_id"]: row for row in relations(views, changes).upserts.get("kpi_intervals", ())}
            views.take(changes, position)
        whole = {row["run_id"]: row for row in made_of(log[:end]).get("kpi_intervals", ())}
        assert kpi == whole, log[end - 1]


def test_a_report_that_changes_no_figure_writes_no_run_again():
    world = a_whole_run()
    views = folded(world.log)
    before = len(world.log)
    world.note(world.incidents[0])
    changes, _ = views.fold(world.log[before:])
    assert relations(views, changes).upserts == {}


def test_only_beds_that_changed_are_written():
    world = World()
    views = folded(world.log)
    before = len(world.log)
    world.count_beds("cho-ray", ED, 9, 4)
    changes, _ = views.fold(world.log[before:])
    assert [(bed["kind"], bed["free"]) for bed in relations(views, changes).upserts["beds"]] == [(ED, 5)]


def test_who_called_and_what_was_typed_is_in_no_row():
    world = a_whole_run()
    world.sign("M3", Duty.OUT_OF_SERVICE, "ốm")
    incident = world.open(world.call("đau ngực", phone="0903123456", caller_name="Trần Thị Bình"))
    run = world.send("T2", incident, override_reason="bà Bình xin xe gần") if not world.sign("T2") else None
    assert run is not None
    world.wait(minutes=1)
    world.progress(run, Milestone.STOOD_DOWN, reason="ông An tự đi")
    world.correct(run, Milestone.ASSIGNED, run.times[Milestone.ASSIGNED] - timedelta(seconds=1))
    run.undo(None, timedelta(hours=1), "bác Tư nói nhầm", world.act())
    world.save(run)
    incident.tell_danger("chồng bà Bình cầm dao", world.act())
    world.save(incident)
    world.units["M3"].withdraw("tài xế ốm nặng", None, world.act())
    world.save(world.units["M3"])
    world.close(incident, "ông An ký giấy")
    said = str(made_of(world.log)) + str(folded(world.log).picture())
    for personal in (
        "0903123456",
        "Nguyễn",
        "Bình",
        "Lý Thường Kiệt",
        "khó thở",
        "ốm",
        "tự đi",
        "ký giấy",
        "bấm trễ",
        "bác Tư",
        "dao",
    ):
        assert personal not in said, personal
    assert [row["overridden"] for row in made_of(world.log)["runs"]] == [False, True]
    assert [row["corrections"] for row in made_of(world.log)["runs"]] == [0, 1]


def test_an_incident_tells_in_words_what_its_code_means_and_how_it_ended():
    world = World()
    called = world.call()
    incident = world.open(called)
    world.retriage(incident, "P2")
    world.close(incident, "đã chuyển tuyến", outcome="referred")
    (row,) = made_of(world.log)["incidents"]
    assert (row["determinant"], row["determinant_vi"], row["determinant_en"]) == (
        "at-P2",
        "Ngừng tim",
        "Arrest",
    )
    assert row["outcome"] == "referred"
    (row,) = made_of(opened_without_a_card().log)["incidents"]
    assert (row["determinant_vi"], row["outcome"]) == (None, None)


def opened_without_a_card() -> World:
    world = World()
    world.open(world.call())
    return world


def test_a_change_of_nothing_but_a_personal_word_is_no_change():
    world = World()
    call = world.call("khó thở", position=Position(10.76, 106.66), address="12 Lý Thường Kiệt")
    views = folded(world.log)
    before = len(world.log)
    world.locate(call, Position(10.76, 106.66), "14 Lý Thường Kiệt")
    assert len(world.log) > before
    assert views.fold(world.log[before:])[0] == {}


def test_the_unit_history_has_a_row_for_each_passage():
    history = [row for row in all_passages(a_whole_run().log) if row["callsign"] == "C1"]
    assert [row["status"] for row in history] == [
        *("NS", "AV", "DP", "DP", "EN", "SC", "TR", "HP", "HP", "AV"),
    ]
    assert [row["began_at"] for row in history] == sorted(row["began_at"] for row in history)


def test_the_unit_history_is_the_same_in_one_batch_and_in_many():
    log = history(range(0, 90_000, 613)).log
    assert passages(empty_views(), log) == all_passages(log)


FIX = datetime(2026, 3, 2, 4, 59, 58, tzinfo=UTC)
OLD_ADVICE = (
    '{"units":[],"inputs":{"positions":{"C1":[10.7,106.6,"2026-03-02T04:59:58Z"],"T2":[10,106,null]}}}'
)


def advice_that_saw(place: Position) -> str:
    """As a decision stores it: C1 at the place, and T2 nowhere."""
    need = Need("i1", Position(10.8, 106.7), Needs(("bls",)))
    fleet = [
        UnitNow("u1", "C1", "van", ("bls",), "available", None, place, FIX, station=Position(10.6, 106.5)),
        UnitNow("u2", "T2", "van", ("bls",), "available", None, None, None),
    ]
    return json.encode({"units": [], "inputs": told(need, fleet, [], Rules(), {})}).decode()


@pytest.mark.parametrize(
    "seen_then",
    [
        advice_that_saw(Position(10.7, 106.6)),
        advice_that_saw(OnStreet(10.7, 106.6, "map-1", 3, 12.5, 1, 0.4)),
        OLD_ADVICE,
    ],
)
def test_a_run_starts_where_the_decision_saw_its_unit_whoever_tells_first(seen_then):
    world = World()
    world.sign("C1")
    incident = world.open(world.call())
    run = world.send("C1", incident)
    log = world.log
    decision = Decision(
        decision_id=UUID(int=9),
        incident_id=incident.id,
        run_id=run.id,
        advice=Letters.of(seen_then),
        act=world.act(),
    )
    (made,) = decision.collect_events()
    place = next(i for i, (_, fact) in enumerate(log) if type(fact).TOPIC == "Run.Assigned")
    facts = [fact for _, fact in log]
    for order in ([*facts, made], [*facts[:place], made, *facts[place:]]):
        (row,) = made_of(list(enumerate(order, start=1)))["run_places"]
        assert row["start_position"] == point({"lat": 10.7, "lon": 106.6})
        assert row["start_at"] == "2026-03-02T04:59:58+00:00"


def test_whom_a_decision_saw_is_read_from_the_columns_that_it_writes():
    assert UNIT[: len(COLUMNS)] == COLUMNS
    letters = advice_that_saw(Position(10.7, 106.6))
    for advice in (Letters.of(letters), json.decode(letters)):
        c1 = {"C1": {"lat": 10.7, "lon": 106.6, "at": FIX.isoformat()}}
        assert seen(advice, None) == seen(advice, "C1") == c1
        assert seen(advice, "T2") == {}


def test_advice_of_any_shape_is_no_stumbling_block():
    world = World()
    for text in (
        "{}",
        '{"inputs": 7}',
        '{"inputs":{"positions":{"C1":[1]}}}',
        '{"inputs":{"units":[["u1"]]}}',
        "[]",
        "0",
    ):
        advice = Letters.of(text)
        decision = Decision(
            decision_id=world.mint(),
            incident_id=UUID(int=1),
            run_id=UUID(int=2),
            advice=advice,
            act=world.act(),
        )
        world.save(decision)
    assert folded(world.log).row("run_places", str(UUID(int=2)))["start"] is None


def test_closed_streets_become_shapes():
    world = World()
    world.close_street(
        Closure(world.mint(), Stretch("line", ((10.76, 106.66), (10.77, 106.66)), 20.0), "ngập")
    )
    (row,) = made_of(world.log)["closures"]
    assert (row["kind"], row["status"], row["width_m"]) == ("closure", "open", 20.0)
    assert shapely.from_wkb(row["stretch"]).length > 0


def test_the_store_is_not_asked_how_an_incident_stood_that_began_with_these_facts():
    class Asked:
        def row_at(self, view: str, row_id: str, position: int) -> None:
            raise AssertionError((view, row_id))

    views = MemoryViews(table_views(), at_rest=Asked())
    changes, _ = views.fold(a_whole_run().log)
    assert relations(views, changes).upserts["kpi_intervals"]
