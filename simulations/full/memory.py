"""Memory while a night is played: what is recorded stays, so there is nothing to look through for waste."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_to_sweep() -> Iterator[None]:
    """The collector of cycles would look at every fact of the night again, and find nothing to free."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
