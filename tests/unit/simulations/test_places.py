"""Of many places some always differ by chance: only what holds beside all others is told."""

import numpy as np

from simulations.chance import generator
from simulations.results.compare import Pair
from simulations.results.report.gather import Seen
from simulations.results.report.places import changed

AREAS, CALLS, NIGHTS = 60, 12, 20
PAIR = Pair("as always", "changed")


def seen(late_each):
    """Of one rival; each night so many calls in every area."""
    none = np.zeros((1, 1))
    calls = np.full(AREAS, CALLS * NIGHTS)
    return Seen(np.zeros(1, np.int64), calls, np.sum(late_each, axis=0), none, none, none, list(late_each))


def two(table, more):
    """Nights by chance, of which a fifth are late, and more of them by `more` in each area."""
    chance = generator(5, table, "late")
    first = chance.binomial(CALLS, 0.2, (NIGHTS, AREAS))
    other = np.minimum(CALLS, chance.binomial(CALLS, 0.2, (NIGHTS, AREAS)) + more)
    return {"as always": seen(first), "changed": seen(other)}


def test_where_nothing_changes_no_place_is_told():
    told = [len(changed(two(table, 0), [PAIR])) for table in range(100)]
    assert sum(count > 0 for count in told) <= 10, "at most one report in twenty, give or take"


def test_a_place_that_changes_is_told_with_how_much():
    more = np.zeros(AREAS, np.int64)
    more[7] = 5
    found = changed(two(0, more), [PAIR])
    assert [each.area for each in found] == [7]
    assert found[0].more.low > 2
    assert found[0].more.high < 7


def test_nothing_is_told_of_pairs_under_which_other_people_are_heard_or_of_one_night():
    more = np.full(AREAS, 5)
    assert changed(two(0, more), [Pair("as always", "changed", (), ("late",))]) == []
    once = {name: seen(its.late_each[:1]) for name, its in two(0, more).items()}
    assert changed(once, [PAIR]) == []
