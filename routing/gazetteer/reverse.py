"""The address of a place on the map: its house, its street, its ward."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from domain.places import FoundPlace
from domain.values import Position
from routing.gazetteer import tables as kept
from routing.gazetteer.index import Index

HOUSE_M: Final = 30.0
STREET_M: Final = 150.0
THING_M: Final = 60.0
KNOWN_M: Final = 400.0

Float64s = NDArray[np.float64]


class Reverse:
    """Houses, streets and things by where they are."""

    def __init__(self, index: Index) -> None:
        self._index = index
        tables = index.tables
        self._houses = cKDTree(tables.house_xy) if len(tables.house_xy) else None
        self._house_street = np.repeat(np.arange(index.of_map), np.diff(tables.house_first))
        lanes = np.isin(tables.entry_kind, (kept.STREET, kept.ALLEY, kept.BRIDGE))
        owner = np.repeat(np.arange(index.of_map), np.diff(tables.dense_first))
        drivable = np.flatnonzero(lanes[owner]) if len(owner) else owner
        self._street_of = owner[drivable]
        self._streets = cKDTree(tables.dense_xy[drivable]) if len(drivable) else None
        self._things = [
            entry
            for entry in index.entries
            if entry >= index.of_map or tables.entry_kind[entry] in (kept.THING, kept.CROSSING)
        ]
        self._thing_tree = (
            cKDTree(np.array([index.xy(entry) for entry in self._things])) if self._things else None
        )

    def of(self, position: Position) -> FoundPlace | None:
        """The address; None where neither a street nor a ward is known."""
        xy = self._index.frame.of(position)
        parts: dict[str, str] = {}
        far = 0.0
        kind = "street"
        street = self._near(self._streets, xy, STREET_M)
        if street is not None:
            far, at = street
            entry = int(self._street_of[at])
            mother = self._index.mother(entry)
            parts["street"] = self._index.name(mother if mother >= 0 else entry)
            if self._index.kind(entry) == "alley":
                parts["alley"] = "/".join(self._index.alley_path(entry)).upper()
        house = self._near(self._houses, xy, HOUSE_M)
        if house is not None:
            far, row = house
            kind = "house"
            parts["house"] = self._index.tables.said(int(self._index.tables.house_path[row]))
            parts["street"] = self._index.name(int(self._house_street[row]))
            parts.pop("alley", None)
        thing = self._near(self._thing_tree, xy, THING_M)
        if thing is not None:
            parts["near"] = self._index.name(self._things[thing[1]])
        parts |= self._index.areas.at(xy)
        if not parts:
            return None
        return FoundPlace(
            label=_label(parts) or f"{position.lat:.5f}, {position.lon:.5f}",
            kind=kind if "street" in parts else "area",  # type: ignore[arg-type]
            position=position,
            confidence=0.95 if kind == "house" else 0.8 if "street" in parts else 0.5,
            ambiguous=False,
            radius_m=round(float(far), 1),
            parts=parts,
        )

    def known_near(self, xy: Float64s) -> str | None:
        """The name of the nearest thing people may know, if one is in sight of the place."""
        thing = self._near(self._thing_tree, xy, KNOWN_M)
        return None if thing is None else self._index.name(self._things[thing[1]])

    @staticmethod
    def _near(tree: cKDTree | None, xy: Float64s, within_m: float) -> tuple[float, int] | None:
        if tree is None:
            return None
        gap, at = tree.query(xy, distance_upper_bound=within_m)
        return (float(gap), int(at)) if np.isfinite(gap) else None


def _label(parts: dict[str, str]) -> str:
    head = " ".join(parts[name] for name in ("house", "street") if name in parts)
    if "alley" in parts:
        head = f"Hẻm {parts['alley']} {parts['street']}"
    behind = [parts[name] for name in ("ward", "old_ward", "district") if name in parts]
    return ", ".join(dict.fromkeys(filter(None, [head, *behind])))
