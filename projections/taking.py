"""Taking snapshots while views are folded: when one is due, what is kept of it, and which are thinned out."""

from projections.memory import MemoryViews
from projections.snapshots import SnapshotStore, Standing, pack, standing
from projections.spacing import Spacing

USUAL = Spacing()


class Taking:
    """The thread that folds asks `due` and calls `take`; `keep` may run in another one."""

    def __init__(self, snapshots: SnapshotStore, spacing: Spacing = USUAL) -> None:
        self._snapshots, self._spacing = snapshots, spacing
        self._last = max((place.seq for place in snapshots.places()), default=0)

    def due(self, position: int, end: int = 0) -> bool:
        """end : so far the log goes already, where a long one is folded"""
        return self._spacing.due(position, self._last, end)

    def take(self, views: MemoryViews, stored: int) -> Standing:
        """How the views stand now. What is at rest leaves memory first, as far as the store has it.

        stored : the position the store of rows stands at
        """
        views.rest(stored)
        taken = standing(views)
        self._last = taken.seq
        return taken

    def keep(self, taken: Standing) -> None:
        """Store it, and let those go that are too near to each other for their age."""
        self._snapshots.put(pack(taken, self._snapshots.fold))
        leaving = self._spacing.superfluous([place.seq for place in self._snapshots.places()])
        if leaving:
            self._snapshots.drop(leaving)
