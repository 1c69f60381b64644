"""The door to numba of the lean path, as `routing.compiled` is that of the roads: each state of the sources
has a cache of its own, so that nobody plays by yesterday's rules after an update.

To load all kernels takes half a second, to compile them a minute: `simulations.warm` does it at set-up and
leaves a mark.
"""

from collections.abc import Callable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from numba import config as numba_config

from routing.compiled import compiled_in, drop_all_but, folder_of

P = ParamSpec("P")
R = TypeVar("R")
ROOT: Final = Path(__file__).resolve().parents[1]
ROOMS: Final = "simulations/lean", "simulations/own"
CONSTANTS: Final = ("domain/coverage.py",)
"""Beside the rooms: where kernels have their constants from."""
MARK: Final = "compiled"


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` at its first call; the plain Python stays reachable as `.py_func`."""
    return compiled_in(kept_in(), function)


@cache
def kept_in() -> Path:
    """Where kernels of the sources as they are now keep their code."""
    config: Any = numba_config
    rooms = chain.from_iterable((ROOT / room).glob("*.py") for room in ROOMS)
    return folder_of(ROOT, [*rooms, *(ROOT / each for each in CONSTANTS)], beside(config.CACHE_DIR), "lean")


def beside(asked: str) -> str:
    return asked or str(ROOT / "simulations" / "__pycache__")


def compiled_before() -> bool:
    """Whether `simulations.warm` has run with these sources."""
    return (kept_in() / MARK).is_file()


def remember() -> None:
    """All is compiled now, from these sources. Where nothing can be kept numba compiles for this process."""
    try:
        kept_in().mkdir(parents=True, exist_ok=True)
        (kept_in() / MARK).touch()
    except OSError:
        return


def forget_old_caches() -> None:
    """Remove the compiled code of sources long gone."""
    drop_all_but(kept_in())
