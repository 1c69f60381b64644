"""What the demo's own people know of each other's incidents. Bounded: the oldest notes are forgotten."""

from collections import OrderedDict

MOST_NOTES = 2_000


class Notes:
    """A set of incident ids that keeps the newest."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, None] = OrderedDict()

    def add(self, incident_id: str) -> None:
        self._kept[incident_id] = None
        if len(self._kept) > MOST_NOTES:
            self._kept.popitem(last=False)

    def __contains__(self, incident_id: object) -> bool:
        return incident_id in self._kept

    def __len__(self) -> int:
        return len(self._kept)


class Notebook:
    """opened    : incidents the demo's own call takers opened; all others are somebody else's
    cancelled : incidents whose caller rang off; they are closed instead of served again
    """

    def __init__(self) -> None:
        self.opened = Notes()
        self.cancelled = Notes()
