"""The whole command set, told otherwise than it was saved: what did not know of each other commutes."""

from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.drawn.shift import Shift
from tests.histories import Save, numbered
from tests.often import often
from tests.property.projections.test_any_history import folded, without_places

NUMBERS = some.lists(some.integers(0, 255), min_size=8, max_size=32)
SHIFT = some.lists(some.tuples(some.integers(0, 999), NUMBERS), min_size=15, max_size=40)
QUICK = settings(max_examples=often(25), deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(SHIFT, some.data())
def test_saves_that_neither_share_nor_name_a_thing_may_come_in_either_order(
    orders: list[tuple[int, list[int]]], data: some.DataObject
):
    saves = saves_of(orders)
    named = [_named(save) for save in saves]
    waiting, reordered = list(range(len(saves))), []
    while waiting:
        able = [
            place
            for place, save in enumerate(waiting)
            if not any(_bound(saves[save], named[save], saves[other]) for other in waiting[:place])
        ][:6]
        reordered.append(saves[waiting.pop(data.draw(some.sampled_from(able)))])
    assert without_places(folded(numbered(reordered))) == without_places(folded(numbered(saves)))


def saves_of(orders: list[tuple[int, list[int]]]) -> list[Save]:
    """What was decided, save by save; the setting up of the room is the first."""
    shift = Shift()
    cuts = [shift.log.position()]
    for which, numbers in orders:
        shift.order(which, numbers)
        cuts.append(shift.log.position())
    facts = [fact for _, fact in shift.log.select(1, 100_000)]
    return [facts[first:last] for first, last in zip([0, *cuts], cuts, strict=False) if last > first]


def _bound(save: Save, named: set[UUID], earlier: Save) -> bool:
    """Whether one could only come after the other: both write to a thing, or it names one that began there.

    An alarm is a thing too, though it lives in the book of its crew: no two crews ever have one together.
    """
    mine = {fact.originator_id for fact in save} | _alarms(save)
    begun = {fact.originator_id for fact in earlier if fact.originator_version == 1}
    return bool(mine & ({fact.originator_id for fact in earlier} | _alarms(earlier)) or named & begun)


def _alarms(save: Save) -> set[UUID]:
    return {fact.alarm_id for fact in save if hasattr(fact, "alarm_id")}


def _named(said: Any) -> set[UUID]:
    """Every id that is said anywhere in it."""
    if isinstance(said, UUID):
        return {said}
    if isinstance(said, dict):
        said = [*said, *said.values()]
    elif hasattr(said, "__dict__"):
        said = list(vars(said).values())
    elif hasattr(said, "__slots__"):
        said = [getattr(said, name, None) for name in said.__slots__]
    if isinstance(said, list | tuple | set | frozenset):
        return set().union(*map(_named, said))
    return set()
