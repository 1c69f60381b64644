"""Fold a small world and look at one row."""

from datetime import datetime, timedelta

from projections.memory import MemoryViews
from projections.rows import Row
from tests.histories import NOON, World


def views_of(world: World) -> MemoryViews:
    views = MemoryViews()
    for seq, fact in world.log:
        views.apply(seq, fact)
    return views


def row_of(world: World, view: str, row_id: object) -> Row:
    row = views_of(world).row(view, str(row_id))
    assert row is not None, f"no row {row_id} in {view}"
    return row


def iso(at: datetime) -> str:
    return at.isoformat()


def after(**time: float) -> str:
    """An instant after noon, as rows tell it."""
    return iso(NOON + timedelta(**time))
