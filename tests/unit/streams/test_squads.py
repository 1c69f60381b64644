"""A centre's fleet in numbers."""

from itertools import permutations

from projections.streams.messages import Tick, UnitMark
from projections.streams.squads import Squads
from tests.histories import NOON

UNSEEN = UnitMark("hcmc", "C1", "AV", located=False, stale=False, edition=7, at=NOON)
SEEN = UnitMark("hcmc", "C1", "AV", located=True, stale=False, edition=7, at=NOON)
LOST = UnitMark("hcmc", "C1", "AV", located=True, stale=True, edition=7, at=NOON)


def test_a_unit_whose_first_position_is_older_than_its_duty_counts_as_located():
    for marks in permutations([UNSEEN, SEEN, LOST]):
        told = []
        squad, _ = Squads().apply(None, marks[0])
        for mark in (*marks[1:], marks[0]):
            squad, _ = Squads().apply(squad, mark)
            squad, effects = Squads().apply(squad, Tick(NOON))
            told += [effect.message.edition for effect in effects]
        assert squad.marks["C1"] == LOST
        assert told == sorted(set(told))


def test_the_region_hears_that_it_is_located():
    squad, _ = Squads().apply(None, UNSEEN)
    squad, _ = Squads().apply(squad, Tick(NOON))
    squad, _ = Squads().apply(squad, SEEN)
    _, (told,) = Squads().apply(squad, Tick(NOON))
    assert (told.message.units, told.message.located) == (1, 1)
