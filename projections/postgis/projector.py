"""Bring the tables up to the log: some hundred events, folded to the last row of each, stored at once."""

from collections.abc import Callable

from projections.memory import MemoryViews
from projections.postgis.folds import empty_views
from projections.postgis.relations import Relations, relations
from projections.postgis.store import Filling, PostgisTables
from projections.postgis.unit_history import passages
from projections.projector import Batch, EventSource
from projections.rows import Changes

LIMIT = 500
Stored = Callable[[int, int], None]
"""Hears how many events a transaction stored and the position it reached."""


def fold(views: MemoryViews, batch: Batch) -> tuple[Relations, Changes, int]:
    """What a batch makes of the tables, what it changes in the views, and the position it reaches."""
    changes, position = views.fold(batch)
    made = relations(views, changes)
    if begun := passages(views, batch):
        made.upserts["unit_history"] = begun
    return made, changes, position


def catch_up(
    log: EventSource,
    views: MemoryViews,
    store: PostgisTables,
    limit: int = LIMIT,
    stop: int | None = None,
    stored: Stored | None = None,
) -> int:
    """Fold and store all that `views` has not seen, up to `stop`; the number of events folded.

    views : the state of the store, as `store.load()` gave it. It moves on only once the store has: whatever
            fails, calling again does the same work again.
    It asks until the log has no more: what is saved meanwhile is taken along. Raises Overtaken.
    """
    folded = 0
    while batch := log.select(views.position + 1, limit, stop):
        made, changes, position = fold(views, batch)
        if position == views.position:
            break  # a log that answers with what was asked before would keep us here for ever
        store.write(made, views.position, position)
        views.take(changes, position)
        folded += len(batch)
        if stored is not None:
            stored(len(batch), position)
    return folded


def rebuild(
    log: EventSource,
    store: PostgisTables,
    made_by: str = "",
    progress: Callable[[int], None] | None = None,
    limit: int = LIMIT,
    stop: int | None = None,
) -> MemoryViews:
    """Fold the whole log again and put its rows in the tables' place, in one transaction; the views as they
    stand then. `progress` hears the position reached."""
    views = empty_views()

    def fill(tables: Filling) -> int:
        while batch := log.select(views.position + 1, limit, stop):
            begun = passages(views, batch)
            changes, position = views.fold(batch)
            if position == views.position:
                break
            views.take(changes, position)
            if begun:
                tables.write(Relations({"unit_history": begun}))
            if progress is not None:
                progress(position)
        # Only the last row of each thing is written; the history alone is made on the way.
        everything = {name: {row["id"]: row for row in views.rows(name)} for name in views.names}
        tables.write(relations(empty_views(), everything))
        return views.position

    store.rebuild(fill, made_by)
    return views
