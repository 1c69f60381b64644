"""What the gazetteer keeps of a map, as arrays in one file that is mapped into memory."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from routing.array_file import load_arrays, save_arrays

FILE: Final = "gazetteer.npz"
BUILDER: Final = 1
"""Raise it whenever the same map would give other tables."""

STREET, ALLEY, BRIDGE, CROSSING, THING, STOP, POST = range(7)
"""What an entry is. A stop is that of a bus, a post one that counts kilometres."""

OF_STREETS, OF_THINGS, OF_AREAS = range(3)
"""The three books of names."""
WARD, DISTRICT, QUARTER = range(3)

Int8s = NDArray[np.int8]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Float64s = NDArray[np.float64]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Tables:
    """Texts are numbered; everything else points to them. xy are metres in the frame of the map.

    builder    : int32[1]         frame : float64[2] latitude and longitude of its middle
    text       : uint8[letters]   text_first : int64[texts+1]   UTF-8
    entry_name : int32[entries] text to show     entry_kind : int8[entries]   entry_xy : float64[entries, 2]
    point_first: int32[entries+1] the shape of entry e: point_xy, point_node (OSM) and point_piece (the number
                 of its line within the entry), sorted by piece
    dense_first: int32[entries+1] the same shape with points every 20 m: dense_xy, and dense_district (the
                 area that is the district of each, -1 where none is known)
    mother     : int32[entries]   street an alley leaves, -1 elsewhere
    alley_path : int32[entries]   text of an alley's number, -1 elsewhere     mouth_xy : float64[entries, 2]
    key_text   : int32[keys]      a folded name     key_book : int8[keys]
    key_first  : int32[keys+1]    the entries or areas of that name: key_entry; key_share : float32, how good
                 a name it is, 1 for a full one, less for initials
    house_first: int32[entries+1] houses of street e: house_path (text), house_xy, house_sure (1 where the map
                 names the street, 0 where it follows from nearness)
    area_name  : int32[areas]     area_level : int8[areas]   area_xy : float64[areas, 2]  area_radius : metres
    shape_first: int64[areas+1]   shape : uint8[bytes] WKB in the frame; empty where only a centre is known
    stub_xy    : float64[stubs, 4] nameless minor ways: one end, and the middle; each way twice
    stub_m     : float64[stubs]   how long it is
    """

    builder: Int32s
    frame: Float64s
    text: Bytes
    text_first: Int64s
    entry_name: Int32s
    entry_kind: Int8s
    entry_xy: Float64s
    point_first: Int32s
    point_xy: Float64s
    point_node: Int64s
    point_piece: Int32s
    dense_first: Int32s
    dense_xy: Float64s
    dense_district: NDArray[np.int16]
    mother: Int32s
    alley_path: Int32s
    mouth_xy: Float64s
    key_text: Int32s
    key_book: Int8s
    key_first: Int32s
    key_entry: Int32s
    key_share: NDArray[np.float32]
    house_first: Int32s
    house_path: Int32s
    house_xy: Float64s
    house_sure: Int8s
    area_name: Int32s
    area_level: Int8s
    area_xy: Float64s
    area_radius: Float64s
    shape_first: Int64s
    shape: Bytes
    stub_xy: Float64s
    stub_m: Float64s

    def said(self, text: int) -> str:
        return bytes(self.text[self.text_first[text] : self.text_first[text + 1]]).decode()


class Texts:
    """Texts, each kept once."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self._number.setdefault(text, len(self._number))

    def arrays(self) -> tuple[Bytes, Int64s]:
        encoded = [text.encode() for text in self._number]
        first = np.concatenate(([0], np.cumsum([len(each) for each in encoded]))).astype(np.int64)
        return np.frombuffer(b"".join(encoded), np.uint8), first


def save(tables: Tables, folder: Path) -> None:
    """Beside the map, whole or not at all."""
    aside = folder / f"{FILE}.new"
    save_arrays(aside, {field.name: getattr(tables, field.name) for field in fields(Tables)})
    aside.replace(folder / FILE)


def is_there(folder: Path) -> bool:
    """Whether the map has the tables of this builder."""
    return load(folder) is not None


def load(folder: Path) -> Tables | None:
    """None where the map has no such file, or one that is damaged or another builder's."""
    try:
        arrays: dict[str, NDArray[Any]] = load_arrays(folder / FILE)
        tables = Tables(**{field.name: arrays[field.name] for field in fields(Tables)})
    except (OSError, ValueError, KeyError, BadZipFile):
        return None
    return tables if tables.builder.tolist() == [BUILDER] else None
