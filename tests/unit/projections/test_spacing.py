from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from projections.spacing import Spacing


def test_one_is_due_after_so_many_places():
    spacing = Spacing(every=100)
    assert [spacing.due(position, 40) for position in (40, 139, 140, 900)] == [False, False, True, True]


def test_in_a_log_that_is_folded_at_once_those_of_long_ago_are_taken_as_they_are_kept():
    spacing = Spacing(every=10, far_apart=40, recent=50)
    assert [spacing.due(position, 0, end=1_000) for position in (29, 30)] == [False, True]
    assert [spacing.due(position, 940, end=1_000) for position in (949, 950, 970)] == [False, True, True]


def test_taken_by_a_centre_at_work_every_second_one_leaves_in_time():
    """It takes them some places late, for an order stores two to six facts."""
    spacing, kept, position = Spacing(), [0], 0
    while position < 400_000:
        position += 2 + position % 5
        if spacing.due(position, kept[-1]):
            kept.append(position)
            leaving = spacing.superfluous(kept)
            kept = [seq for seq in kept if seq not in leaving]
    gaps = [later - earlier for earlier, later in pairwise(kept) if later < position - spacing.recent]
    assert max(gaps) <= spacing.far_apart
    assert sum(gaps) / len(gaps) > spacing.far_apart * 0.75


def test_long_ago_fewer_are_kept():
    spacing = Spacing(every=10, far_apart=40, recent=50)
    kept = list(range(10, 210, 10))
    leaving = spacing.superfluous(kept)
    assert [seq for seq in kept if seq not in leaving] == [10, 50, 90, 130, 150, 160, 170, 180, 190, 200]


def test_a_few_are_all_kept():
    assert Spacing().superfluous([]) == Spacing().superfluous([1]) == Spacing().superfluous([1, 2]) == []


@given(
    some.lists(some.integers(1, 40), min_size=1, max_size=200),
    some.integers(40, 160),
    some.integers(0, 300),
)
def test_taken_and_thinned_one_by_one_they_never_lie_too_far_apart(steps, far_apart, recent):
    spacing = Spacing(every=1, far_apart=far_apart, recent=recent)
    kept, position = [], 0
    for step in steps:
        position += step
        kept.append(position)
        leaving = spacing.superfluous(kept)
        kept = [seq for seq in kept if seq not in leaving]
        assert kept[-1] == position
        assert all(later - earlier <= far_apart for earlier, later in pairwise([0, *kept]))
    assert len(kept) <= 2 + 2 * position / far_apart + recent
