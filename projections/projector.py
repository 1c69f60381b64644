"""Bring the views up to the log: select some hundred events, fold them, store rows and position at once."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from domain.base import Fact
from projections.memory import MemoryViews
from projections.rest import RowsAtRest
from projections.rows import Changes
from projections.taking import Taking

Batch = Sequence[tuple[int, Fact]]
"""Events with their log positions, in order. Positions may leave gaps."""


class EventSource(Protocol):
    def select(self, start: int, limit: int, stop: int | None) -> Batch:
        """Up to `limit` events at positions from `start` to `stop`, both included; None: to the end."""
        ...


class ViewStore(Protocol):
    def write(self, changes: Changes, position: int) -> None:
        """Store both in one transaction, or raise and store neither."""
        ...


class FreshStore(ViewStore, RowsAtRest, Protocol):
    """Rows that nobody sees yet."""


class RowStore(Protocol):
    def anew(self) -> AbstractContextManager[FreshStore]:
        """An empty store to fold into, in the place of the old one once it is left without a fault."""
        ...


def catch_up(
    log: EventSource,
    views: MemoryViews,
    store: ViewStore | None = None,
    limit: int = 500,
    stop: int | None = None,
    tell: Callable[[Batch, Changes], None] | None = None,
) -> int:
    """Fold all that `views` has not seen, up to `stop`; the number of events folded.

    Rows show in memory only once the store has them: if storing fails, memory still stands where the
    store stands, and calling again does the same work again. `tell` hears each batch after that.
    """
    folded = 0
    while batch := log.select(views.position + 1, limit, stop):
        changes, position = views.fold(batch)
        if position == views.position:
            break  # a log that answers with what was asked before would keep us here for ever
        if store is not None:
            store.write(changes, position)
        views.take(changes, position)
        if tell is not None:
            tell(batch, changes)
        folded += len(batch)
        if len(batch) < limit:
            break  # that was all
    return folded


def rebuild(
    log: EventSource,
    store: RowStore | None = None,
    progress: Callable[[int], None] | None = None,
    limit: int = 500,
    stop: int | None = None,
    taking: Taking | None = None,
) -> dict[str, str]:
    """Fold the whole log (or up to `stop`) again and put it in the store's place; the digests of the views.

    Without a store it only computes, to be compared with the live digests. The store keeps its old rows
    until the new ones are complete. `progress` hears the position reached. With `taking`, snapshots are
    made on the way, and what is at rest leaves memory: then the log may be of any length.
    """
    if store is None:
        return _fold_all(log, MemoryViews(), None, progress, limit, stop, None).digests()
    with store.anew() as fresh:
        views = MemoryViews(at_rest=fresh) if taking is not None else MemoryViews()
        _fold_all(log, views, fresh, progress, limit, stop, taking)
        return views.digests()


def _fold_all(
    log: EventSource,
    views: MemoryViews,
    fresh: FreshStore | None,
    progress: Callable[[int], None] | None,
    limit: int,
    stop: int | None,
    taking: Taking | None,
) -> MemoryViews:
    def report(batch: Batch, changes: Changes) -> None:
        if taking is not None and taking.due(views.position, stop or 0):
            taking.keep(taking.take(views, views.position))
        if progress is not None:
            progress(views.position)

    catch_up(log, views, fresh, limit, stop, report)
    if stop is not None and stop > views.position:
        # The source may have left out facts that no view knows: they were seen all the same.
        if fresh is not None:
            fresh.write({}, stop)
        views.take({}, stop)
    return views
