"""aiokafka tells of every attempt at a broker that is away: here once a kind, then a count a minute.

Two records are of one kind where level, place and words are the same but for numbers and ids. A kind that is
new is told at once. What differs from it in these alone, as another partition does, waits for the count, and
that tells the first few of them and the newest.
"""

import logging
import re
import threading
from dataclasses import dataclass, field

log = logging.getLogger("vigil.streams")

DRIVER = "aiokafka"
EVERY_S = 60.0
MOST_TOLD = 5
"""So many different ones of a kind a count tells."""
_NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+")

Kind = tuple[str, int, str]


@dataclass(slots=True)
class Again:
    """How often a kind came again since it was told of. others : what was not told of it, the newest last."""

    told: str
    times: int = 0
    others: list[str] = field(default_factory=list)

    def hear(self, said: str) -> None:
        self.times += 1
        if said == self.told or said in self.others:
            return
        if len(self.others) == MOST_TOLD:
            self.others.pop()
        self.others.append(said)

    @property
    def words(self) -> str:
        return "; ".join(self.others or [self.told])


class Folding(logging.Filter):
    """For a handler. Lets the first of each kind pass, and counts what repeats it."""

    def __init__(self, every_s: float = EVERY_S) -> None:
        super().__init__()
        self._every_s = every_s
        self._known: dict[Kind, Again] = {}
        self._lock = threading.Lock()
        self._telling = False

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.partition(".")[0] != DRIVER:
            return True
        said = record.getMessage()
        kind = (record.name, record.levelno, _NUMBER.sub("#", said))
        with self._lock:
            again = self._known.get(kind)
            if again is not None:
                again.hear(said)
                return False
            self._known[kind] = Again(said)
            if not self._telling:
                self._telling = True
                self._later()
        return True

    def tell(self) -> None:
        """A sentence for each kind that came again; one that did not is new when it comes the next time."""
        with self._lock:
            repeated = {kind: again for kind, again in self._known.items() if again.times}
            self._known = {kind: Again(again.told) for kind, again in repeated.items()}
            self._telling = bool(repeated)
            if repeated:
                self._later()
        for (name, level, _), again in repeated.items():
            log.log(level, "%d times more in %.0f s, %s: %s", again.times, self._every_s, name, again.words)

    def _later(self) -> None:
        timer = threading.Timer(self._every_s, self.tell)
        timer.daemon = True
        timer.start()


def fold_driver_noise() -> None:
    """On all handlers of the root, before they count faults. After these are set up."""
    folding = Folding()
    for handler in logging.getLogger().handlers:
        handler.filters.insert(0, folding)
