"""Named tuples of arrays in a file, and back: the same bits, whoever writes them and when."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, get_type_hints
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from routing.array_file import load_arrays, save_arrays

T = TypeVar("T")


def keep(path: Path, thing: Any) -> None:
    """Whole or not at all: a process that is killed leaves no half file of that name."""
    aside = path.with_name(f"{path.name}.new")
    save_arrays(aside, dict(_flat("", thing)))
    aside.replace(path)


def kept(path: Path, kind: type[T]) -> T:
    """Raises OSError or ValueError where the file is damaged."""
    try:
        found: T = _built("", kind, load_arrays(path))
    except KeyError as fault:
        raise ValueError(f"{path.name} lacks {fault}.") from None
    except BadZipFile:
        raise ValueError(f"{path.name} is damaged.") from None
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
        if hasattr(hint, "_fields"):
            values.append(_built(f"{prefix}{name}.", hint, arrays))
        else:
            array = arrays[prefix + name]
            values.append(array.item() if hint in (float, int, bool, str) else array)
    return kind(*values)
