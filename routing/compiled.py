"""One typed door to numba, so that every kernel is compiled alike.

Kernels release the interpreter lock (several threads may search at once) and are cached on disk, beside the
sources or where NUMBA_CACHE_DIR says. Compilation happens at the first call: see `routing.warm`.

A kernel holds the code of those it calls and the constants it names, from whatever file; numba looks at the
kernel's own file alone and would go on with yesterday's. So each state of the sources has a cache of its own:
after an update nothing stale is ever run.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar, cast

from numba import config as numba_config
from numba import njit

P = ParamSpec("P")
R = TypeVar("R")
KEPT: Final = 4
"""How many states of the sources keep their cache."""


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` at its first call; the plain Python stays reachable as `.py_func`."""
    return compiled_in(_folder(), function)


def compiled_in(folder: Path, function: Callable[P, R]) -> Callable[P, R]:
    """The same with a cache of one's own: for kernels of other rooms (`simulations.compiled`)."""
    config: Any = numba_config
    asked = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        return cast(Callable[P, R], njit(cache=True, nogil=True)(function))
    finally:
        config.CACHE_DIR = asked


@cache
def cache_folder(sources: Path, asked: str = "") -> Path:
    """Where kernels of the sources as they are now keep their code: in a folder named after their content.

    asked : another place than beside the sources, "" for none
    """
    return folder_of(sources, sources.rglob("*.py"), asked)


def folder_of(room: Path, sources: Iterable[Path], asked: str = "", name: str = "kernels") -> Path:
    """The same for some of the sources under a room."""
    return (Path(asked) if asked else room / "__pycache__") / f"{name}-{digest_of(room, sources)[:16]}"


def digest_of(room: Path, sources: Iterable[Path]) -> str:
    """SHA-256 of the names and the content of sources under a room."""
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(source.relative_to(room).as_posix().encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()


def forget_old_caches() -> None:
    """Remove the compiled code of sources long gone."""
    drop_all_but(_folder())


def _folder() -> Path:
    config: Any = numba_config
    return cache_folder(Path(__file__).parent, config.CACHE_DIR)


def drop_all_but(folder: Path) -> None:
    """Remove the caches beside this one, but for the newest few."""
    name = folder.name.rpartition("-")[0]
    others = [other for other in folder.parent.glob(f"{name}-*") if other != folder]
    try:
        others.sort(key=lambda other: other.stat().st_mtime, reverse=True)
    except FileNotFoundError:
        return  # another process is at it
    for other in others[KEPT - 1 :]:
        shutil.rmtree(other, ignore_errors=True)
