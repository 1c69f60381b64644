"""The ground of an experiment in a tenth of its size, and back to the same bits.

Road times are whole tenths of a second, ways whole metres: both are kept as whole numbers, as what changes
from one row to the next, byte by byte. So a city that takes a quarter of a gigabyte in memory is soon sent.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.array_file import load_arrays, save_arrays
from routing.arrays import Float64s
from simulations.experiment.keep import aside
from simulations.lean.columns import Ground
from simulations.sentence import CannotPlay

TENTHS: Final = ("to_scene_s", "to_hospital_s", "home_s")
METRES: Final = ("to_scene_m", "to_hospital_m", "home_m")
NO_WAY: Final = -1
WHERE, STEP, SHAPE, KIND = "where", "step_s", ".shape", ".kind"


class KeptGround(NamedTuple):
    """columns, and float64[spots, 2] latitude and longitude of each spot"""

    columns: Ground
    where: Float64s


def in_whole_metres(columns: Ground) -> Ground:
    """As an experiment reckons: nobody counts kilometres to the centimetre."""
    return columns._replace(**{name: np.rint(getattr(columns, name)) for name in METRES})


def keep_ground(path: Path, ground: KeptGround) -> None:
    """Whole or not at all. Seconds that are no tenths and metres that are not whole are kept as they are."""
    with aside(path) as half:
        save_arrays(half, dict(_small(ground)))


def kept_ground(path: Path) -> KeptGround:
    """Raises OSError or ValueError where the file is damaged."""
    try:
        arrays = load_arrays(path)
        columns = {name: _large(name, arrays) for name in Ground._fields if name != STEP}
        return KeptGround(Ground(**columns, step_s=float(arrays[STEP].item())), arrays[WHERE])
    except (KeyError, zlib.error) as fault:
        raise CannotPlay(f"{path.name} is damaged: {fault}.") from None


def _small(ground: KeptGround) -> Iterator[tuple[str, NDArray[Any]]]:
    for name in Ground._fields:
        column = np.asarray(getattr(ground.columns, name))
        if name == STEP:
            yield name, column
            continue
        whole = _whole(name, column)
        yield name, _packed(whole)
        yield name + SHAPE, np.array(whole.shape, np.int64)
        yield name + KIND, np.zeros(0, whole.dtype)
    yield WHERE, ground.where


def _whole(name: str, column: NDArray[Any]) -> NDArray[Any]:
    if name not in (*TENTHS, *METRES):
        return column
    there = np.isfinite(column)
    scale = 10.0 if name in TENTHS else 1.0
    whole = np.where(there, np.rint(np.where(there, column, 0.0) * scale), NO_WAY).astype(np.int32)
    return whole if np.array_equal(_figures(whole, scale), column) else column


def _figures(whole: NDArray[Any], scale: float) -> Float64s:
    found: Float64s = np.where(whole == NO_WAY, np.inf, whole / scale)
    return found


def _packed(whole: NDArray[Any]) -> NDArray[np.uint8]:
    """Neighbours are near each other: what changes is small, and most of its bytes are all alike."""
    changes = whole
    if whole.dtype.kind != "f":
        changes = np.diff(whole, axis=max(0, whole.ndim - 2), prepend=whole.dtype.type(0))
    planes = np.ascontiguousarray(changes).view(np.uint8).reshape(-1, whole.dtype.itemsize).T
    return np.frombuffer(zlib.compress(planes.tobytes(), 6), np.uint8)


def _large(name: str, arrays: dict[str, NDArray[Any]]) -> NDArray[Any]:
    shape, kind = tuple(arrays[name + SHAPE].tolist()), arrays[name + KIND].dtype
    planes = np.frombuffer(zlib.decompress(arrays[name].tobytes()), np.uint8).reshape(kind.itemsize, -1)
    changes = np.ascontiguousarray(planes.T).view(kind).reshape(shape)
    if kind.kind == "f":
        return changes
    whole = np.cumsum(changes, axis=max(0, len(shape) - 2), dtype=kind)
    if name in (*TENTHS, *METRES):
        return _figures(whole, 10.0 if name in TENTHS else 1.0)
    return whole
