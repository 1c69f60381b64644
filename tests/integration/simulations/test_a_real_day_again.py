"""A day out of the log once more, with its very calls: another policy, fleet or hospital plan."""

from functools import cache

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from dispatch.application import sqlite_log
from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from simulations.experiment.__main__ import main
from simulations.experiment.inputs import read_inputs
from simulations.experiment.keep import kept
from simulations.experiment.replicate import Replication, file_of
from simulations.full.play import play
from simulations.ground.of_day import ground_of
from simulations.policy_day.from_log import day_of, facts_of, open_log
from tests.simulated_letters import BEGINS, a_day, city_folder, roads

PLANS = """
question = "What if the northern hospital is closed, or four crews stay at home?"
city = "letters"

[[rivals]]
name = "as it was"

[[rivals]]
name = "by coverage"
policy = "preparedness"
move_up = "dmexclp"

[[rivals]]
name = "four fewer"
without = ["C1", "C2", "T1", "T2"]

[[rivals]]
name = "bac closed"
closed = ["bac"]

[[rivals]]
name = "few beds"
staffed = { bac = { EmergencyDepartment = 1 }, nam = { EmergencyDepartment = 2 } }
"""


@cache
def played_day():
    """By the live handlers."""
    city = load_city(city_folder())
    rules = load_rules(city_folder(), city.targets)
    closest = dict.fromkeys(("P1", "P2", "P3", "P4"), "closest")
    return play(a_day(), city, rules, roads(), ground_of(a_day(), city, roads()), closest)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder with the log of that day."""
    folder = tmp_path_factory.mktemp("data")
    log = sqlite_log(str(folder / "events.sqlite"))
    played_day().log.write_to(log)
    log.close()
    return folder


def words(data, out, *more):
    (map_folder,) = city_folder().parents[1].glob("maps/*")
    where = ["--city-folder", str(city_folder()), "--map", str(map_folder), "--jobs", "1", "--out", str(out)]
    return [*where, "--log", str(data), "--day", BEGINS.date().isoformat(), "--same-calls", *more]


@pytest.fixture(scope="module")
def again(data, tmp_path_factory):
    out = tmp_path_factory.mktemp("again")
    (out / "plans.toml").write_text(PLANS)
    assert main(words(data, out / "out", "--experiment", str(out / "plans.toml"))) == 0
    return out / "out"


def served(out, number):
    return kept(file_of(out, number, 0), Replication).served


def test_every_rival_meets_the_calls_of_the_log_and_the_first_does_what_the_log_tells(data, again):
    inputs = read_inputs(again)
    assert (inputs.experiment.days, inputs.experiment.replications) == ("recorded", 1)
    log = open_log(data)
    known = day_of(facts_of(log), "letters", "Asia/Ho_Chi_Minh", BEGINS.date())
    log.close()
    assert inputs.day == known
    assert len(known.calls) == len(a_day().calls)
    assert [(each.lat, each.lon) for each in known.calls] == [(each.lat, each.lon) for each in a_day().calls]
    order = sorted(range(len(known.calls)), key=lambda i: known.calls[i].at_s + known.calls[i].decide_s)
    units = inputs.words.units["as it was"]
    sent = [units[unit] for unit in served(again, 0).unit]
    assert sent == [played_day().served[number].callsign for number in order]


def test_another_policy_and_another_fleet_send_others_to_the_same_calls(again):
    inputs = read_inputs(again)
    callsigns = [
        [inputs.words.units[rival.name][unit] for unit in served(again, number).unit]
        for number, rival in enumerate(inputs.experiment.rivals)
    ]
    was, by_coverage, fewer, closed, _ = callsigns
    assert by_coverage != was
    assert not {"C1", "C2", "T1", "T2"} & set(fewer)
    assert closed != was  # crews come back from elsewhere


def test_nobody_is_taken_to_a_hospital_that_the_plan_closes(again):
    bac = [each.id for each in load_city(city_folder()).hospitals].index("bac")
    was, closed, few = (served(again, number).hospital.tolist() for number in (0, 3, 4))
    assert bac in was
    assert bac not in closed
    assert few != was  # scarce beds count against a hospital
    assert (again / "report.html").stat().st_size > 20_000


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ('closed = ["tay"]', "has no hospital `tay`"),
        ('closed = ["bac", "nam", "dong"]', "has no hospital left"),
        ("staffed = { bac = { Sofas = 3 } }", "no kind of bed `Sofas`"),
        ("staffed = { bac = { AdultICU = -1 } }", "line 6"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_a_sentence(data, tmp_path, capsys, plan, says):
    file = tmp_path / "plan.toml"
    file.write_text(f'question = "?"\ncity = "letters"\n\n[[rivals]]\nname = "x"\n{plan}\n')
    assert main(words(data, tmp_path / "out", "--experiment", str(file))) == 1
    assert says in capsys.readouterr().err


def test_a_day_that_the_log_has_not_and_many_rounds_of_one_day_are_refused(data, tmp_path, capsys):
    nothing = [*words(data, tmp_path / "a"), "--day", "2020-01-01"]
    assert main(nothing) == 1
    assert "no incident on 2020-01-01" in capsys.readouterr().err
    assert main([*words(data, tmp_path / "b"), "--replications", "5"]) == 1
    assert "played once" in capsys.readouterr().err
    modelled = [word for word in words(data, tmp_path / "c") if word not in ("--log", str(data))]
    assert main([*modelled, "--model", "city"]) == 1
    assert "no calls that rang" in capsys.readouterr().err


def test_the_door_of_the_command_knows_the_same_calls():
    told = CliRunner().invoke(app, ["simulate", "--help"], env={"COLUMNS": "200"})
    assert "--same-calls" in told.output
