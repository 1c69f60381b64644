"""The city model of Edmonton that comes with JEMSS."""

from datetime import UTC, datetime

import numpy as np
import pytest

from simulations.city_model.as_city import city_of, rules_of
from simulations.city_model.draw import draw
from simulations.jemss.model import read_jemss
from simulations.lean.of_day import fleet_of, hospital_of
from simulations.lean.run import simulate
from tests.shared_data import shared_file


@pytest.mark.slow
def test_sixteen_ambulances_serve_eight_calls_an_hour_as_their_hours_say():
    imported = read_jemss(shared_file("ems/edmonton/models/1"), most_places=60)
    model, ground = imported.model, imported.ground()
    assert (len(model.units), len(model.stations), len(model.hospitals)) == (16, 17, 5)
    assert sum(kind.rates[0] for kind in model.kinds) == pytest.approx(8.0)
    night = draw(model, datetime(2026, 3, 2, tzinfo=UTC), 24.0 * 100, seed=1)
    incidents, _ = night.incidents()
    city, rules = city_of(model), rules_of(model)
    fleet, _ = fleet_of(city, rules.send, ground)
    outcome = simulate(incidents, fleet, ground.columns, hospital_of(city, rules, ground, night.begins))
    served = outcome.served
    assert np.isfinite(served.on_scene_s).all()
    # Each run binds a unit for the drive there, the scene, and for three in four the drive and the handover.
    busy_s = served.clear_s - served.sent_s
    there_s = served.on_scene_s - served.sent_s
    taken = incidents.transports
    driven_s = np.where(taken, served.at_hospital_s - served.left_s, 0.0)
    assert busy_s == pytest.approx(
        there_s + incidents.scene_s + np.where(taken, driven_s + incidents.handover_s, 0.0), abs=0.01
    )
    response_s = served.on_scene_s - incidents.rang_s
    assert 5 * 60 < response_s.mean() < 10 * 60
    assert 0.35 < busy_s.sum() / (16 * 2400 * 3600) < 0.45
