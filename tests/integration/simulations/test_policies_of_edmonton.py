"""What moving up is worth in Edmonton, by where its ambulances stand: docs/studies/edmonton-policies.md."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from simulations.city_model.as_city import city_of, rules_of
from simulations.city_model.draw import draw
from simulations.city_model.grid import PlacesGrid
from simulations.jemss.model import read_jemss
from simulations.lean.of_day import fleet_of, hospital_of
from simulations.lean.plan_of import Setting, on_cells, plan_of
from simulations.lean.run import simulate
from simulations.rival import Rival
from simulations.statistics.intervals import difference
from tests.shared_data import shared_file

BEGINS = datetime(2026, 3, 2, tzinfo=UTC)
DAYS, WARM_UP_S, REPLICATIONS = 15, 86_400.0, 8
LIMIT_S = {0: 480.0, 2: 720.0}


@pytest.mark.slow
def test_dmexclp_lowers_the_late_share_and_drives_more_and_a_limit_on_its_moves_undoes_it():
    imported = read_jemss(shared_file("ems/edmonton/models/1"))
    model, ground = imported.model, imported.ground()
    rules, grid = rules_of(model), PlacesGrid(model, imported.roads)
    rules = replace(rules, coverage=replace(rules.coverage, busy_fraction=0.4, limit_s=440.0))
    as_published = replace(rules, move_up=replace(rules.move_up, longest_s=7200.0))
    city = city_of(model)
    setting, columns = Setting(city, rules, ground, BEGINS, grid), on_cells(ground, grid)
    hospitals = hospital_of(city, rules, ground, BEGINS)
    searched, _ = fleet_of(city, rules.send, ground)
    one_each = searched._replace(base=np.arange(16, dtype=np.int32))
    home, limited = (plan_of(Rival(how, move_up=how), setting) for how in ("home", "dmexclp"))
    moving = plan_of(Rival("dmexclp", move_up="dmexclp"), replace(setting, rules=as_published))
    nights = [draw(model, BEGINS, 24.0 * DAYS, 1, each).incidents()[0] for each in range(REPLICATIONS)]

    def told(fleet, plan):
        late, metres = [], []
        for incidents in nights:
            outcome = simulate(incidents, fleet, columns, hospitals, plan)
            counted = incidents.rang_s >= WARM_UP_S
            response_s = outcome.served.on_scene_s - incidents.rang_s
            limit_s = np.array([LIMIT_S[each] for each in incidents.priority.tolist()])
            late.append(float((response_s > limit_s)[counted].mean()))
            metres.append(float(outcome.home_m.sum()))
        return late, metres

    still, moved = told(one_each, home), told(one_each, moving)
    gain = difference(still[0], moved[0])
    assert -0.30 < gain.interval.mean / np.mean(still[0]) < -0.10, "as the literature has it, some 17 to 23 %"
    assert gain.sure
    assert difference(still[1], moved[1]).interval.low > 0, "and they drive more"
    assert difference(told(searched, home)[0], told(searched, limited)[0]).interval.low > -0.005, (
        "with moves of at most a quarter of an hour nothing is gained on a deployment that was searched for"
    )
