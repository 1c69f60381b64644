"""The study of policies, on a street of four crossings: variants of a city, and what is said of rivals."""

import json
from itertools import pairwise, product

import numpy as np
import pytest

from domain.values import Priority
from simulations.planning.mexclp import expected_cover
from simulations.policy_study import say, variants
from simulations.policy_study.__main__ import main
from simulations.policy_study.draw import draw
from simulations.policy_study.play import compared, play, said_of
from simulations.policy_study.world import World, an_experiment, edmonton
from tests.unit.simulations.jemss_town import write_jemss_town


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_jemss_town(tmp_path_factory.mktemp("jemss"))


@pytest.fixture(scope="module")
def world(folder) -> World:
    return edmonton(folder, an_experiment("street", 3, 3))


def callsigns(world):
    return {unit.callsign for unit in world.city.units}


def test_a_smaller_fleet_is_part_of_a_larger_one(world):
    fleets = [callsigns(variants.with_vans(world, count)) for count in (1, 2, 5, 8)]
    assert [len(fleet) for fleet in fleets] == [1, 2, 5, 8]
    assert all(less < more for less, more in pairwise(fleets))


def test_vans_are_placed_where_no_other_placing_covers_more(world):
    its = variants.with_vans(variants.busy_for(world, 0.3), 3)
    weight, reach = its.cells()
    stations = [station.id for station in its.city.stations]
    chosen = [stations.index(unit.station) for unit in variants.placed(its).city.units]
    counts = np.bincount(chosen, minlength=len(stations))
    others = [
        expected_cover(weight, reach, np.array(each), 0.3)
        for each in product(range(4), repeat=len(stations))
        if sum(each) == 3
    ]
    assert expected_cover(weight, reach, counts, 0.3) == pytest.approx(max(others))
    one_site = variants.placed(its, sites=[1])
    assert {unit.station for unit in one_site.city.units} == {stations[1]}


def test_vans_are_shared_out_among_the_stations_in_turn(world):
    five = variants.spread(variants.with_vans(world, 5))
    west, east = (station.id for station in world.city.stations)
    at = {unit.callsign: unit.station for unit in five.city.units}
    assert [at[callsign] for callsign in sorted(at)] == [west, east, west, east, west]


def test_the_first_site_reaches_most_and_each_comes_once(world):
    weight, reach = world.cells()
    order = variants.best_sites(world)
    assert sorted(order) == list(range(len(reach)))
    assert (reach @ weight)[order[0]] == (reach @ weight).max()


def test_who_moves_waits_at_the_sites_that_are_left(world):
    moving = variants.any_distance(world).columns("closest", "dmexclp")
    fewer = variants.at_sites(moving, [1])
    assert fewer.plan.move_up.post_cell[0] == -1
    assert fewer.plan.move_up.post_cell[1] == moving.plan.move_up.post_cell[1] >= 0
    assert (moving.plan.move_up.post_cell >= 0).all(), "the other rival keeps them"


def test_everybody_is_late_after_what_was_promised(world):
    soon, late = (variants.promised(world, within_s, 300.0) for within_s in (60, 36_000))
    assert set(soon.city.targets.response_s) == set(Priority)
    shares = [np.mean(play(its, {"home": its.columns("closest")})["home"]["late"]) for its in (soon, late)]
    assert shares[0] > 0.5
    assert shares[1] == 0.0


def test_rivals_meet_the_same_calls_and_alike_ones_are_not_told_apart(world):
    values = play(world, {each: world.columns("closest") for each in ("one", "other")})
    assert values["one"] == values["other"]
    assert len(values["one"]["late"]) == 3
    assert len(set(values["one"]["km"])) == 3, "each night has luck of its own"
    assert all(said_of(values)["other"][figure]["p"] == 1.0 for figure in ("late", "mean_s", "km"))


def test_more_vans_are_seen(world):
    one, five = (variants.with_vans(world, count) for count in (1, 5))
    said = compared(one, [("one", one.columns("closest")), ("five", five.columns("closest"))])
    assert said["five"]["mean_s"]["apart"] < 0
    assert said["five"]["waited"]["mean"] < said["one"]["waited"]["mean"]


def test_what_is_not_sure_is_said_to_be_no_difference():
    base = {"mean": 0.2, "low": 0.1, "high": 0.3}
    sure = {**base, "apart": -0.05, "apart_low": -0.06, "apart_high": -0.04, "p": 0.001}
    doubt = {**sure, "apart_high": 0.01, "p": 0.2}
    page = say.table(
        {
            "closest": dict.fromkeys(say.COLUMNS, base),
            "other": dict.fromkeys(say.COLUMNS, sure) | {"km": doubt},
        }
    )
    assert "| closest | 20.0 % (10.0 to 30.0) |" in page
    assert "| other | -5.0 (-6.0 to -4.0) |" in page
    assert page.endswith("no difference shown (-0 to +0) |")


def test_the_figures_are_written_and_drawn(folder, tmp_path):
    out = tmp_path / "street.json"
    asked = ["--jemss", str(folder), "--days", "1", "--replications", "2", "--out", str(out)]
    assert main([*asked, "--parts", "policies"]) == 0
    assert main([*asked, "--parts", "fleets,promises"]) == 0
    told = json.loads(out.read_text())
    assert set(told) == {"about", "policies", "fleets", "promises"}, "what was there before is kept"
    assert told["policies"]["closest"]["calls"]["mean"] == told["policies"]["dmexclp"]["calls"]["mean"] > 0
    page = say.page(told)
    assert page.count("| closest, dmexclp move-up |") == 3, "the rival's own row, and a column of each sweep"
    assert "no difference" in page
    draw([told], tmp_path / "street.svg")
    picture = (tmp_path / "street.svg").read_text()
    assert "promised to everybody, minutes" in picture
    assert "DMEXCLP dispatch" in picture
