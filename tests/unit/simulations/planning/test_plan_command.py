"""The door of the planning aids: figures come out, and what makes no sense gets a sentence."""

import json

import numpy as np
import pytest

from simulations.planning.__main__ import main
from simulations.planning.need import Promise, staff_needed
from tests.unit.simulations.forecast.made_up import ordinary


@pytest.fixture(scope="module")
def calls(tmp_path_factory):
    history, path = ordinary(10), tmp_path_factory.mktemp("calls") / "calls.csv"
    lines = [
        "at",
        *(str(history.at(hour)) for hour, count in enumerate(history.counts) for _ in range(count)),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_beds(tmp_path, capsys):
    out = tmp_path / "beds.json"
    asked = ["beds", "--patients-a-day", "30", "--stay-days", "4.5", "--turned-away", "0.02"]
    assert main([*asked, "--json", str(out)]) == 0
    assert "149 beds: 1.81% of the patients find none" in capsys.readouterr().out
    told = json.loads(out.read_text(encoding="utf-8"))
    assert (told["beds"], told["wished_mean"]) == (149, 135.0)


def test_a_roster_out_of_a_table_of_calls_covers_every_hour(calls, tmp_path, capsys):
    out = tmp_path / "roster.json"
    asked = ["roster", "--calls", str(calls), "--growth", "6", "--service", "180", "--json", str(out)]
    assert main([*asked, "--shift", "8@6,14,22", "--shift", "4@8,17"]) == 0
    said = capsys.readouterr().out
    told = json.loads(out.read_text(encoding="utf-8"))
    assert (np.array(told["staffed"]) >= np.array(told["needed"])).all()
    rates = np.array(told["calls_an_hour"])
    assert told["needed"] == staff_needed(rates, 180.0, Promise(0.9, 15.0)).tolist()
    assert rates.sum() == pytest.approx(6 * ordinary(10).counts.sum() / 10, rel=0.01)
    assert told["paid_hours"] == sum(each["hours"] * each["people"] for each in told["shifts"])
    assert f"{told['paid_hours']} are on the roster" in said
    assert [each["begins"] for each in told["shifts"]] == sorted(each["begins"] for each in told["shifts"])


def test_units_take_longer_and_so_there_are_more(calls, capsys):
    assert main(["roster", "--calls", str(calls), "--for", "units", "--shift", "12@7,19"]) == 0
    said = capsys.readouterr().out
    assert "Units on duty" in said
    assert "It says nothing about how soon one is there" in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--shift", "8 hours"], "'8 hours' is no shift such as 8@6,14,22"),
        (["--shift", "30@6"], "'30@6' is no shift such as 8@6,14,22: A shift lasts 1 to 24 hours"),
        (["--shift", "8@6"], "No shift covers 0:00 of day 1"),
        (["--service", "0"], "Work takes longer than nothing"),
        (["--share", "1"], "A promise is for a share above 0 and below 1"),
        (["--within", "nan"], "A promise is for a share above 0 and below 1"),
        (["--growth", "-1"], "Calls an hour are numbers not below nothing"),
        (["--service", "-5"], "Work takes longer than nothing"),
    ],
)
def test_what_makes_no_sense_gets_a_sentence_and_writes_nothing(calls, tmp_path, capsys, asked, said):
    out = tmp_path / "roster.json"
    assert main(["roster", "--calls", str(calls), "--json", str(out), *asked]) == 1
    assert said in capsys.readouterr().err
    assert not out.exists()
