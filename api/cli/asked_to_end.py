"""SIGTERM and Ctrl+C for a command that runs until somebody asks it to end: that is no fault."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ended_with_0() -> Iterator[None]:
    """Within it either signal unwinds the command, and ends it with 0. In the main thread only.

    uvicorn ends its own work first, and then sends itself the signal that it was sent.
    """
    before = {each: signal.signal(each, _end) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _end(*_: object) -> None:
    sys.exit(0)
