"""How it looked then: the same fold, stopped earlier.

"Then" is what we knew at an instant, so the cut goes by `heard_at`, not by `at`: a milestone reported
late was not on the board yet. Clocks jitter, so `heard_at` may step back a little from one event to the
next; the cut is the longest prefix of the log in which nothing the views know of was heard after the instant.
"""

from array import array
from bisect import bisect_right
from datetime import UTC, datetime, timedelta

from projections.memory import MemoryViews
from projections.projector import EventSource
from projections.rest import RowsAtRest
from projections.snapshots import SnapshotStore, nearest

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class SeqClock:
    """Which position the log had reached at an instant. 16 bytes an event, found by bisection.

    One thread lets it hear, any number ask.
    """

    def __init__(self) -> None:
        self._seqs = array("q")
        self._heard = array("q")  # running maximum, microseconds since 1970

    @property
    def position(self) -> int:
        """The last event it heard of, 0 before the first."""
        return self._seqs[-1] if self._seqs else 0

    def hear(self, seq: int, heard_at: datetime) -> None:
        """Take note of an event; one noted before changes nothing."""
        if seq <= self.position:
            return
        heard = (heard_at - EPOCH) // MICROSECOND
        # The position first: a reader between the two lines finds a moment only with its position.
        self._seqs.append(seq)
        self._heard.append(max(heard, self._heard[-1]) if self._heard else heard)

    def position_at(self, instant: datetime) -> int:
        """The end of the longest prefix in which all was heard by `instant`; 0 where nothing was."""
        known = bisect_right(self._heard, (instant - EPOCH) // MICROSECOND)
        return self._seqs[known - 1] if known else 0

    def heard_at(self, seq: int) -> datetime | None:
        """When the log had reached `seq`; None before its first event."""
        known = bisect_right(self._seqs, seq, hi=len(self._heard))
        return EPOCH + self._heard[known - 1] * MICROSECOND if known else None


def views_at(
    log: EventSource,
    instant: datetime,
    snapshots: SnapshotStore | SeqClock | None = None,
    at_rest: RowsAtRest | None = None,
    limit: int = 500,
) -> MemoryViews:
    """All views as they were known at `instant`, folded from the log.

    snapshots : the fold begins at the newest one that had heard nothing later than the instant
    at_rest   : where the rows lie that such a snapshot does not hold; it may know later rows too
    """
    views = (
        nearest(snapshots, at_rest, heard=instant)
        if snapshots is not None and not isinstance(snapshots, SeqClock)
        else None
    )
    return fold_until(log, instant, views or MemoryViews(), limit)


def fold_until(log: EventSource, instant: datetime, views: MemoryViews, limit: int = 500) -> MemoryViews:
    """Go on from `views` until something was heard later."""
    while batch := log.select(views.position + 1, limit, None):
        later = (place for place, (_, event) in enumerate(batch) if event.act.heard_at > instant)
        cut = next(later, len(batch))
        views.take(*views.fold(batch[:cut]))
        if cut < len(batch):
            break
    return views
