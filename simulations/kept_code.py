"""Whether the kernels of the lean path, as its sources are now, stand compiled on disk: to load them takes
half a second, to compile them a minute.

A kernel holds the code of those it calls, from whatever file, and numba looks at the kernel's own file alone.
So whoever compiles them anew drops first what was compiled from other sources.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from simulations.lean import run
from simulations.own import step

MARK = "vigil-compiled"
CODE = "*.nbi", "*.nbc"


def compiled_before() -> bool:
    """Whether `simulations.warm` has run with these sources."""
    return marked(_folders()[0], _state())


def forget_others() -> bool:
    """Drop what was compiled from other sources; whether what is compiled from now on is of these alone.

    Where kernels run already nobody knows where they came from, and numba would not keep them again.
    """
    kernels: Any = run.carry_on
    if compiled_before() or kernels.signatures:
        return False
    drop(_folders())
    return True


def remember() -> None:
    """All is compiled now, from these sources."""
    mark(_folders()[0], _state())


def marked(folder: Path, state: str) -> bool:
    try:
        return (folder / MARK).read_text(encoding="utf-8") == state
    except OSError:
        return False


def mark(folder: Path, state: str) -> None:
    """Where nothing can be kept, nothing was: numba compiles for this process alone."""
    try:
        (folder / MARK).write_text(state, encoding="utf-8")
    except OSError:
        return


def drop(folders: Iterable[Path]) -> None:
    for folder in folders:
        for pattern in CODE:
            for file in folder.glob(pattern):
                file.unlink(missing_ok=True)


def state_of(sources: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _state() -> str:
    rooms = Path(run.__file__).parent, Path(step.__file__).parent
    return state_of(source for room in rooms for source in sorted(room.glob("*.py")))


def _folders() -> tuple[Path, Path]:
    """Where numba keeps the code of the two rooms: beside the sources, or where NUMBA_CACHE_DIR says."""
    kernels: tuple[Any, Any] = run.carry_on, step._go_on
    lean, own = (Path(each.stats.cache_path) for each in kernels)
    return lean, own
