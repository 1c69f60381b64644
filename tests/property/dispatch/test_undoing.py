"""The law of undoing: a step and its undoing leave everything as it stood before, in things and in views."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.handlers.undo_step import UndoStep, undo_step
from domain.values import Milestone
from projections.memory import MemoryViews
from tests.builders import NOON, Room, an_act, minutes
from tests.scene import Scene

TOLD = {"seq", "undone", "offer", "checked_at", "steps", "reason"}
"""What remembers that something was undone, or at which place in the log it stands; a reason stays told."""
HOLDS = {"holds", "hold_until"}
"""A bed that is held anew is held until a later moment."""


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: plain(each) for name, each in value.items() if name not in TOLD | HOLDS}
        return {**kept, **{name: len(value[name]) for name in ("holds",) if name in value}}
    return [plain(each) for each in value] if isinstance(value, list) else value


def picture(room: Room) -> dict[str, Any]:
    """Every row of a desk, and the ledger, without what tells of the past."""
    views = MemoryViews()
    for seq, fact in room.log.select(1, 10_000):
        views.apply(seq, fact)
    names = ("units", "runs", "incidents", "hospitals", "patients")
    shown = {name: plain(views.rows(name)) for name in names}
    ledger = room.ledger()
    return {**shown, "ledger": (ledger.occupied, set(ledger.holds), ledger.free)}


@settings(max_examples=60, deadline=None)
@given(
    choices=st.lists(st.integers(0, 4), min_size=1, max_size=9),
    back=st.integers(1, 9),
    tagged=st.booleans(),
)
def test_a_step_and_its_undoing_leave_everything_as_it_stood(choices, back, tagged):
    """As many steps as may follow, then so many of them back, one by one; also with a patient aboard."""
    room, at = Scene(), NOON
    incident = room.incident()
    run = room.send(incident)
    if tagged:
        room.drive(run, "en_route", "on_scene")
        room.load(room.tag(incident)[0], run)
        at = minutes(3)
    pictures = [picture(room)]
    for choice in choices:
        allowed = room.log.run(run).allowed()
        if not allowed:
            break
        at += timedelta(minutes=1)
        room.report(run, Milestone(allowed[choice % len(allowed)]), at=at)
        pictures.append(picture(room))
    for _ in range(min(back, len(pictures) - 1)):
        pictures.pop()
        room.carry_out(UndoStep(an_act(at), run, None, None), undo_step)
        assert picture(room) == pictures[-1]
