"""What a page draws of a replication is what was simulated."""

import numpy as np
import pytest

from api.schema.simulations import SimulationReplay, SimulationResults
from simulations.asked.replay import replay_of
from simulations.asked.results import results_of
from simulations.experiment.inputs import read_inputs, read_rival
from simulations.experiment.keep import kept
from simulations.experiment.replicate import Replication, file_of
from simulations.experiment.run import run
from simulations.results.figures import figures_of
from tests.simulated_letters import ready

WARM_UP_S = 3 * 3600.0


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    folder = ready(tmp_path_factory.mktemp("asked"))
    run(folder, jobs=1)
    return folder


@pytest.fixture(scope="module")
def told(played):
    inputs, done = read_inputs(played), kept(file_of(played, 0, 0), Replication)
    return done, SimulationReplay.model_validate(replay_of(0, 0, done, read_rival(played, 0), inputs))


def test_every_unit_is_somewhere_at_every_moment_and_never_jumps(told):
    _, replay = told
    for unit in replay.units:
        assert (unit.legs[0][0], unit.legs[-1][1]) == (0.0, 24 * 3600.0)
        for (_, ends, _, _, _, *there), (begins, _, _, *here, _, _) in zip(
            unit.legs, unit.legs[1:], strict=False
        ):
            assert begins == ends
            assert here == pytest.approx(there, abs=2e-6)
        assert len(unit.incidents) == len(unit.legs)


def test_who_is_on_scene_stands_at_the_incident_for_as_long_as_it_was_simulated(told):
    done, replay = told
    incidents = {each.number: each for each in replay.incidents}
    seen = 0
    for unit in replay.units:
        for (begins, ends, status, *where), number in zip(unit.legs, unit.incidents, strict=True):
            if status == "on_scene" and 0 < begins < ends < 24 * 3600.0:
                incident = incidents[number]
                assert (incident.unit, incident.on_scene_s) == (unit.callsign, begins)
                assert where == [incident.lat, incident.lon] * 2
                assert done.served.on_scene_s[number] - WARM_UP_S == pytest.approx(begins, abs=0.06)
                seen += 1
            assert (number is None) == (status in ("free", "homeward", "off_duty"))
    assert seen > 100


def test_where_a_unit_sets_out_is_as_far_from_the_scene_as_it_drove(told, played):
    done, _ = told
    inputs, rival = read_inputs(played), read_rival(played, 0)
    ground = inputs.ground.columns
    far = ground.to_scene_m[rival.fleet.kind[done.served.unit], :, done.incidents.place]
    fits = (far == done.served.scene_m[:, None]).any(axis=1)
    assert fits[done.served.unit >= 0].all()


def test_an_incident_is_late_as_the_figures_count_it(told):
    done, replay = told
    for incident in replay.incidents:
        came = incident.on_scene_s
        target = replay.targets_s[incident.priority]
        assert incident.late == (came is None or came - incident.rang_s > target + 0.05)
    assert len(replay.incidents) >= int((done.incidents.rang_s >= WARM_UP_S).sum())


def test_results_tell_the_figures_of_the_report_and_curves_that_add_up(played):
    inputs = read_inputs(played)
    values = figures_of(played, inputs)
    found = SimulationResults.model_validate(results_of(played, inputs, values))
    first, same, fewer = found.rivals
    assert first.figures["late"].mean == pytest.approx(np.mean(values["everybody"]["late"]))
    assert first.figures == same.figures
    differences = {row.figure: row.sure for row in found.differences if row.rival == same.name}
    assert differences == dict.fromkeys(("late", "late_P1", "mean_s", "p90_s", "km"), False)
    assert first.figures["lost"] is None
    assert first.reached == sorted(first.reached)
    on_runs = np.mean(first.series["busy"].mean) / np.mean(first.series["there"].mean)
    assert on_runs == pytest.approx(first.figures["busy"].mean, rel=1e-3)
    assert max(fewer.series["there"].mean) == max(first.series["there"].mean) - 4
    calls = np.sum(first.series["calls"].mean) / 4
    assert calls == pytest.approx(first.figures["calls"].mean, abs=0.02)
    for row in found.differences:
        assert (row.better is None) == (not row.sure)
