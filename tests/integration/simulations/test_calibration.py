"""The model beside what happened: days that the live handlers played, and models that are right or wrong."""

import csv
import json
import re
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from api.cli.main import app
from simulations.calibration.__main__ import main
from simulations.calibration.compare import blocks_of, by_group, compared
from simulations.calibration.conclude import may, may_not
from simulations.calibration.demand import demand_of
from simulations.calibration.of_log import facts_in, recorded_in
from simulations.calibration.of_table import COLUMNS
from simulations.calibration.play import Asked, judge
from simulations.calibration.recorded import MOMENTS
from simulations.city_model.durations import Duration
from simulations.city_model.write import write_model
from simulations.nights.service import no_wards
from simulations.policy_day.from_log import open_log
from tests.letters_service import letters
from tests.played_letters import BEGINS, HOURS, recorded, written_to
from tests.simulated_letters import city_folder, roads

ASKED = Asked(replications=10, policy="closest")


def judged(model=None, of=None, asked=ASKED):
    service = letters()
    its = (model or service.model, service.rules, roads(), lambda: service.grid, no_wards, asked)
    return judge(of or recorded(), *its)


def figures(found):
    return {(each.stretch, each.kind): each for each in found}


def test_a_model_that_made_the_days_is_not_said_to_differ_and_may_be_used():
    its = judged()
    found = compared(its, blocks_of(its))
    assert not [each for each in found if each.sure]
    assert [each.key for each in may(found)] == ["responses_hold", "usable"]
    known = figures(found)
    assert known["response", "mean"].calls == len(recorded().calls) > 250
    parts = [known[each, "mean"].recorded for each in ("to_order", "turnout", "travel")]
    assert sum(parts) == pytest.approx(known["response", "mean"].recorded, abs=0.1)
    assert all(each.low <= each.recorded <= each.high for each in found)
    assert all(each.least <= each.simulated <= each.most for each in found)


def test_what_is_wrong_with_a_model_is_named_the_largest_first():
    model = letters().model
    times = {
        name: replace(its, scene=Duration("gamma", (1.5 * its.scene.mean_s, 4.0)))
        for name, its in model.times.items()
    }
    turnout = {kind: seconds + 40 for kind, seconds in model.turnout_s.items()}
    its = judged(replace(model, times=times, turnout_s=turnout))
    found = compared(its, blocks_of(its))
    told = {each.key: each for each in may(found)}
    assert set(told) == {"responses_off", "mend", "no_minutes"}
    assert [each.stretch for each in told["mend"].figures][:2] == ["scene", "turnout"]
    known = figures(found)
    assert known["turnout", "mean"].apart == pytest.approx(40)
    assert known["scene", "mean"].apart_low > 300
    assert not known["handover", "mean"].sure, "what nobody changed is not blamed"
    assert not known["to_hospital", "mean"].sure


def test_the_same_seed_says_the_same_and_the_calls_are_the_recorded_ones():
    one, other = judged(), judged()
    for name in one.simulated:
        np.testing.assert_array_equal(one.simulated[name], other.simulated[name])
    np.testing.assert_array_equal(
        one.recorded["late"], one.recorded["response"] > np.array(one.targets_s)[one.priority]
    )
    assert one.on_duty
    assert one.strangers == 0
    another = judged(asked=replace(ASKED, seed=4))
    assert (another.simulated["scene"] != one.simulated["scene"]).any()


def test_crews_are_on_duty_as_the_log_says_and_by_the_model_where_it_does_not_tell():
    its = recorded()
    nobody = replace(its, duty={})
    nights = [
        callsign for callsign, spells in its.duty.items() if spells[-1][1] is not None or len(spells) > 1
    ]
    assert nights, "some come for the night only"
    one_crew = replace(its, duty={"C1": its.duty["C1"]})
    few = judged(of=one_crew, asked=replace(ASKED, replications=2))
    assert np.nanmean(few.simulated["to_order"]) > 5 * np.nanmean(judged().simulated["to_order"])
    by_model = judged(of=nobody)
    assert not by_model.on_duty
    found = compared(by_model, blocks_of(by_model))
    keys = [each.key for each in may_not(by_model, found, demand_of(by_model), by_day=False)]
    assert "duty_unknown" in keys
    assert "few_days" in keys
    assert "demand_off" not in keys, "the model made these calls"


def test_an_hour_that_was_seen_on_two_days_is_drawn_and_not_judged():
    model = letters().model
    its = judged(replace(model, turnout_s={kind: seconds + 300 for kind, seconds in model.turnout_s.items()}))
    hours = by_group(
        its, blocks_of(its), "response", [f"{hour:02d}" for hour in range(24)], its.hour_of_day, 2
    )
    assert len(hours) > 10
    assert all(each.apart > 200 for each in hours)
    assert not any(each.sure for each in hours)
    wards = by_group(its, blocks_of(its), "response", ["all"], np.zeros_like(its.hour_of_day), 10)
    assert [each.sure for each in wards] == [True]


def test_more_calls_than_the_model_has_are_seen():
    model = letters().with_calls(2.0).model
    its = judged(replace(letters().model, kinds=model.kinds))
    demand = demand_of(its)
    assert not demand.within
    assert demand.total == len(recorded().rang)
    assert demand.total_mean == pytest.approx(2 * demand.total, rel=0.15)
    assert "demand_off" in [each.key for each in may_not(its, compared(its, blocks_of(its)), demand, False)]


@pytest.fixture(scope="module")
def asked_of(tmp_path_factory):
    """Log, map and model as the command wants them."""
    folder = tmp_path_factory.mktemp("calibration")
    write_model(letters().model, folder / "model")
    (map_folder,) = city_folder().parents[1].glob("maps/*")
    where = ["--city-folder", str(city_folder()), "--map", str(map_folder), "--model", str(folder / "model")]
    return written_to(folder / "data"), [*where, "--policy", "closest", "--replications", "5"]


def test_the_command_writes_a_page_rows_and_figures_that_agree(asked_of, tmp_path, capsys):
    data, words = asked_of
    assert main(["--log", str(data), *words, "--out", str(tmp_path / "out"), "--csv"]) == 0
    assert "no difference shown" in capsys.readouterr().out
    told = json.loads((tmp_path / "out" / "calibration.json").read_text())
    page = (tmp_path / "out" / "report.html").read_text()
    assert (told["days"], told["incidents"]) == (HOURS // 24, len(recorded().calls))
    assert not re.search(r"https?://|<script", page), "it fetches nothing"
    for words_of_page in ("Thời gian đáp ứng: chưa thấy mô hình khác thực tế", "What may not be concluded"):
        assert words_of_page in page
    rows = pq.read_table(tmp_path / "out" / "rows" / "incidents.parquet").to_pandas()
    recorded_rows = rows[rows.side == "recorded"]
    mean = next(
        each
        for each in told["figures"]
        if (each["stretch"], each["kind"], each["group"]) == ("response", "mean", "")
    )
    assert recorded_rows.response_s.mean() == pytest.approx(mean["recorded"], abs=0.01)
    assert rows[rows.side == "simulated"].response_s.mean() == pytest.approx(mean["simulated"], abs=0.01)
    assert len(rows) == 6 * told["incidents"]
    with (tmp_path / "out" / "rows" / "figures.csv").open() as lines:
        assert len(list(csv.DictReader(lines))) == len(told["figures"])


def test_a_table_of_another_system_says_the_same_as_the_log(asked_of, tmp_path):
    data, words = asked_of
    table = tmp_path / "history.csv"
    with table.open("w", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(COLUMNS)
        for call in recorded().calls:
            moments = [call.at[each].isoformat() if each in call.at else "" for each in MOMENTS]
            writer.writerow(
                [call.rang_at.isoformat(), call.position.lat, call.position.lon, call.priority, *moments]
            )
    found = []
    for source, name in (("--log", data), ("--table", table)):
        assert main([source, str(name), *words, "--out", str(tmp_path / source)]) == 0
        found.append(json.loads((tmp_path / source / "calibration.json").read_text()))
    recorded_sides = [
        {(e["stretch"], e["kind"], e["group"]): e["recorded"] for e in each["figures"]} for each in found
    ]
    assert recorded_sides[0] == pytest.approx(recorded_sides[1])
    assert "duty_unknown" in found[1]["may_not"]
    assert "duty_unknown" not in found[0]["may_not"], "the log tells it"


def test_of_a_stored_log_all_is_read_that_is_gone_by(asked_of):
    log = open_log(asked_of[0])
    calls, duty = recorded_in(facts_in(log))
    log.close()
    whole = recorded()
    assert len(calls) == len(whole.calls)
    assert sorted(call.rang_at for call in calls) == [call.rang_at for call in whole.calls]
    assert duty == whole.duty
    assert any(ends is not None for spells in duty.values() for _, ends in spells)


def test_a_history_without_times_is_asked_of_its_calls_alone(asked_of, tmp_path):
    table = tmp_path / "calls.csv"
    rows = [
        f"{call.rang_at.isoformat()},{call.position.lat},{call.position.lon},{call.priority}"
        for call in recorded().calls
    ]
    table.write_text("\n".join(["rang_at,lat,lon,priority", *rows]))
    assert main(["--table", str(table), *asked_of[1], "--out", str(tmp_path / "out")]) == 0
    told = json.loads((tmp_path / "out" / "calibration.json").read_text())
    assert told["may"] == ["no_times"]
    assert told["figures"] == []
    assert told["demand"]["least"] < told["demand"]["recorded"] < told["demand"]["most"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (["rang_at,lat,lon", "2026-03-03 04:00,10.7,106.6"], "line 1: there is no column 'priority'"),
        (["rang_at,lat,lon,priority", "yesterday,10.7,106.6,P1"], "line 2: 'yesterday' is no moment"),
        (
            ["rang_at,lat,lon,priority", "2026-03-03 04:00,here,106.6,P1"],
            "line 2: 'here', '106.6' is no place",
        ),
        (["rang_at,lat,lon,priority", "2026-03-03 04:00,10.7,106.6,P9"], "line 2: the priority is one of"),
        (
            [
                "rang_at,lat,lon,priority,sent_at,on_scene_at",
                "2026-03-03 04:00,10.7,106.6,P1,2026-03-03 04:09,2026-03-03 04:05",
            ],
            "line 2: on_scene_at is before sent_at",
        ),
        (["rang_at,lat,lon,priority"], "has no row"),
    ],
)
def test_a_bad_table_gets_a_sentence_with_its_line(asked_of, tmp_path, capsys, rows, says):
    table = tmp_path / "history.csv"
    table.write_text("\n".join(rows))
    assert main(["--table", str(table), *asked_of[1], "--out", str(tmp_path / "out")]) == 1
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_too_short_a_record_and_days_that_are_not_there_are_refused(asked_of, tmp_path, capsys):
    data, words = asked_of
    out = ["--out", str(tmp_path / "out")]
    assert main(["--log", str(data), *words, *out, "--begins", "2020-01-01", "--days", "3"]) == 1
    assert "no call from 2020-01-01 to 2020-01-03" in capsys.readouterr().err
    assert main(["--log", str(tmp_path / "nothing"), *words, *out]) == 1
    assert "There is no log" in capsys.readouterr().err
    table = tmp_path / "few.csv"
    table.write_text("rang_at,lat,lon,priority\n2026-03-03 04:00,10.77,106.69,P1")
    assert main(["--table", str(table), *words, *out]) == 1
    assert "a comparison wants 30" in capsys.readouterr().err


def test_the_door_of_the_command_wants_one_source():
    told = CliRunner().invoke(app, ["model", "calibrate", "--out", "x"])
    assert told.exit_code == 2
    assert "one of the two" in told.output
    both = CliRunner().invoke(app, ["model", "calibrate", "--out", "x", "--log", "a", "--table", "b"])
    assert both.exit_code == 2


def test_the_record_of_a_log_begins_at_midnight_and_counts_every_run_once():
    its = recorded()
    assert its.begins == BEGINS
    assert its.unreached == 0
    assert its.seconds(its.calls[0].rang_at) >= 0
    assert all(call.crews == 1 for call in its.calls)
    assert sum(call.transported or False for call in its.calls) == sum(
        "at_hospital" in call.at for call in its.calls
    )
