"""The whole command set, told otherwise than it was saved: what did not know of each other commutes."""

from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dispatch.commands import Outcome
from domain.errors import Refused
from tests.drawn_orders import Chooser
from tests.histories import Save, numbered
from tests.property.dispatch.test_every_order import COMMANDS, KINDS, EveryOrder
from tests.property.projections.test_any_history import folded, without_places

NUMBERS = some.lists(some.integers(0, 255), min_size=8, max_size=24)
SHIFT = some.lists(some.tuples(some.integers(0, len(KINDS) - 1), NUMBERS), min_size=15, max_size=45)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(SHIFT, some.data())
def test_saves_that_neither_share_nor_name_a_thing_may_come_in_either_order(
    shift: list[tuple[int, list[int]]], data: some.DataObject
):
    saves = saves_of(shift)
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


def saves_of(shift: list[tuple[int, list[int]]]) -> list[Save]:
    """What was decided, save by save; the setting up of the room is the first."""
    machine = EveryOrder()
    cuts = [machine.log.position()]
    for which, numbers in shift:
        kind = next(kind for kind in (*KINDS[which:], *KINDS) if machine.orders.can(kind))
        decided: list[Outcome] = []

        def watched(command: Any, desk: Any, kind: type = kind, decided: list[Outcome] = decided) -> Outcome:
            decided.append(COMMANDS[kind](command, desk))
            return decided[-1]

        command = machine.orders.draw(kind, Chooser(numbers))
        try:
            machine.room.carry_out(command, watched)
        except Refused:
            continue
        machine.orders.learn(command, decided[-1].changed)
        cuts.append(machine.log.position())
    facts = [fact for _, fact in machine.log.select(1, 100_000)]
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
