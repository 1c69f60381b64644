"""When the garbage collector works: never through what was loaded, seldom in the middle of an emergency."""

import gc
from typing import Final

SWEEPS: Final = (20_000, 20, 20)
"""Things made and not let go before the collector looks at the youngest, and so on: some twenty answers."""


def settle() -> None:
    """Called when all is loaded: what stands now stays, and need not be walked through."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SWEEPS)
