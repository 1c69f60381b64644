"""C12: one day's calls under every policy, through the handlers, policies, domain and roads of the live
desk."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from domain.policy_book import POLICIES
from routing import map_file
from routing.times import RoadTimes
from simulations.day import write_day
from simulations.full.play import play
from simulations.ground.of_day import ground_of
from simulations.policy_day.__main__ import compare, main
from simulations.policy_day.draw_day import draw_day
from simulations.policy_day.figures import figures
from simulations.policy_day.from_log import day_of, facts_of
from simulations.town import draw_town
from tests.server import ROOT
from tests.small_city import letter_town, write_small_city
from tests.tight_city import tighten

ALL = ("P1", "P2", "P3", "P4")
MORNING = datetime(2026, 3, 3, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """The letter town: its roads, the folder of its city, and five hours of a busy day drawn for it."""
    folder = tmp_path_factory.mktemp("letters")
    source, cities = write_small_city(folder)
    roads = RoadTimes(letter_town().road_map(folder))
    tighten(cities / "letters")
    day = draw_day(roads, "letters", MORNING, calls=250, seed=7)
    rush = tuple(call for call in day.calls if 7 * 3600 <= call.at_s < 12 * 3600)
    assert len(rush) > 40
    return roads, cities / "letters", replace(day, calls=rush), source


GROUNDS = {}


def ground(town):
    """Worked out once for the town of this file."""
    roads, folder, day, _ = town
    if folder not in GROUNDS:
        GROUNDS[folder] = ground_of(day, load_city(folder), roads)
    return GROUNDS[folder]


def played(town, name):
    roads, folder, day, _ = town
    city = load_city(folder)
    return play(
        day,
        city,
        load_rules(folder, city.targets),
        roads,
        ground(town),
        dict.fromkeys(ALL, name),
    ), city


def test_the_same_calls_under_each_policy_give_a_table(town):
    roads, folder, day, _ = town
    rows = compare(day, folder, roads, (*POLICIES, "rules"))
    assert [row.policy for row in rows] == [*POLICIES, "rules"]
    for row in rows:
        assert row.all.calls == len(day.calls)
        assert row.all.unserved == 0
        assert sum(each.calls for each in row.by_priority.values()) == len(day.calls)
        assert row.km > row.km_to_scene > 0
        assert 0 < row.busy < 1
    by_name = {row.policy: row for row in rows}
    assert by_name["closest"].all.mean_s <= by_name["dmexclp"].all.mean_s
    outcomes = {(row.all.mean_s, row.km) for row in rows}
    assert len(outcomes) > 2, "the policies choose differently"


def test_a_day_played_twice_is_the_same_to_the_tenth_of_a_second(town):
    one, city = played(town, "dmexclp")
    two, _ = played(town, "dmexclp")
    assert figures("dmexclp", one, city.targets) == figures("dmexclp", two, city.targets)
    assert [(each.callsign, each.on_scene_s) for each in one.served] == [
        (each.callsign, each.on_scene_s) for each in two.served
    ]


def test_nobody_is_in_two_places_and_the_urgent_do_not_wait_behind_the_calm(town):
    day, _ = played(town, "closest")
    by_unit = {}
    for each in day.served:
        assert each.on_scene_s is not None
        by_unit.setdefault(each.callsign, []).append(each)
    for runs in by_unit.values():
        runs.sort(key=lambda each: each.on_scene_s)
        for before, after in pairwise(runs):
            assert after.on_scene_s >= before.on_scene_s + before.call.scene_s


def test_a_day_comes_back_out_of_the_log_it_went_into(town):
    """What was played is a log like any other: the calls taken out of it are those that were put in."""
    roads, folder, day, _ = town
    city = load_city(folder)
    rules = load_rules(folder, city.targets)
    one = play(day, city, rules, roads, ground(town), dict.fromkeys(ALL, "closest"))
    again = day_of(facts_of(one.log), city.id, city.timezone)
    assert again.begins == day.begins
    assert len(again.calls) == len(day.calls)
    for before, after in zip(day.calls, again.calls, strict=True):
        assert (after.lat, after.lon, after.priority) == (before.lat, before.lon, before.priority)
        assert after.at_s == before.at_s
        assert after.decide_s == pytest.approx(before.decide_s, abs=0.11)
        assert after.scene_s == pytest.approx(before.scene_s, abs=0.11)
        if after.transports:
            assert after.handover_s == pytest.approx(before.handover_s, abs=0.11)
            assert after.clear_s == pytest.approx(before.clear_s, abs=0.11)
    decisions = [fact for fact in facts_of(one.log) if type(fact).__qualname__.startswith("Decision.")]
    assert len(decisions) == len(day.calls), "every choice stands in the log, with its policy"


def test_a_day_that_is_not_in_the_log_says_so(town):
    with pytest.raises(ValueError, match="no incident"):
        day_of([], "letters", "Asia/Ho_Chi_Minh")


def test_the_command_prints_the_table_and_writes_the_figures(town, tmp_path, capsys):
    _, folder, day, source = town
    write_day(day, tmp_path / "day.json")
    out = tmp_path / "figures.json"
    told = ["--recorded", tmp_path / "day.json", "--city", folder, "--map", source, "--json", out]
    assert main([*map(str, told), "--policies", "closest,dmexclp"]) == 0
    printed = capsys.readouterr().out
    assert "closest" in printed
    assert "dmexclp" in printed
    rows = json.loads(out.read_text(encoding="utf-8"))["policies"]
    assert [row["policy"] for row in rows] == ["closest", "dmexclp"]
    assert rows[0]["all"]["calls"] == len(day.calls)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_recorded_day_of_the_demo_town_under_each_policy(tmp_path):
    draw_town(115, tmp_path / "town.osm.pbf")
    folder = map_file.build(tmp_path / "town.osm.pbf", tmp_path)
    order = [sys.executable, "-m", "simulations.policy_day", "--city", str(ROOT / "cities" / "demo")]
    out = tmp_path / "figures.json"
    words = ["--map", str(folder), "--json", str(out)]
    done = subprocess.run([*order, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = {row["policy"]: row for row in json.loads(out.read_text(encoding="utf-8"))["policies"]}
    assert set(rows) == {*POLICIES, "rules"}
    for row in rows.values():
        assert row["all"]["calls"] > 500
        assert row["all"]["unserved"] == 0
        assert 0 < row["all"]["late"] < 0.5
    assert rows["closest"]["all"]["mean_s"] < rows["dmexclp"]["all"]["mean_s"]


def test_every_word_of_the_command_line_is_known():
    done = subprocess.run(
        [sys.executable, "-m", "api.cli.main", "policies", "compare", "--help"],
        cwd=Path(ROOT),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "--recorded" in done.stdout
