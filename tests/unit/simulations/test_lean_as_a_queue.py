"""Where nobody drives, the lean path is a queue with servers, and Erlang knows what comes of it."""

import numpy as np
import pytest

from simulations.analytic.erlang import waiting, waits_longer
from simulations.chance import generator
from simulations.lean.run import simulate
from simulations.statistics.intervals import mean_of
from tests.unit.simulations.lean_city import NOWHERE, calls, one_spot, servers

SERVICE_S = 1_800.0
CALLS = 40_000
WARM_UP = 2_000


def waits(servers_: int, busy: float, replication: int) -> np.ndarray:
    gap_s = SERVICE_S / (servers_ * busy)
    rang_s = np.cumsum(generator(115, replication, "arrivals").exponential(gap_s, CALLS))
    scene_s = generator(115, replication, "scene").exponential(SERVICE_S, CALLS)
    outcome = simulate(calls(rang_s, scene_s), servers(servers_), one_spot(servers_), NOWHERE)
    return (outcome.served.on_scene_s - rang_s)[WARM_UP:]


@pytest.mark.parametrize(("units", "busy"), [(1, 0.5), (4, 0.7), (12, 0.85)])
def test_calls_wait_as_long_as_in_a_queue_with_so_many_servers(units: int, busy: float) -> None:
    truth = waiting(units * busy / SERVICE_S, SERVICE_S, units)
    runs = [waits(units, busy, replication) for replication in range(30)]
    assert mean_of([float(run.mean()) for run in runs], 0.999).holds(truth.mean_s)
    assert mean_of([float((run > 0).mean()) for run in runs], 0.999).holds(truth.waits)


def test_the_share_that_waits_longer_than_a_while_is_erlangs() -> None:
    truth = waits_longer(6 * 0.8 / SERVICE_S, SERVICE_S, 6, 600.0)
    runs = [float((waits(6, 0.8, replication) > 600.0).mean()) for replication in range(30)]
    assert mean_of(runs, 0.999).holds(truth)


def test_the_most_urgent_goes_first_and_of_equals_who_rang_first() -> None:
    rang_s = np.array([0.0, 10.0, 20.0, 30.0, 40.0])
    incidents = calls(rang_s, np.full(5, 100.0))._replace(priority=np.array([2, 3, 1, 3, 0], np.int32))
    served = simulate(incidents, servers(1), one_spot(1), NOWHERE).served
    assert served.sent_s.tolist() == [0.0, 300.0, 200.0, 400.0, 100.0]
