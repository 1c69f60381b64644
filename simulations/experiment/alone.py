"""One at a time in the folder of an experiment, be it a command or the service."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from typing import IO, Final

from simulations.experiment.keep import HALF
from simulations.experiment.prepare import HALF_READY
from simulations.experiment.replicate import REPLICATIONS
from simulations.experiment.run import LARGE

LOCK: Final = "lock"


class FolderInUse(OSError):
    """The sentence says what to do."""


@contextmanager
def alone_in(folder: Path, wait: bool = False) -> Iterator[None]:
    """Until it is left nobody else works in the folder. What others had half made when they were killed goes
    first; a folder in which nothing came about goes again.

    wait : for whoever is in it, instead of refusing; then the folder has to be there, else it is made
    Raises FolderInUse, OSError.
    """
    with _locked(folder, wait):
        _sweep(folder)
        try:
            yield
        finally:
            with suppress(OSError):
                if [each.name for each in folder.iterdir()] == [LOCK]:
                    (folder / LOCK).unlink()
                    folder.rmdir()


@contextmanager
def at_rest(folder: Path) -> Iterator[None]:
    """Until it is left nobody begins to work in the folder, which may be one that we only read. Raises
    FolderInUse."""
    try:
        lock = (folder / LOCK).open("rb")
    except FileNotFoundError:
        yield  # nobody ever worked here
        return
    with lock:
        _take(lock, folder, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield


@contextmanager
def _locked(folder: Path, wait: bool) -> Iterator[None]:
    while True:
        if not wait:
            folder.mkdir(parents=True, exist_ok=True)
        with (folder / LOCK).open("ab") as lock:
            _take(lock, folder, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _still_there(lock, folder):
                yield
                return


def _take(lock: IO[bytes], folder: Path, how: int) -> None:
    try:
        fcntl.flock(lock, how)
    except BlockingIOError:
        raise FolderInUse(
            f"Another command or the service is at work in {folder}: wait until it has ended, or take "
            "another folder."
        ) from None


def _still_there(lock: IO[bytes], folder: Path) -> bool:
    """Whoever was in it before may have taken the file away."""
    try:
        return os.path.samestat(os.fstat(lock.fileno()), (folder / LOCK).stat())
    except FileNotFoundError:
        return False


def _sweep(folder: Path) -> None:
    for path in folder.glob(f"{HALF_READY}*"):
        rmtree(path, ignore_errors=True)
    for path in (*folder.glob(f"{LARGE}*"), *(folder / REPLICATIONS).glob(f"*/*{HALF}")):
        path.unlink(missing_ok=True)
