"""Waiting in tests: look again until something is there."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(look: Callable[[], T], patience_s: float = 15.0) -> T:
    """What `look` found, once it found something."""
    until = time.monotonic() + patience_s
    while not (found := look()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
    return found
