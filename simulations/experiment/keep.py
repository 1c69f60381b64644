"""Named tuples of arrays in a file, and back: the same bits, whoever writes them and when."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any, Final, TypeVar, get_type_hints
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from routing.array_file import load_arrays, save_arrays
from simulations.sentence import CannotPlay

T = TypeVar("T")
HALF: Final = ".new"
"""How the names of files end that are not whole yet."""


def keep(path: Path, thing: Any) -> None:
    """Whole or not at all: a process that is killed leaves no half file of that name."""
    with aside(path) as half:
        write(half, thing)


def write(path: Path, thing: Any) -> None:
    """For whoever has a name aside already."""
    save_arrays(path, dict(_flat("", thing)))


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A file beside it whose name nobody else uses; it becomes `path` once all is written, else it goes."""
    half = path.with_name(f"{path.name}.{own_name()}{HALF}")
    try:
        yield half
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def own_name() -> str:
    """Of this process and this moment."""
    return f"{os.getpid()}-{token_hex(4)}"


def kept(path: Path, kind: type[T]) -> T:
    """Raises OSError or ValueError where the file is damaged."""
    try:
        found: T = _built("", kind, load_arrays(path))
    except KeyError as fault:
        raise CannotPlay(f"{path.name} lacks {fault}.") from None
    except BadZipFile:
        raise CannotPlay(f"{path.name} is damaged.") from None
    return found


def _flat(prefix: str, thing: Any) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, value in zip(thing._fields, thing, strict=True):
        if hasattr(value, "_fields"):
            yield from _flat(f"{prefix}{name}.", value)
        else:
            yield prefix + name, np.asarray(value)


def _built(prefix: str, kind: Any, arrays: dict[str, NDArray[Any]]) -> Any:
    hints = get_type_hints(kind)
    values: list[Any] = []
    for name in kind._fields:
        hint = hints[name]
        if name in kind._field_defaults and not any(each.startswith(prefix + name) for each in arrays):
            values.append(kind._field_defaults[name])  # kept before there was any such thing
        elif hasattr(hint, "_fields"):
            values.append(_built(f"{prefix}{name}.", hint, arrays))
        elif prefix + name not in arrays and name in kind._field_defaults:
            values.append(kind._field_defaults[name])  # kept before anybody asked for it
        else:
            array = arrays[prefix + name]
            values.append(array.item() if hint in (float, int, bool, str) else array)
    return kind(*values)
