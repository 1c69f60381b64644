"""How it looked then: the same fold, stopped earlier.

"Then" is what we knew at an instant, so the cut goes by `heard_at`, not by `at`: a milestone reported
late was not on the board yet. Clocks jitter, so `heard_at` may step back a little from one event to the
next; the cut is the longest prefix of the log in which nothing the views know of was heard after the instant.
"""

from collections.abc import Collection
from datetime import datetime

from projections.memory import MemoryViews, views_named
from projections.projector import EventSource
from projections.rest import RowsAtRest
from projections.snapshots import SnapshotStore, nearest

AT_ONCE = 250
"""Facts that are read together: of the last ones some are read in vain."""


def views_at(
    log: EventSource,
    instant: datetime,
    snapshots: SnapshotStore | None = None,
    at_rest: RowsAtRest | None = None,
    limit: int = AT_ONCE,
    names: Collection[str] = (),
) -> MemoryViews:
    """The views as they were known at `instant`, folded from the log.

    snapshots : the fold begins at the newest one that had heard nothing later than the instant
    at_rest   : where the rows lie that such a snapshot does not hold; it may know later rows too
    names     : only these views are made, all where none is named. The log is read as for all of them, so
                that the cut is the same
    """
    views = nearest(snapshots, at_rest, heard=instant, names=names) if snapshots is not None else None
    return fold_until(log, instant, views or MemoryViews(views_named(names)), limit)


def fold_until(log: EventSource, instant: datetime, views: MemoryViews, limit: int = AT_ONCE) -> MemoryViews:
    """Go on from `views` until something was heard later."""
    while batch := log.select(views.position + 1, limit, None):
        later = (place for place, (_, event) in enumerate(batch) if event.act.heard_at > instant)
        cut = next(later, len(batch))
        views.take(*views.fold(batch[:cut]))
        if cut < len(batch):
            break
    return views
