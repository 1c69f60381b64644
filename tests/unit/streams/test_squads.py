"""The count of a large fleet is one state; a mark must not cost a look at all others."""

from datetime import timedelta

from projections.streams.messages import FleetPart, Tick, UnitMark
from projections.streams.squads import Squad, Squads
from tests.histories import NOON


def a_mark(unit: int, second: int = 0, edition: int = 1) -> UnitMark:
    at = NOON + timedelta(seconds=second)
    return UnitMark("hcmc", f"U{unit}", "free", True, False, edition, at)


class Looked(dict[str, UnitMark]):
    """Counts who goes through all of it."""

    times = 0

    def values(self):  # type: ignore[no-untyped-def]
        Looked.times += 1
        return super().values()


def test_what_is_remembered_of_all_marks_is_what_they_say():
    marks = [a_mark(0), a_mark(1, 5), a_mark(0, 9, 2), a_mark(1, 5), a_mark(2, 1)]
    squad = None
    for mark in marks:
        squad, _ = Squads().apply(squad, mark)
    assert squad
    before = Squad("hcmc", squad.marks)
    assert (squad.edition, squad.heard_at) == (before.edition, before.heard_at)
    after, (told,) = Squads().apply(squad, Tick(NOON + timedelta(minutes=1)))
    assert isinstance(told.message, FleetPart)  # type: ignore[union-attr]
    assert Squads().apply(before, Tick(NOON + timedelta(minutes=1)))[1] == (told,)
    assert after.sent == squad.edition


def test_a_mark_is_counted_without_a_look_at_all_others():
    squad, _ = Squads().apply(None, a_mark(0))
    squad = Squad("hcmc", Looked(squad.marks), 0, squad.summed, squad.newest)
    Looked.times = 0
    after, _ = Squads().apply(squad, a_mark(1, 3))
    Squads().due(squad)
    assert Looked.times == 0
    assert after.edition > squad.edition
