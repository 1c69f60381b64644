"""A call has the same number under all rivals, whoever else is lost."""

import numpy as np

from simulations.lean.columns import Incidents
from simulations.results.call_numbers import call_numbers

PLACES = 50


def incidents(rang_s, place, priority):
    count = len(rang_s)
    none, numbers = np.zeros(count), np.array(priority, np.int32)
    return Incidents(
        rang_s=np.array(rang_s, np.float64),
        opened_s=none,
        place=np.array(place, np.int32),
        priority=numbers,
        need=numbers,
        scene_s=none,
        transports=np.zeros(count, np.bool_),
        handover_s=none,
        clear_s=none,
    )


ALL = ([10.1, 10.1, 10.1, 20.0, 30.0, 86_400.3], [3, 3, 4, 3, 49, 0], [0, 0, 0, 0, 3, 1])


def test_every_call_has_a_number_of_its_own():
    assert len(set(call_numbers(incidents(*ALL), PLACES).tolist())) == 6


def test_the_others_keep_theirs_where_calls_are_lost_come_besides_or_are_opened_in_another_order():
    whole = call_numbers(incidents(*ALL), PLACES)
    kept = [5, 3, 2, 0]
    some = call_numbers(incidents(*([column[i] for i in kept] for column in ALL)), PLACES)
    assert some.tolist() == whole[kept].tolist()
    more = call_numbers(incidents(*(np.append(column, [7]) for column in ALL)), PLACES)
    assert more[:6].tolist() == whole.tolist()


def test_a_place_is_the_same_in_every_state_of_the_roads():
    rang_s, place, priority = ALL
    flooded = incidents(rang_s, [each + 2 * PLACES for each in place], priority)
    assert call_numbers(flooded, PLACES).tolist() == call_numbers(incidents(*ALL), PLACES).tolist()


def test_none_has_none():
    assert len(call_numbers(incidents([], [], []), PLACES)) == 0
