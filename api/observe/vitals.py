"""How the parts of a process are: each registers how to look at it, and whoever asks is answered in time.

When a part hangs, then people ask. So each look has a thread of its own, and two seconds; what does
not answer by then is said to be silent, and is not asked twice at once.
"""

import logging
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

log = logging.getLogger("vigil.vitals")

Words = Mapping[str, str]
NAME = re.compile(r"[a-z][a-z_]{0,39}")

SILENT: Words = {"vi": "Không trả lời.", "en": "Does not answer."}


class State(StrEnum):
    """In the order of trouble. Late: it works, but behind, or with less than it should."""

    WELL = "well"
    LATE = "late"
    FAILED = "failed"


ORDER = tuple(State)


class Figure(NamedTuple):
    """A number worth watching, and what it means. On /metrics it is `vigil_<part>_<name>`.

    labels : few, and their values of few kinds: each new value is a line that Prometheus keeps for weeks
    """

    name: str
    value: float
    help: str
    labels: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Vital:
    """How one part is at this moment.

    sentence   : for the operator, in "vi" and "en"; shown to everybody, so never of a person, call or place
    lag_events : how many facts it is behind the log; None where there is no such thing
    lag_s      : for how many seconds the oldest of what waits has waited
    figures    : further numbers for /metrics
    """

    state: State
    sentence: Words
    lag_events: int | None = None
    lag_s: float | None = None
    figures: tuple[Figure, ...] = ()


Look = Callable[[], Vital]


class Vitals:
    """The parts by name. Any thread may register and ask.

    patience_s : how long a look may take before its part is called silent
    keep_s     : how long an answer serves whoever asks next; the status page is open to all
    """

    def __init__(self, patience_s: float = 2.0, keep_s: float = 1.0) -> None:
        self._patience_s, self._keep_s = patience_s, keep_s
        self._looks: dict[str, Look] = {}
        self._asked: dict[str, _Asked] = {}
        self._kept: tuple[float, dict[str, Vital]] | None = None
        self._one_reader = threading.Lock()

    def register(self, name: str, look: Look) -> None:
        """`look` is asked from a thread of its own, some times a minute. A name said again is replaced.

        Raises ValueError for a name that would make no name of a figure.
        """
        if not NAME.fullmatch(name):
            raise ValueError(f"A part is named in small letters, not {name!r}.")
        self._looks = {**self._looks, name: look}
        self._kept = None

    def forget(self, name: str) -> None:
        self._looks = {known: look for known, look in self._looks.items() if known != name}
        self._kept = None

    def read(self) -> dict[str, Vital]:
        """All parts in the order they were registered, as they were within the last second."""
        with self._one_reader:
            if self._kept is None or time.monotonic() - self._kept[0] > self._keep_s:
                self._kept = time.monotonic(), self._ask(self._looks)
            return self._kept[1]

    def look(self, *names: str) -> dict[str, Vital]:
        """These parts as they are now; a name that is not registered is left out."""
        with self._one_reader:
            return self._ask({name: look for name, look in self._looks.items() if name in names})

    def _ask(self, looks: Mapping[str, Look]) -> dict[str, Vital]:
        asked = {name: self._begin(name, look) for name, look in looks.items()}
        until = time.monotonic() + self._patience_s
        return {name: each.answer(until) for name, each in asked.items()}

    def _begin(self, name: str, look: Look) -> "_Asked":
        hanging = self._asked.get(name)
        if hanging is not None and not hanging.answered and hanging.look is look:
            return hanging
        asked = self._asked[name] = _Asked(name, look)
        asked.start()
        return asked


class _Asked(threading.Thread):
    """One look under way."""

    def __init__(self, name: str, look: Look) -> None:
        super().__init__(name=f"look-{name}", daemon=True)
        self.look = look
        self._found: Vital | None = None
        self._done = threading.Event()

    def run(self) -> None:
        try:
            self._found = self.look()
        except Exception as fault:
            self._found = _fallen(fault)
            log.debug("%s", self.name, exc_info=True)
        finally:
            self._done.set()

    @property
    def answered(self) -> bool:
        return self._done.is_set()

    def answer(self, until: float) -> Vital:
        self._done.wait(max(0.0, until - time.monotonic()))
        return self._found or Vital(State.FAILED, SILENT)


def _fallen(fault: Exception) -> Vital:
    """The kind of fault alone: what a database says of it may quote a row."""
    kind = type(fault).__name__
    return Vital(State.FAILED, {"vi": f"Không kiểm tra được ({kind}).", "en": f"Cannot be reached ({kind})."})


def worst(states: Iterable[State]) -> State:
    return max(states, key=ORDER.index, default=State.WELL)
