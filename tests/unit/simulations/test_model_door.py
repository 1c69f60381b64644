"""`vigil model`, as its own door says and does it."""

import json
from datetime import datetime, timedelta

import numpy as np
import pytest

from domain.values import Position
from simulations.city_model.__main__ import main
from simulations.city_model.model import NO_INCIDENT
from simulations.city_model.read import read_model
from simulations.city_model.write import write_model
from simulations.jemss.kept_roads import roads_beside
from tests.unit.simulations.jemss_town import write_jemss_town
from tests.unit.simulations.small_model import small_model


@pytest.fixture
def folder(tmp_path):
    write_model(small_model(), tmp_path / "small")
    return tmp_path / "small"


def test_a_model_is_shown_with_what_it_holds(folder, capsys):
    assert main(["show", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["calls_a_day"] == pytest.approx((10 + 16.5 + 30) * 24)
    assert told["incidents_a_day"] == pytest.approx((10 + 16.5) * 24)
    assert told["units_on_duty"] == 1.5  # one always, one by night
    assert told["busiest_hour"]["hour"] == "Mon 23:00"
    assert main(["show", str(folder)]) == 0
    assert "Drives take up to 1.5 times as long" in capsys.readouterr().out


def test_a_model_is_checked_and_what_is_wrong_is_told(folder, capsys):
    assert main(["check", str(folder)]) == 0
    fleet = folder / "fleet.csv"
    fleet.write_text(fleet.read_text().replace("nights", "lates"))
    assert main(["check", str(folder)]) == 1
    assert (
        capsys.readouterr().err == "fleet.csv, line 3: there is no shift 'lates' in [shifts] of model.toml.\n"
    )
    assert main(["check", str(folder / "nowhere")]) == 1
    assert "There is no city model in" in capsys.readouterr().err


def test_a_jemss_model_becomes_one_of_ours(tmp_path, capsys):
    assert main(["import", "--jemss", str(write_jemss_town(tmp_path)), "--out", str(tmp_path / "out")]) == 0
    assert read_model(tmp_path / "out").id == "paper-1"
    assert "24 calls a day" in capsys.readouterr().out
    beside = roads_beside(tmp_path / "out")
    (there,) = beside.to_scene([Position(1.0, 100.0)], Position(1.01, 100.03), "van")
    assert there.duration_s == pytest.approx(3 * 60 + 30, abs=0.01)  # as the network says
    (back,) = beside.to_scene([Position(1.01, 100.03)], Position(1.0, 100.0), "van_normal")
    assert back.duration_s == pytest.approx(3 * 120 + 60, abs=0.01)
    assert beside.map_version == "jemss-paper-1"
    assert main(["import", "--jemss", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "There is no travel" in capsys.readouterr().err


def test_a_demand_is_fitted_around_another_model(folder, tmp_path, capsys):
    chance = np.random.default_rng(1)
    begins = datetime(2026, 3, 2)
    rows = ["when,y,x,what"]
    for hour in range(168 * 11):
        for _ in range(chance.poisson(4.0)):
            lat, lon = 10.77 + chance.normal(0, 0.01), 106.7 + chance.normal(0, 0.01)
            at = begins + timedelta(hours=hour, minutes=float(chance.uniform(0, 60)))
            rows.append(f"{at.isoformat(sep=' ')},{lat:.6f},{lon:.6f},{chance.choice(['a', 'b'])}")
    table, kinds = tmp_path / "calls.csv", tmp_path / "kinds.csv"
    table.write_text("\n".join(rows) + "\n")
    kinds.write_text("begins,kind,priority\n,bad,P1\nb,other,P3\n")
    words = [
        "fit", str(table), "--at", "when", "--lat", "y", "--lon", "x", "--kind", "what",
        "--kinds", str(kinds), "--like", str(folder), "--places", "10",
        "--report", str(tmp_path / "page.html"), "--out", str(tmp_path / "fitted"), "--json",
    ]  # fmt: skip
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["calls"] == len(rows) - 1
    assert told["weeks_held_out"] == 2
    model = read_model(tmp_path / "fitted")
    assert model.units == small_model().units
    emergencies = [kind for kind in model.kinds if kind.priority != NO_INCIDENT]
    assert sum(sum(kind.rates) for kind in emergencies) / 168 == pytest.approx(4.0, rel=0.1)
    (nuisance,) = (kind for kind in model.kinds if kind.priority == NO_INCIDENT)
    assert set(nuisance.rates) == {30.0}, "the table tells of none, so the other model's stay"
    assert (tmp_path / "page.html").read_text().startswith("<!doctype html>")
    table.write_text("\n".join(rows[: 168 * 4 * 4]) + "\n")
    assert main([word for word in words if word not in ("--report", str(tmp_path / "page.html"))]) == 0
    assert json.loads(capsys.readouterr().out)["not_judged"].endswith("too few to hold some of them out.")
    assert main([*words[:2], "--out", str(tmp_path / "x")]) == 1
    assert "there is no column 'at'" in capsys.readouterr().err
