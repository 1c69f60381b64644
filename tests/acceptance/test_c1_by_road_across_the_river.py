"""C1: rank all free units by road-network ETA: a unit sixth by line but first by road wins.
C5: motorbike first, ambulance second, as one plan on a network that knows the width of alleys: in a 2 m alley
the motorbike's time is used for first care, the van's time is to the alley mouth.
C7: bit-exact replay of any past recommendation: `replay <decision-id>` equals the stored output, with graph
and traffic version."""

import json
import subprocess
from collections.abc import Iterator
from math import hypot

import pytest

from domain.values import Position
from tests.desk_work import DeskWork
from tests.river_city import UNITS, river_town
from tests.server import VIGIL, Server, ok, river_ground, running_server

TOWN = river_town()


@pytest.fixture(scope="module")
def river(tmp_path_factory) -> Iterator[Server]:
    with running_server(river_ground(), tmp_path_factory.mktemp("river")) as server:
        with server.client() as client:
            DeskWork(client).everybody_on_duty()
        yield server


@pytest.fixture
def desk(river) -> Iterator[DeskWork]:
    with river.client() as client:
        desk = DeskWork(client)
        for callsign, corner in UNITS.items():
            desk.ping(callsign, TOWN.at(corner))
        yield desk
        desk.clear_the_board()


def advice(desk: DeskWork, incident: dict) -> dict:
    return ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))


def line_m(one: Position, other: Position) -> float:
    return hypot((one.lat - other.lat) * 110_617, (one.lon - other.lon) * 109_378)


def test_c1_the_unit_sixth_by_straight_line_wins_by_road(desk):
    scene = TOWN.at("B")
    vans = sorted((line_m(TOWN.at(corner), scene), name) for name, corner in UNITS.items() if name[0] == "C")
    assert [name for _, name in vans].index("C6") == 5
    units = advice(desk, desk.incident(scene))["units"]
    assert [row["callsign"] for row in units] == ["C6", "C4", "C2", "C1", "C3", "C5"]
    assert units[0]["eta_s"] == pytest.approx(25, abs=1)  # three steps, the others more than seven
    assert units[1]["eta_s"] > 2 * units[0]["eta_s"]


def test_c5_in_an_alley_the_motorbike_goes_first_and_a_van_follows_to_its_mouth(desk):
    told = advice(desk, desk.incident(TOWN.at("x")))
    plan = told["plan"]
    assert plan["alley"]
    assert [(slot["role"], slot["unit"]["callsign"]) for slot in plan["slots"]] == [
        ("first_care", "M1"),
        ("carry", "C6"),
    ]
    motorbike, van = (slot["unit"] for slot in plan["slots"])
    assert motorbike["on_foot_m"] < 1
    assert van["on_foot_m"] == pytest.approx(100, abs=2)
    assert van["eta_s"] == pytest.approx(60 + 2 * 8.33, abs=1)  # from M to K, the mouth of the alley
    assert motorbike["eta_s"] > 60
    assert {"en": "the way ends 100 m from the scene", "vi": "xe dừng cách hiện trường 100 m"} in told[
        "units"
    ][0]["reasons"]


def test_c5_on_an_open_street_no_motorbike_is_needed(desk):
    plan = advice(desk, desk.incident(TOWN.at("K")))["plan"]
    assert not plan["alley"]
    assert [slot["role"] for slot in plan["slots"]] == ["carry"]


def replayed(river: Server, decision_id: str) -> subprocess.CompletedProcess[str]:
    where = ["--data", river.data, "--city", "river", "--cities", river_ground().cities, "--json"]
    return subprocess.run([*VIGIL, "replay", decision_id, *map(str, where)], capture_output=True, text=True)


def test_c7_a_past_recommendation_comes_out_again_letter_by_letter(river, desk):
    first = desk.incident(TOWN.at("x"), patients=2)
    before = advice(desk, first)
    middle = [[place.lat, place.lon] for place in (TOWN.between("K", "L", 0.4), TOWN.between("K", "L", 0.6))]
    closed = {"kind": "line", "points": middle}
    closure = ok(desk.client.post("/traffic/closures", json={"stretch": closed, "reason": "ngập"}), 201)
    under_water = advice(desk, first)
    assert under_water["traffic_version"] != before["traffic_version"]
    desk.send(first, "C6", decision_id=under_water["decision_id"])
    ok(desk.client.delete(f"/traffic/closures/{closure['id']}", params={"reason": "nước rút"}))
    done = replayed(river, under_water["decision_id"])
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["same"]
    assert told["differences"] == []
    assert told["traffic_version"] == under_water["traffic_version"]
    stored = ok(desk.client.get(f"/decisions/{under_water['decision_id']}"))
    assert {name: said for name, said in stored.items() if name in under_water} == {
        name: said for name, said in under_water.items() if name in stored
    }


def test_c7_a_decision_nobody_made_is_refused_in_a_sentence(river):
    done = replayed(river, "00000000-0000-4000-8000-000000000000")
    assert done.returncode == 2
    assert "There is no decision" in done.stderr
