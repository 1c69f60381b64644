"""Entries of the gazetteer while they are made, and how they become tables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from routing.gazetteer import tables as kept
from routing.gazetteer.frame import Frame
from routing.gazetteer.read_names import Line
from routing.gazetteer.streets import Piece, every

Float64s = NDArray[np.float64]
DENSE_M: Final = 20.0
ALIAS_SHARE: Final = 0.94
"""A name that only part of a street has, or that it had once, is not as good as its own."""


@dataclass
class Draft:
    """An entry. path, mother and mouth are those of an alley: its number, the street it leaves, and where."""

    name: str
    kind: int
    xy: Float64s
    pieces: list[Piece]
    path: str = ""
    mother: int = -1
    mouth: Float64s | None = None
    keys: list[tuple[int, str, float]] = field(default_factory=list)

    def call(self, book: int, key: str, share: float) -> None:
        if key and not any(known[:2] == (book, key) for known in self.keys):
            self.keys.append((book, key, share))

    @cached_property
    def dense(self) -> Float64s:
        return np.concatenate([every(piece.xy, DENSE_M) for piece in self.pieces])

    @cached_property
    def tree(self) -> cKDTree:
        return cKDTree(self.dense)


@dataclass(frozen=True, slots=True)
class DraftHouse:
    """entry: the street; sure: the map names it."""

    entry: int
    path: str
    xy: Float64s
    sure: bool


@dataclass(frozen=True, slots=True)
class DraftArea:
    name: str
    keys: tuple[str, ...]
    level: int
    xy: Float64s
    radius_m: float
    shape: bytes


def written(
    frame: Frame,
    drafts: Sequence[Draft],
    houses: Sequence[DraftHouse],
    areas: Sequence[DraftArea],
    stubs: Sequence[Line],
) -> kept.Tables:
    """The tables of what was drafted."""
    texts = kept.Texts()
    key = _keys(texts, drafts, areas)
    point = _points(drafts)
    stub = _stubs(stubs, frame)
    order = sorted(range(len(houses)), key=lambda each: houses[each].entry)
    of_entry = np.bincount([each.entry for each in houses], minlength=len(drafts)) if houses else None
    columns = {
        "builder": np.array([kept.BUILDER], np.int32),
        "frame": np.array([frame.lat, frame.lon]),
        "entry_name": np.array([texts.number(each.name) for each in drafts], np.int32),
        "entry_kind": np.array([each.kind for each in drafts], np.int8),
        "entry_xy": _pairs([each.xy for each in drafts]),
        **point,
        **_dense(drafts, areas),
        "mother": np.array([each.mother for each in drafts], np.int32),
        "alley_path": np.array([texts.number(each.path) if each.path else -1 for each in drafts], np.int32),
        "mouth_xy": _pairs([each.xy if each.mouth is None else each.mouth for each in drafts]),
        **key,
        "house_first": _first(of_entry if of_entry is not None else np.zeros(len(drafts), int)),
        "house_path": np.array([texts.number(houses[each].path) for each in order], np.int32),
        "house_xy": _pairs([houses[each].xy for each in order]),
        "house_sure": np.array([houses[each].sure for each in order], np.int8),
        "area_name": np.array([texts.number(each.name) for each in areas], np.int32),
        "area_level": np.array([each.level for each in areas], np.int8),
        "area_xy": _pairs([each.xy for each in areas]),
        "area_radius": np.array([each.radius_m for each in areas], np.float64),
        "shape_first": _first([len(each.shape) for each in areas]).astype(np.int64),
        "shape": np.frombuffer(b"".join(each.shape for each in areas), np.uint8),
        **stub,
    }
    columns["text"], columns["text_first"] = texts.arrays()
    return kept.Tables(**columns)


def _keys(texts: kept.Texts, drafts: Sequence[Draft], areas: Sequence[DraftArea]) -> dict[str, NDArray[Any]]:
    of_key: dict[tuple[int, str], list[tuple[int, float]]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        for book, key, share in draft.keys:
            of_key[book, key].append((number, share))
    for number, area in enumerate(areas):
        for key in dict.fromkeys(area.keys):
            of_key[kept.OF_AREAS, key].append((number, 1.0))
    listed = sorted(of_key)
    found = [pair for key in listed for pair in of_key[key]]
    return {
        "key_text": np.array([texts.number(key) for _, key in listed], np.int32),
        "key_book": np.array([book for book, _ in listed], np.int8),
        "key_first": _first([len(of_key[key]) for key in listed]),
        "key_entry": np.array([entry for entry, _ in found], np.int32),
        "key_share": np.array([share for _, share in found], np.float32),
    }


def _points(drafts: Sequence[Draft]) -> dict[str, NDArray[Any]]:
    pieces = [(number, piece) for draft in drafts for number, piece in enumerate(draft.pieces)]
    counts = [sum(len(piece.xy) for piece in draft.pieces) for draft in drafts]
    xy = [piece.xy for _, piece in pieces]
    return {
        "point_first": _first(counts),
        "point_xy": np.concatenate(xy) if xy else np.empty((0, 2)),
        "point_node": np.concatenate([piece.nodes for _, piece in pieces]) if xy else np.empty(0, np.int64),
        "point_piece": np.repeat(
            np.array([number for number, _ in pieces], np.int32), [len(each) for each in xy]
        ),
    }


def _dense(drafts: Sequence[Draft], areas: Sequence[DraftArea]) -> dict[str, NDArray[Any]]:
    rows = [draft.dense if draft.pieces else np.empty((0, 2)) for draft in drafts]
    xy = np.concatenate(rows) if rows else np.empty((0, 2))
    district = np.full(len(xy), -1, np.int16)
    for number, area in enumerate(areas):
        if area.level == kept.DISTRICT and area.shape and len(xy):
            shape = shapely.from_wkb(area.shape)
            west, south, east, north = shape.bounds
            box = np.flatnonzero(((xy >= (west, south)) & (xy <= (east, north))).all(axis=1))
            shapely.prepare(shape)
            district[box[shapely.contains_xy(shape, xy[box, 0], xy[box, 1])]] = number
    return {
        "dense_first": _first([len(each) for each in rows]), "dense_xy": xy, "dense_district": district,
    }  # fmt: skip


def _stubs(lines: Sequence[Line], frame: Frame) -> dict[str, NDArray[Any]]:
    rows, lengths = [], []
    for line in lines:
        xy = frame.xy(line.lat, line.lon)
        along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
        middle = [float(np.interp(along[-1] / 2, along, xy[:, axis])) for axis in (0, 1)]
        rows += [[*xy[0], *middle], [*xy[-1], *middle]]
        lengths += [along[-1]] * 2
    return {"stub_xy": np.array(rows).reshape(-1, 4), "stub_m": np.array(lengths, np.float64)}


def _pairs(rows: Sequence[Float64s]) -> Float64s:
    return np.array(rows, np.float64).reshape(-1, 2)


def _first(counts: "Sequence[int] | NDArray[Any]") -> NDArray[np.int32]:
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
