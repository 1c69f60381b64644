"""The lean path and the full one: the same calls, the same units, the same seconds."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from routing.times import RoadTimes
from simulations.full.play import play
from simulations.ground.of_day import ground_of
from simulations.lean.of_day import fleet_of, hospital_of, incidents_of
from simulations.lean.run import simulate
from simulations.policy_day.draw_day import draw_day
from tests.small_city import letter_town, write_small_city
from tests.tight_city import tighten

MORNING = datetime(2026, 3, 3, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(scope="module")
def roads(tmp_path_factory):
    return RoadTimes(letter_town().road_map(tmp_path_factory.mktemp("roads")))


@pytest.mark.parametrize(("calls", "seed", "tight"), [(250, 7, False), (900, 8, True), (60, 9, False)])
def test_every_unit_goes_where_it_goes_on_the_other_path_and_at_the_same_second(
    roads, tmp_path, calls, seed, tight
):
    write_small_city(tmp_path)
    folder = tmp_path / "cities" / "letters"
    if tight:
        tighten(folder)  # fewer crews
    city = load_city(folder)
    rules = load_rules(folder, city.targets)
    day = draw_day(roads, "letters", MORNING, calls=calls, seed=seed)
    day = replace(day, calls=tuple(call for call in day.calls if 7 * 3600 <= call.at_s < 11 * 3600))
    ground = ground_of(day, city, roads)
    full = play(day, city, rules, roads, ground, dict.fromkeys(("P1", "P2", "P3", "P4"), "closest"))
    incidents, order = incidents_of(day, ground)
    fleet, callsigns = fleet_of(city, rules.send, ground)
    lean = simulate(incidents, fleet, ground.columns, hospital_of(city, rules, ground, MORNING))
    assert len(day.calls) > 5
    for number, call in enumerate(order.tolist()):
        one = full.served[call]
        assert callsigns[lean.served.unit[number]] == one.callsign
        assert lean.served.on_scene_s[number] == one.on_scene_s
    waited = (lean.served.sent_s > incidents.opened_s).sum()
    assert waited > 0 or not tight, "somebody had to wait"
    assert lean.home_m.sum() == pytest.approx(full.driven_m["homeward"], rel=1e-4)
    assert lean.served.scene_m.sum() == pytest.approx(
        full.driven_m["to_scene"], rel=1e-4
    )  # the desk's are told to a tenth
    assert lean.served.hospital_m.sum() == pytest.approx(full.driven_m["to_hospital"], rel=1e-4)
