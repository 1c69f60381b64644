"""Days drawn by hand, with figures that can be checked by eye."""

from datetime import timedelta

import pytest

from domain.figures import Interval, Norm
from domain.values import Duty, Milestone
from projections.figures.counting import Tally, nearest_rank, response_norm, within
from projections.figures.hours import length
from projections.figures.records import instant
from tests.counted_figures import book_of, counted, yardstick
from tests.histories import NOON, World

M = Milestone
DAY = instant(NOON - timedelta(hours=1)), instant(NOON + timedelta(hours=23))


def on_duty(*callsigns: str) -> World:
    world = World()
    for callsign in callsigns or world.callsigns:
        world.sign(callsign)
    return world


def an_emergency(world: World, unit: str = "C1", to_scene_s: int = 300, priority: str = "P1"):
    """Rings, is opened after 20 s and sent after 30; accepted 10, driving 60 after that; 15 min on scene, 12
    to the hospital, 20 at its door, 5 to be clear."""
    call = world.call()
    world.wait(seconds=20)
    incident = world.open(call, priority)
    world.wait(seconds=10)
    run = world.send(unit, incident, "cho-ray")
    world.wait(seconds=10)
    world.progress(run, M.ACCEPTED)
    world.wait(seconds=50)
    world.progress(run, M.EN_ROUTE)
    world.wait(seconds=to_scene_s - 90)
    world.progress(run, M.ON_SCENE)
    world.wait(minutes=15)
    world.progress(run, M.TRANSPORTING)
    world.wait(minutes=12)
    world.progress(run, M.AT_HOSPITAL)
    world.wait(minutes=20)
    world.progress(run, M.HANDED_OVER)
    world.wait(minutes=5)
    world.progress(run, M.CLEAR)
    return incident, run


def of(world: World, interval: str, by: str = "priority", **how) -> dict:
    return counted(book_of(world.log), *DAY, by, **how)["total"]["intervals"][interval]


def test_the_nine_intervals_of_one_emergency():
    world = on_duty("C1")
    an_emergency(world)
    told = counted(book_of(world.log), *DAY)["total"]
    measured = {name: row["p50_s"] for name, row in told["intervals"].items()}
    assert measured == {
        "call_to_dispatch": 30,
        "dispatch_to_accept": 10,
        "dispatch_to_mobile": 60,
        "dispatch_to_scene": 270,
        "call_to_scene": 300,
        "scene_time": 900,
        "scene_to_hospital": 720,
        "arrival_to_handover": 1200,
        "call_to_handover": 300 + 900 + 720 + 1200,
        "call_to_able_scene": 300,
    }
    assert all(row["n"] == 1 and row["censored"] == {} for row in told["intervals"].values())
    assert told["incidents"] == told["calls"] == 1
    assert told["outcomes"] == {"conveyed": 1}


@pytest.mark.parametrize(
    ("seconds", "late"), [(538.0, 0), (539.0, 0), (539.999999, 0), (540.0, 1), (541.0, 1)]
)
def test_8_59_passes_and_9_00_fails(seconds, late):
    world = on_duty("C1")
    call = world.call()
    incident = world.open(call)
    run = world.send("C1", incident)
    world.progress(run, M.EN_ROUTE)
    world.wait(seconds=seconds)
    world.progress(run, M.ON_SCENE)
    told = counted(book_of(world.log), *DAY, yardstick=yardstick(response_s={"P1": 540}, norms=[]))
    (norm,) = told["total"]["norms"]
    assert (norm["name"], norm["n"], norm["late"], norm["kept"]) == ("response P1", 1, late, not late)


def test_the_first_of_several_units_to_arrive_is_the_response():
    world = on_duty("C1", "T2")
    incident = world.open(world.call())
    slow, quick = world.send("C1", incident), world.send("T2", incident)
    for run in (slow, quick):
        world.progress(run, M.EN_ROUTE)
    world.wait(minutes=4)
    world.progress(quick, M.ON_SCENE)
    world.wait(minutes=4)
    world.progress(slow, M.ON_SCENE)
    response = of(world, "call_to_scene")
    assert (response["n"], response["p50_s"]) == (1, 240)
    assert of(world, "dispatch_to_scene")["n"] == 2


def test_who_cannot_do_what_is_needed_does_not_stop_the_clock_of_the_able():
    world = on_duty("C1", "T2")
    world.units["T2"].capabilities = ("BLS",)
    incident = world.open(world.call())
    world.reprioritise(incident, "P1")  # asks for ALS
    first, able = world.send("T2", incident), world.send("C1", incident)
    for run in (first, able):
        world.progress(run, M.EN_ROUTE)
    world.wait(minutes=4)
    world.progress(first, M.ON_SCENE)
    world.wait(minutes=4)
    world.progress(able, M.ON_SCENE)
    only_c1 = yardstick(able=lambda unit, needed: unit.id == "C1" or not needed)
    assert of(world, "call_to_scene", yardstick=only_c1)["p50_s"] == 240
    assert of(world, "call_to_able_scene", yardstick=only_c1)["p50_s"] == 480


def test_what_never_ended_is_told_apart_and_not_measured():
    world = on_duty()
    world.open(world.call())
    incident = world.open(world.call())
    world.progress(world.send("C1", incident), M.STOOD_DOWN)
    incident = world.open(world.call())
    world.progress(world.send("C1", incident), M.DECLINED)
    incident = world.open(world.call())
    world.progress(world.send("C1", incident), M.EN_ROUTE)
    world.close(world.open(world.call()))
    told = counted(book_of(world.log), *DAY)["total"]
    assert told["intervals"]["call_to_scene"]["n"] == 0
    assert told["intervals"]["call_to_scene"]["censored"] == {
        "declined": 1,
        "never_sent": 1,
        "stood_down": 1,
        "under_way": 1,
        "waiting": 1,
    }
    assert told["intervals"]["dispatch_to_accept"]["censored"] == {
        "declined": 1,
        "not_said": 1,
        "stood_down": 1,
    }
    assert told["intervals"]["dispatch_to_scene"]["censored"] == {
        "declined": 1,
        "stood_down": 1,
        "under_way": 1,
    }
    assert told["outcomes"] == {"never_sent": 1, "under_way": 1, "waiting": 3}


def test_a_corrected_time_counts_as_corrected_and_the_reported_one_can_be_asked_for():
    world = on_duty("C1")
    _, run = an_emergency(world)
    world.correct(run, M.ON_SCENE, NOON + timedelta(seconds=250))
    assert of(world, "call_to_scene")["p50_s"] == 250
    assert of(world, "scene_time")["p50_s"] == 950
    assert of(world, "call_to_scene", as_reported=True)["p50_s"] == 300


def test_a_call_that_joins_later_but_rang_earlier_begins_the_clock():
    world = on_duty("C1")
    early = world.call()
    world.wait(minutes=2)
    incident, _ = an_emergency(world)
    world.join(early, incident)
    assert of(world, "call_to_scene")["p50_s"] == 420


def test_an_incident_belongs_to_the_period_in_which_its_first_call_rang():
    world = on_duty("C1")
    an_emergency(world)
    book, rang = book_of(world.log), instant(NOON)
    assert counted(book, rang, rang + 1)["total"]["incidents"] == 1
    assert counted(book, rang + 1, rang + 86_400_000_000)["total"]["incidents"] == 0
    assert counted(book, rang - 1000, rang)["total"]["incidents"] == 0


def test_unit_hours_are_cut_at_the_edges_and_a_run_after_duty_is_staffed():
    world = on_duty("C1")
    incident = world.open(world.call())
    world.wait(minutes=30)
    run = world.send("C1", incident)
    world.wait(minutes=30)
    world.progress(run, M.STOOD_DOWN)
    world.sign("C1", Duty.OFF_DUTY)
    world.wait(hours=1)
    start = instant(NOON + timedelta(minutes=10))
    told = counted(book_of(world.log), start, instant(NOON + timedelta(hours=9)))["total"]["unit_hours"]
    assert (told["staffed_s"], told["busy_s"], told["runs"]) == (50 * 60, 30 * 60, 1)
    assert told["utilisation"] == 0.6


def test_a_unit_signed_on_days_ago_is_on_duty_today():
    world = on_duty("C1")
    start = NOON + timedelta(days=5)
    told = counted(book_of(world.log), instant(start), instant(start + timedelta(hours=2)))["total"][
        "unit_hours"
    ]
    assert (told["units"], told["staffed_s"], told["utilisation"]) == (1, 7200, 0.0)


def test_a_run_that_lasts_since_before_the_period_is_busy_in_it():
    world = on_duty("C1")
    run = world.send("C1", world.open(world.call()))
    start = NOON + timedelta(days=3)
    told = counted(book_of(world.log), instant(start), instant(start + timedelta(hours=2)))["total"][
        "unit_hours"
    ]
    assert (told["busy_s"], told["runs"]) == (7200, 0)
    assert run.milestone == M.ASSIGNED


def test_by_station_by_hospital_and_by_the_hour_of_the_city():
    world = on_duty("C1")
    an_emergency(world)
    book = book_of(world.log)
    (station,) = [each for each in counted(book, *DAY, "station")["groups"] if each["incidents"]]
    assert station["key"] == "cho-ray"
    assert station["unit_hours"]["units"] == 1
    (hospital,) = counted(book, *DAY, "hospital")["groups"]
    assert (hospital["key"], hospital["intervals"]["arrival_to_handover"]["p50_s"]) == ("cho-ray", 1200)
    (hour,) = counted(book, *DAY, "hour")["groups"]
    assert hour["key"] == "12"
    wards = yardstick(ward_of=lambda lat, lon: "Bến Thành" if lat > 10 else None)
    (ward,) = counted(book, *DAY, "ward", yardstick=wards)["groups"]
    assert ward["key"] == "Bến Thành"


def test_calls_that_needed_nobody_are_counted_with_the_telephone():
    world = on_duty()
    world.close_call(world.call())
    world.call()
    phone = counted(book_of(world.log), *DAY)["total"]["phone"]
    assert (phone["answered"], phone["abandoned"], phone["open"], phone["joined_incident"]) == (2, 0, 1, 0)
    assert sum(phone["closed"].values()) == 1


@pytest.mark.parametrize(
    ("values", "p50", "p90"),
    [([], None, None), ([7], 7, 7), ([1, 2], 1, 2), ([1, 2, 3], 2, 3), (list(range(1, 11)), 5, 9),
     (list(range(1, 12)), 6, 10)],
)  # fmt: skip
def test_a_percentile_by_nearest_rank_is_one_that_was_measured(values, p50, p90):
    assert (nearest_rank(values, 50), nearest_rank(values, 90)) == (p50, p90)


def test_a_mean_norm_is_judged_by_the_mean_and_a_share_by_the_share():
    mean = Norm("mean", Interval.CALL_TO_SCENE, 10, of_mean=True)
    assert within([("P1", 2), ("P1", 17)], mean)["kept"] is True
    assert within([("P1", 3), ("P1", 17)], mean)["kept"] is False  # ten is not below ten
    nine_of_ten = response_norm("P1", 10)
    assert within([("P1", 9)] * 9 + [("P1", 10)], nine_of_ten)["kept"] is True
    assert within([("P1", 9)] * 8 + [("P1", 10)] * 2, nine_of_ten)["late_share"] == 0.2
    assert within([("P2", 3)], nine_of_ten)["kept"] is None


def test_what_overlaps_counts_once():
    assert length([(0, 10), (5, 12), (20, 21), (6, 7)]) == 13
    assert length([]) == 0


def test_a_tally_keeps_the_reasons_of_those_it_could_not_measure():
    tally = Tally()
    tally.take(5, None)
    tally.take(None, "declined")
    assert tally.told()["censored"] == {"declined": 1}
    assert tally.told()["mean_s"] == 5


def test_what_the_crew_says_became_of_it_counts_where_nobody_was_carried():
    world = on_duty("C1")
    run = world.send("C1", world.open(world.call()))
    for milestone in (M.EN_ROUTE, M.ON_SCENE):
        world.progress(run, milestone)
    run.tell_outcome("refused", world.act())
    world.progress(run, M.CLEAR)
    assert counted(book_of(world.log), *DAY)["total"]["outcomes"] == {"patient_refused": 1}
