"""Batch assignment against trying out everything."""

from itertools import permutations
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.policies.batch import WaitingIncident, assign


def waiting(*priorities, **facts):
    return [WaitingIncident(f"i{j}", priority, **facts) for j, priority in enumerate(priorities)]


def test_one_unit_goes_to_the_more_urgent_though_the_other_is_nearer():
    batch = assign([[900.0, 60.0]], waiting("P1", "P2"))
    assert batch.assigned == {0: 0}
    assert batch.unserved == {1: "more_urgent"}


def test_no_second_of_a_first_priority_is_given_for_hours_of_a_second():
    # Unit 0 is a second nearer to the P1; unit 1 is an hour away from the P2.
    batch = assign([[100.0, 10.0], [101.0, 3600.0]], waiting("P1", "P2"))
    assert batch.assigned == {0: 0, 1: 1}


def test_of_two_ways_that_serve_the_first_alike_the_one_that_serves_the_second_better():
    """The assignment that was found first for P1 must not bind P2 where another is as good."""
    batch = assign([[100.0, 10.0], [100.0, 3600.0]], waiting("P1", "P2"))
    assert batch.assigned == {0: 1, 1: 0}


def test_as_many_as_can_be_are_served_before_anybody_is_served_sooner():
    # Unit 0 could be at incident 0 in a minute, but then nobody can go to incident 1.
    batch = assign([[60.0, 500.0], [70.0, None]], waiting("P1", "P1"))
    assert batch.assigned == {0: 1, 1: 0}


def test_who_waits_longest_is_served_where_all_else_is_equal():
    incidents = [WaitingIncident("new", "P2", 10.0), WaitingIncident("old", "P2", 900.0)]
    batch = assign([[300.0, 300.0]], incidents)
    assert batch.assigned == {1: 0}
    assert batch.unserved == {0: "spread"}


def test_more_patients_weigh_more():
    incidents = [WaitingIncident("one", "P2"), WaitingIncident("three", "P2", weight=3)]
    # The sum of responses would rather spare the one patient, the weighted sum the three.
    batch = assign([[100.0, 200.0], [200.0, 280.0]], incidents)
    assert batch.assigned == {0: 1, 1: 0}


def test_an_incident_nobody_can_serve_says_so():
    batch = assign([[None, 50.0]], waiting("P1", "P3"))
    assert batch.assigned == {1: 0}
    assert batch.unserved == {0: "nobody_can"}
    assert assign([], waiting("P1")).unserved == {0: "nobody_can"}
    assert assign([[]], []).assigned == {}


def worth(assigned, arrival_s, incidents):
    """What is compared, priority by priority: how many wait in vain, then weighted tenths of seconds."""
    found = []
    for priority in sorted({each.priority for each in incidents}):
        unserved = response = 0
        for j, incident in enumerate(incidents):
            if incident.priority != priority:
                continue
            if j in assigned:
                response += incident.weight * round(10 * arrival_s[assigned[j]][j])
            else:
                unserved += 1
                response += incident.weight * round(10 * incident.waited_s)
        found += [unserved, response]
    return found


def every_way(arrival_s, incidents):
    """All assignments there are: each incident gets a unit of its own that can go, or nobody."""
    units, count = len(arrival_s), len(incidents)
    for chosen in set(permutations([*range(units), *[None] * count], count)):
        if all(unit is None or arrival_s[unit][j] is not None for j, unit in enumerate(chosen)):
            yield {j: unit for j, unit in enumerate(chosen) if unit is not None}


@st.composite
def emergencies(draw):
    units, count = draw(st.integers(0, 3)), draw(st.integers(1, 4))
    seconds = st.one_of(st.none(), st.sampled_from([60.0, 61.0, 120.0, 300.0, 3000.0]))
    arrival_s = [draw(st.lists(seconds, min_size=count, max_size=count)) for _ in range(units)]
    incidents = [
        WaitingIncident(
            f"i{j}",
            draw(st.sampled_from(["P1", "P2", "P3"])),
            draw(st.sampled_from([0.0, 30.0, 600.0])),
            draw(st.integers(1, 3)),
        )
        for j in range(count)
    ]
    return arrival_s, incidents


@given(emergencies())
def test_any_batch_is_as_good_as_the_best_of_all_ways(emergency):
    arrival_s, incidents = emergency
    batch = assign(arrival_s, incidents)
    assert len(set(batch.assigned.values())) == len(batch.assigned)
    assert all(arrival_s[unit][j] is not None for j, unit in batch.assigned.items())
    assert set(batch.assigned) | set(batch.unserved) == set(range(len(incidents)))
    assert not set(batch.assigned) & set(batch.unserved)
    best = min(worth(way, arrival_s, incidents) for way in every_way(arrival_s, incidents))
    assert worth(batch.assigned, arrival_s, incidents) == best


def test_a_hundred_incidents_and_forty_units_take_no_time_worth_mentioning():
    chance = np.random.default_rng(115)
    arrival_s = chance.uniform(60, 3000, (40, 100)).round(1).tolist()
    incidents = [
        WaitingIncident(f"i{j}", f"P{chance.integers(1, 5)}", float(chance.uniform(0, 900)))
        for j in range(100)
    ]
    assign(arrival_s, incidents)
    began = perf_counter()
    batch = assign(arrival_s, incidents)
    took = perf_counter() - began
    assert len(batch.assigned) == 40
    assert took < 0.5  # a bench row holds it to a hundred milliseconds, roads included


@pytest.mark.parametrize("size", [2, 7])
def test_the_same_question_has_the_same_answer(size):
    arrival_s = [[100.0] * size] * size
    incidents = waiting(*["P2"] * size)
    assert assign(arrival_s, incidents) == assign(arrival_s, incidents)
