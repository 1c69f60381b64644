"""Where everybody is home at once and driving takes no time, the lean path is Larson's hypercube."""

import numpy as np

from simulations.analytic.hypercube import solve
from simulations.chance import generator
from simulations.lean.columns import Fleet, Ground
from simulations.lean.run import simulate
from simulations.statistics.intervals import mean_of
from tests.unit.simulations.lean_city import NOWHERE, calls

UNITS, PLACES, CALLS, WARM_UP = 9, 9, 60_000, 2_000
SERVICE_S = 3_600.0
ORDER = np.array([sorted(range(UNITS), key=lambda unit: abs(unit - place)) for place in range(PLACES)])


def line() -> tuple[Ground, Fleet]:
    """Nine units on a line, each at its own base. Who is asked first is a tenth of a second nearer."""
    rank = np.empty((UNITS, PLACES))
    for place, liked in enumerate(ORDER):
        rank[liked, place] = np.arange(UNITS) / 10
    spots = UNITS + PLACES  # bases, then places
    to_scene_s = np.zeros((1, spots, PLACES))
    to_scene_s[0, :UNITS] = rank
    ground = Ground(
        to_scene_s=to_scene_s,
        to_scene_m=np.zeros((1, spots, PLACES)),
        to_hospital_s=np.zeros((PLACES, 1)),
        to_hospital_m=np.zeros((PLACES, 1)),
        place_spot=np.arange(UNITS, spots, dtype=np.int32),
        hospital_spot=np.zeros(1, np.int32),
        base_spot=np.arange(UNITS, dtype=np.int32),
        leaves=np.arange(spots, dtype=np.int32),
        home_s=np.zeros((1, spots, UNITS)),
        home_m=np.zeros((1, spots, UNITS)),
        home_first=np.zeros((1, spots, UNITS), np.int64),
        passes=np.zeros(1, np.int32),
        step_s=30.0,
        cell=np.zeros(spots, np.int32),
    )
    fleet = Fleet(
        kind=np.zeros(UNITS, np.int32),
        base=np.arange(UNITS, dtype=np.int32),
        able=np.ones((UNITS, 1), np.bool_),
        carries=np.zeros(UNITS, np.bool_),
        turnout_s=np.zeros(UNITS),
    )
    return ground, fleet


def test_on_a_line_of_nine_units_who_goes_where_is_as_the_hypercube_has_it() -> None:
    ground, fleet = line()
    rates = np.linspace(0.3, 0.7, PLACES) / SERVICE_S
    truth = solve(rates, np.full(UNITS, SERVICE_S), ORDER, waits=True)
    nowhere = np.repeat(NOWHERE, PLACES, axis=0)
    sent, waited, busy = [], [], []
    for replication in range(25):
        rang_s = np.cumsum(generator(9, replication, "arrivals").exponential(1 / rates.sum(), CALLS))
        places = generator(9, replication, "places").choice(PLACES, CALLS, p=rates / rates.sum())
        scene_s = generator(9, replication, "scene").exponential(SERVICE_S, CALLS)
        served = simulate(calls(rang_s, scene_s, places), fleet, ground, nowhere).served
        unit = served.unit[WARM_UP:]
        counted = np.zeros((UNITS, PLACES))
        np.add.at(counted, (unit, places[WARM_UP:]), 1)
        sent.append(counted / len(unit))
        waited.append(float((served.sent_s > rang_s)[WARM_UP:].mean()))
        worked = np.bincount(unit, weights=scene_s[WARM_UP:], minlength=UNITS)
        busy.append(worked / (rang_s[-1] - rang_s[WARM_UP]))
    assert mean_of(waited, 0.999).holds(truth.nobody)
    for unit in range(UNITS):
        assert mean_of([run[unit] for run in busy], 0.9999).holds(truth.workload[unit])
    found = np.mean(sent, axis=0)
    error = np.std(sent, axis=0, ddof=1) / np.sqrt(len(sent))
    assert (np.abs(found - truth.dispatches) <= 5 * error + 1e-4).all()
