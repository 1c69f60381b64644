"""What was worked out of the same things a moment ago."""

from collections.abc import Sequence
from operator import is_
from typing import Any


class AsBefore:
    """Where nobody told anything of a hospital since the last decision, it is the same thing still: what
    hangs on it alone is worked out once, and anew only when one of them is another. Only the last ones are
    held. Two threads that ask of different things work each for itself."""

    def __init__(self) -> None:
        self._last: tuple[tuple[object, ...], dict[Any, Any]] = (), {}

    def of(self, things: Sequence[object]) -> dict[Any, Any]:
        """What is kept of these very things, for whoever asks to read and to add to; nothing of others."""
        last, kept = self._last
        if len(last) != len(things) or not all(map(is_, last, things)):
            kept = {}
            self._last = tuple(things), kept
        return kept
