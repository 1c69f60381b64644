"""Many arrays in one file that is mapped into memory, not read: a page comes in when it is first touched.

It is an ordinary uncompressed `.npz` which `numpy.load` reads too, with each array moved to an address
that the processor likes; `numpy.savez` leaves them anywhere, and kernels would meet another type of array.
"""

import mmap
import os
import struct
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

ALIGNED: Final = 64
_LOCAL_HEADER: Final = struct.Struct("<4s5H3L2H")
_PADDING: Final = 0xD935  # the extra field that zip tools leave alone for this purpose


def save_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the arrays, and make sure they are on the disk."""
    with path.open("wb") as file:
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for name, array in arrays.items():
                entry = ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
                begin = file.tell() + _LOCAL_HEADER.size + len(entry.filename) + 4
                fill = -begin % ALIGNED
                entry.extra = struct.pack("<2H", _PADDING, fill) + bytes(fill)
                content = BytesIO()
                npy.write_array(content, np.ascontiguousarray(array), allow_pickle=False)
                archive.writestr(entry, content.getbuffer())
        file.flush()
        os.fsync(file.fileno())


def load_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Map the arrays of a file. Writing to one changes neither the file nor another process's arrays.

    Raises OSError, ValueError, KeyError or zipfile.BadZipFile where the file is damaged.
    """
    arrays: dict[str, NDArray[Any]] = {}
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            raise ValueError("the file is empty")
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        with ZipFile(file) as archive:
            for entry in archive.infolist():
                if entry.compress_type != ZIP_STORED:
                    raise ValueError(f"{entry.filename} is compressed")
                header = _LOCAL_HEADER.unpack_from(mapped, entry.header_offset)
                begin = entry.header_offset + _LOCAL_HEADER.size + header[-2] + header[-1]
                arrays[entry.filename.removesuffix(".npy")] = _array(mapped, begin, entry.file_size)
    return arrays


def _array(mapped: mmap.mmap, begin: int, size: int) -> NDArray[Any]:
    head = BytesIO(mapped[begin : begin + min(size, 4096)])
    npy.read_magic(head)
    shape, column_major, kind = npy.read_array_header_1_0(head)
    count = int(np.prod(shape, dtype=np.int64))
    if column_major or kind.hasobject or head.tell() + count * kind.itemsize != size:
        raise ValueError("an array has not the size that it says")
    array = np.frombuffer(mapped, kind, count, begin + head.tell()).reshape(shape)
    return array if array.flags.aligned else array.copy()
