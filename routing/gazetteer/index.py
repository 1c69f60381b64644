"""The gazetteer in memory: the tables of the map joined with the names of the city."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from domain.places import PlaceKind
from domain.values import Position
from routing.gazetteer import tables as kept
from routing.gazetteer.areas import Areas
from routing.gazetteer.city_names import CityNames, NamedPlace
from routing.gazetteer.fold import fold, place_key
from routing.gazetteer.frame import Frame
from routing.gazetteer.name_book import NameBook
from routing.gazetteer.numbers import Path, path_of

KINDS: Final[dict[int, PlaceKind]] = {
    kept.STREET: "street", kept.ALLEY: "alley", kept.BRIDGE: "bridge", kept.CROSSING: "crossing",
    kept.THING: "place", kept.STOP: "place", kept.POST: "place",
}  # fmt: skip

Float64s = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """The points of an entry. piece: the number of the line each is on; node: its OSM node."""

    xy: Float64s
    piece: NDArray[np.int32]
    node: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class HouseAt:
    path: Path
    xy: Float64s
    sure: bool


@dataclass(frozen=True, slots=True)
class AlleyAt:
    """An alley of a street. mouth: where it leaves it."""

    entry: int
    path: Path
    mouth: Float64s


class Index:
    """Entries by number: those of the map first, then those of the city."""

    def __init__(self, tables: kept.Tables, names: CityNames, scanning: bool = False) -> None:
        self.tables = tables
        self._scanning = scanning
        self.frame = Frame.around(*tables.frame.tolist())
        self.areas = Areas(tables, self.frame, names)
        self._extra: Sequence[NamedPlace] = names.places
        self.of_map = len(tables.entry_name)
        self.streets = self._book(kept.OF_STREETS)
        self.things = self._book(kept.OF_THINGS)
        self.centre = self.frame.of(names.centre) if names.centre else np.zeros(2)
        self.stubs = cKDTree(tables.stub_xy[:, :2]) if len(tables.stub_xy) else None
        self._alleys: dict[int, list[int]] = defaultdict(list)
        for alley in np.flatnonzero(tables.mother >= 0).tolist():
            self._alleys[int(tables.mother[alley])].append(alley)

    @property
    def entries(self) -> range:
        return range(self.of_map + len(self._extra))

    def name(self, entry: int) -> str:
        if entry >= self.of_map:
            return self._extra[entry - self.of_map].names[0]
        return self.tables.said(int(self.tables.entry_name[entry]))

    def kind(self, entry: int) -> PlaceKind:
        if entry >= self.of_map:
            return self._extra[entry - self.of_map].kind
        return KINDS[int(self.tables.entry_kind[entry])]

    def is_stop(self, entry: int) -> bool:
        return entry < self.of_map and int(self.tables.entry_kind[entry]) == kept.STOP

    def xy(self, entry: int) -> Float64s:
        if entry >= self.of_map:
            return self.frame.of(self._extra[entry - self.of_map].position)
        spot: Float64s = self.tables.entry_xy[entry]
        return spot

    def position(self, xy: Float64s) -> Position:
        return self.frame.position(xy)

    def mother(self, entry: int) -> int:
        return int(self.tables.mother[entry]) if entry < self.of_map else -1

    def houses(self, street: int) -> list[HouseAt]:
        rows = range(int(self.tables.house_first[street]), int(self.tables.house_first[street + 1]))
        return [
            HouseAt(
                tuple(self.tables.said(int(self.tables.house_path[row])).lower().split("/")),
                self.tables.house_xy[row],
                bool(self.tables.house_sure[row]),
            )
            for row in rows
        ]

    def alleys(self, street: int) -> Iterator[AlleyAt]:
        for alley in self._alleys.get(street, ()):
            yield AlleyAt(alley, self.alley_path(alley), self.tables.mouth_xy[alley])

    def alley_path(self, entry: int) -> Path:
        text = int(self.tables.alley_path[entry])
        return path_of(fold(self.tables.said(text))) if text >= 0 else ()

    def shape(self, entry: int) -> Shape:
        rows = slice(int(self.tables.point_first[entry]), int(self.tables.point_first[entry + 1]))
        return Shape(self.tables.point_xy[rows], self.tables.point_piece[rows], self.tables.point_node[rows])

    def dense(self, entry: int) -> Float64s:
        """The points of a street, and others between them, at most 20 m apart."""
        xy: Float64s = self.tables.dense_xy[self._dense_rows(entry)]
        return xy

    def districts(self, entry: int) -> NDArray[np.int16]:
        """A number for the district of each dense point of a street, -1 where none is known."""
        numbers: NDArray[np.int16] = self.tables.dense_district[self._dense_rows(entry)]
        return numbers

    def _dense_rows(self, entry: int) -> slice:
        return slice(int(self.tables.dense_first[entry]), int(self.tables.dense_first[entry + 1]))

    def _book(self, book: int) -> NameBook:
        """The names of the map and those of the city in one book."""
        tables = self.tables
        of_key: dict[str, list[tuple[int, float]]] = {}
        for number in np.flatnonzero(tables.key_book == book).tolist():
            rows = slice(int(tables.key_first[number]), int(tables.key_first[number + 1]))
            of_key[tables.said(int(tables.key_text[number]))] = list(
                zip(tables.key_entry[rows].tolist(), tables.key_share[rows].tolist(), strict=True)
            )
        if book == kept.OF_THINGS:
            for entry, place in enumerate(self._extra, self.of_map):
                for key in dict.fromkeys(place_key(fold(name)) for name in place.names):
                    if key:
                        of_key.setdefault(key, []).append((entry, 1.0))
        listed = sorted(of_key)
        pairs = [pair for key in listed for pair in of_key[key]]
        first = np.concatenate(([0], np.cumsum([len(of_key[key]) for key in listed]))).astype(np.int32)
        entries = np.array([entry for entry, _ in pairs], np.int32)
        shares = np.array([share for _, share in pairs], np.float32)
        return NameBook(listed, first, entries, shares, self._scanning)
