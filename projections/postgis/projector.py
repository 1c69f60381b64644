"""Bring the tables up to the log: some hundred events, folded to the last row of each, stored at once."""

from collections.abc import Callable, Iterator
from functools import partial

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
    end: int,
    limit: int = LIMIT,
    stored: Stored | None = None,
) -> int:
    """Fold and store what `views` has not seen up to the place `end`; the number of events folded.

    PostgreSQL stores a batch while the next one is read and folded. That one is sent once the one before it
    is stored, so no more than two are in memory.

    log    : may leave out facts that no fold knows (`folds.KNOWN`)
    views  : the state of the store, as `store.load()` or `store.rested()` gave it. Where this raises, they
             may be a batch ahead of the store: throw them away, and load them again.
    stored : hears of a batch once it is stored
    Raises Overtaken, also for `views` that are ahead of the store.
    """
    folded = 0
    try:
        while views.position < end:
            batch = log.select(views.position + 1, limit, end)
            made, changes, position = fold(views, batch)
            reached = position if len(batch) == limit and position > views.position else end
            store.send(made, views.position, reached, stored and partial(stored, len(batch), reached))
            views.take(changes, reached)
            folded += len(batch)
    finally:
        store.settle()  # also where the next one cannot be folded: this one can be stored all the same
    return folded


def rebuild(
    log: EventSource,
    store: PostgisTables,
    end: int,
    made_by: str = "",
    progress: Callable[[int], None] | None = None,
    limit: int = LIMIT,
) -> MemoryViews:
    """Fold the log again up to the place `end` and put its rows in the tables' place, in one transaction; the
    views as they stand then. `progress` hears the position reached."""
    views = empty_views()

    def fill(tables: Filling) -> int:
        for batch in _batches(log, views, end, limit):
            begun = passages(views, batch)
            views.take(*views.fold(batch))
            if begun:
                tables.write(Relations({"unit_history": begun}))
            if progress is not None:
                progress(views.position)
        views.take({}, end)
        # Only the last row of each thing is written; the history alone is made on the way.
        everything = {name: {row["id"]: row for row in views.rows(name)} for name in views.names}
        tables.write(relations(empty_views(), everything))
        return views.position

    store.rebuild(fill, made_by)
    return views


def _batches(log: EventSource, views: MemoryViews, end: int, limit: int) -> Iterator[Batch]:
    """What `views` has not seen; whoever takes a batch folds it before the next is read."""
    while batch := log.select(views.position + 1, limit, end):
        yield batch
        if len(batch) < limit:
            return
