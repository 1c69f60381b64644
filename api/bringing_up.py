"""Before a centre opens: the views are brought up to the log, however far behind they are."""

import logging
from time import perf_counter

from dispatch.application import DispatchLog
from dispatch.some_facts import SomeFacts
from projections.memory import KNOWN, MemoryViews
from projections.projector import Batch, catch_up
from projections.rows import Changes
from projections.sql import SqlViews
from projections.taking import Taking

log = logging.getLogger("vigil.bringing_up")

AT_ONCE = 1_000
LONG_S = 5.0


def bring_up(
    dispatch_log: DispatchLog,
    views: MemoryViews,
    store: SqlViews,
    taking: Taking,
    at_once: int = AT_ONCE,
) -> None:
    """Fold what the views have not seen, store it, and take snapshots on the way.

    A log of any length is folded in a bounded memory, for what ended long ago leaves it when it is stored.
    """
    end, began = dispatch_log.position(), perf_counter()
    before = views.position

    def tell(batch: Batch, changes: Changes) -> None:
        if taking.due(views.position, end):
            taking.keep(taking.take(views, store.position))

    catch_up(SomeFacts(dispatch_log, KNOWN), views, store, at_once, end, tell)
    if views.position < end:
        store.write({}, end)  # the last facts were of kinds that no view knows
        views.take({}, end)
    took = perf_counter() - began
    if took > LONG_S:
        log.warning("The views were folded from %d to %d again, in %.1f s.", before, end, took)
