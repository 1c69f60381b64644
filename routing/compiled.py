"""One typed door to numba, so that every kernel is compiled alike.

Kernels release the interpreter lock (several threads may search at once) and are cached on disk;
set NUMBA_CACHE_DIR to choose where. Compilation happens at the first call: see `routing.warm`.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` at its first call; the plain Python stays reachable as `.py_func`."""
    return cast(Callable[P, R], njit(cache=True, nogil=True)(function))
