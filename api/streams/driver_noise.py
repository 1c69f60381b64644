"""aiokafka tells of every attempt at a broker that is away: here once a kind, then a count a minute.

Two records are of one kind where level, place and words are the same but for numbers. What is new is told at
once, so nothing that has not been said before is ever held back.
"""

import logging
import re
import threading
from dataclasses import dataclass

log = logging.getLogger("vigil.streams")

DRIVER = "aiokafka"
EVERY_S = 60.0
_NUMBER = re.compile(r"\d+")

Kind = tuple[str, int, str]


@dataclass(slots=True)
class Again:
    """How often a kind came again since it was told of. said : the newest of them."""

    said: str
    times: int = 0


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
                again.said = said
                again.times += 1
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
            self._known = {kind: Again(again.said) for kind, again in repeated.items()}
            self._telling = bool(repeated)
            if repeated:
                self._later()
        for (name, level, _), again in repeated.items():
            log.log(level, "%d times more in %.0f s, %s: %s", again.times, self._every_s, name, again.said)

    def _later(self) -> None:
        timer = threading.Timer(self._every_s, self.tell)
        timer.daemon = True
        timer.start()


def fold_driver_noise() -> None:
    """On all handlers of the root, before they count faults. After these are set up."""
    folding = Folding()
    for handler in logging.getLogger().handlers:
        handler.filters.insert(0, folding)
