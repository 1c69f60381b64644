"""A past instant of a log, carried on in a notebook: what was known then, and nothing of what came after."""

from datetime import timedelta

import numpy as np
import pytest
from msgspec import structs

from api.picture import Picture
from dispatch.some_facts import SomeFacts
from domain.values import Position
from projections.memory import KNOWN
from projections.past import views_at
from projections.positions import LatestPositions
from simulations import Rival, open_past, record
from simulations.calibration.of_log import facts_in, recorded_in
from simulations.experiment.file import BadExperiment
from simulations.fork.past import seen_in
from simulations.full.fingerprint import fingerprint
from simulations.nights.past import usual_in
from simulations.policy_day.from_log import open_log
from tests.letters_service import letters
from tests.played_letters import BEGINS, recorded, written_to

BUSY = BEGINS + timedelta(hours=18, minutes=20)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return written_to(tmp_path_factory.mktemp("past") / "data")


@pytest.fixture(scope="module")
def then(data):
    return open_past(data, BUSY, letters())


@pytest.fixture(scope="module")
def views(data):
    log = open_log(data)
    yield views_at(SomeFacts(log, KNOWN), BUSY)
    log.close()


def test_it_knows_who_serves_and_who_waits_at_that_moment(then):
    calls = recorded().calls
    serving = [call for call in calls if call.at["sent"] <= BUSY < call.at["clear"]]
    now = then.taken.now
    assert serving
    assert len([unit for unit in now.units if unit.task is not None]) == len(serving)
    scenes = sorted((call.position.lat, call.position.lon) for call in serving)
    assert sorted((unit.task.scene.lat, unit.task.scene.lon) for unit in now.units if unit.task) == scenes
    assert f"{len(serving)} on runs" in repr(then)
    opened = [call for call in calls if BUSY - timedelta(hours=3) < call.rang_at <= BUSY]
    assert abs(now.lately.count - len(opened)) <= 3, "opened a minute or two after the ring"


def test_crews_and_hospitals_are_read_as_the_live_desk_reads_them(views):
    stations = (
        {each.id: each.position for each in letters().standing.city.stations}
        if letters().standing.city
        else {}
    )
    live = Picture(views, LatestPositions(stale_after_s=120.0), None, stations)
    past = seen_in(views, BUSY, stations)
    assert len(past.hospitals) > 1
    assert len([unit for unit in past.units if unit.task]) > 1
    assert list(past.hospitals) == list(live.hospitals_now())

    def but_for_places(unit):
        return structs.replace(unit, position=None, position_at=None)

    assert [but_for_places(unit) for unit in past.units] == [
        but_for_places(unit) for unit in live.units_now()
    ]


def test_who_drives_is_under_way_and_who_is_there_is_there(views):
    home = Position(10.0, 106.0)
    found = seen_in(views, BUSY, {row["station_id"]: home for row in views.rows("units")})
    for unit in found.units:
        if unit.task is None:
            assert unit.position == home
        elif unit.task.milestone in ("on_scene", "patient_contact"):
            assert unit.position == unit.task.scene
        elif unit.task.milestone in ("at_hospital", "handed_over"):
            assert unit.position == unit.task.hospital
        elif unit.task.milestone == "transporting":
            between = sorted((unit.task.scene.lat, unit.task.hospital.lat))
            assert between[0] <= unit.position.lat <= between[1]


def test_rivals_meet_the_same_futures_and_the_log_is_as_it_was(then, data):
    log = open_log(data)
    before = fingerprint(log)
    found = then.futures(["rules", "closest", "closest:dmexclp"], hours=2, count=30)
    assert set(found.values) == {"rules", "closest", "closest:dmexclp"}
    calls = {name: its["incidents"] for name, its in found.values.items()}
    assert calls["rules"] == calls["closest"] == calls["closest:dmexclp"]
    assert len(set(calls["rules"])) > 3, "futures differ"
    again = open_past(data, BUSY.isoformat(), letters()).futures(["closest"], hours=2, count=30)
    assert again.values["closest"] == found.values["closest"]
    assert "late %" in repr(found)
    assert found.by_future().num_rows == 90
    assert {each.rival for each in found.apart} == {"closest", "closest:dmexclp"}
    assert fingerprint(log) == before
    log.close()


def test_a_quiet_instant_has_other_futures_than_a_busy_one(then, data):
    night = open_past(data, BEGINS + timedelta(hours=4), letters())
    assert len([unit for unit in night.taken.now.units if unit.task]) < len(
        [u for u in then.taken.now.units if u.task]
    )
    quiet, busy = night.futures(hours=1, count=40), then.futures(hours=1, count=40)
    assert np.mean(quiet.values["rules"]["incidents"]) < np.mean(busy.values["rules"]["incidents"])


def test_a_data_folder_does_too_and_what_cannot_be_is_refused(tmp_path, data, then):
    assert repr(open_past(data, BUSY, letters())) == repr(then)
    with pytest.raises(ValueError, match="does not say by which clock"):
        open_past(data, "2026-03-03T18:00", letters())
    with pytest.raises(ValueError, match="knows no unit"):
        open_past(data, BEGINS - timedelta(days=9), letters())
    with pytest.raises(FileNotFoundError):
        open_past(tmp_path, BUSY, letters())
    with pytest.raises(ValueError, match="only policy and move-up"):
        then.futures([Rival("fewer", without=("C1",))])
    with pytest.raises(BadExperiment):
        then.futures(["nearest"])
    with pytest.raises(ValueError, match="each otherwise"):
        then.futures(["rules", "rules"])
    with pytest.raises(ValueError, match="up to 24 hours"):
        then.futures(hours=100)


def test_the_week_of_a_model_is_that_of_its_kinds():
    model = letters().model
    usual = usual_in(model)
    expected = sum(kind.rates[30] for kind in model.kinds if kind.priority == "P2")
    assert usual.rates["P2"][30] == pytest.approx(expected)
    assert len(usual.pace) == 168


def test_a_night_is_recorded_by_the_live_handlers_and_carried_on_from_any_instant(tmp_path):
    nights = letters().nights(hours=6, replications=2, seed=7, warm_up_hours=2)
    data = record(nights, tmp_path / "night", night=1)
    log = open_log(data)
    calls, duty = recorded_in(facts_in(log))
    log.close()
    rang = [round((call.rang_at - nights.begins).total_seconds(), 1) for call in calls]
    assert sorted(rang) == sorted(float(each.at_s) for each in nights[1].day().calls)
    assert duty
    then = open_past(data, nights.begins + timedelta(hours=7), letters())
    assert len(then.futures(count=5).values["rules"]["late"]) == 5
    with pytest.raises(FileExistsError, match="holds a log already"):
        record(nights, data)
    with pytest.raises(ValueError, match="no policy is called 'nearest'"):
        record(nights, tmp_path / "other", policy="nearest")
    assert not (tmp_path / "other").exists()
