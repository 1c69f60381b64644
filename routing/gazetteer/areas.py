"""Wards and districts: which one a spot lies in, and which ones a caller may mean."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from routing.gazetteer import tables as kept
from routing.gazetteer.areas_of_map import keys_of
from routing.gazetteer.asked import AreaSaid
from routing.gazetteer.city_names import CityNames
from routing.gazetteer.frame import Frame
from routing.gazetteer.name_book import NameBook

BORDER_M: Final = 90.0
"""People on both sides of a street that is a border say either district."""
BORDER_SHARE: Final = 0.94
SURELY_ALIKE: Final = 0.86
ROUND: Final = 1.15
"""How much of its radius beyond a circle still is the area, where only a circle is known."""
NEW_WARD, FORMER = 10, 11
"""Levels beyond those of the map: a ward of today, and a name for several districts."""

Float64s = NDArray[np.float64]
Shape = Any


@dataclass(slots=True)
class Area:
    """shape : in metres, None where only centre and radius are known."""

    name: str
    level: int
    xy: Float64s
    radius_m: float
    shape: Shape | None = None
    keys: tuple[str, ...] = field(default=())

    def share(self, xy: Float64s) -> float:
        """1 for a spot inside, less for one just across the border, 0 for one that does not lie there."""
        return 1.0 if self.holds(xy, 0.0) else BORDER_SHARE if self.holds(xy) else 0.0

    def holds(self, xy: Float64s, within_m: float = BORDER_M) -> bool:
        if self.shape is not None:
            return bool(shapely.dwithin(self.shape, shapely.Point(xy), within_m))
        return bool(np.hypot(*(self.xy - xy)) <= ROUND * self.radius_m + within_m)

    def hold(self, xy: Float64s, within_m: float = BORDER_M) -> NDArray[np.bool_]:
        """bool[points]: which of many spots it holds."""
        if self.shape is not None:
            held = np.zeros(len(xy), bool)
            west, south, east, north = self.shape.bounds
            inside = (xy >= (west - within_m, south - within_m)) & (xy <= (east + within_m, north + within_m))
            box = np.flatnonzero(inside.all(axis=1))
            held[box] = shapely.dwithin(self.shape, shapely.points(xy[box]), within_m)
            return held
        far: NDArray[np.bool_] = np.hypot(*(xy - self.xy).T) <= ROUND * self.radius_m + within_m
        return far


class Areas:
    """All areas of map and city, found by name and by place."""

    def __init__(self, tables: kept.Tables, frame: Frame, names: CityNames) -> None:
        of_map = _of_map(tables)
        self.all = of_map + _of_city(of_map, frame, names)
        of_key: dict[str, list[int]] = defaultdict(list)
        for number, area in enumerate(self.all):
            for key in area.keys:
                of_key[key].append(number)
        listed = sorted(of_key)
        counts = [len(of_key[key]) for key in listed]
        numbers = np.array([number for key in listed for number in of_key[key]], np.int32)
        first = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        self.book = NameBook(listed, first, numbers, np.ones(len(numbers), np.float32))
        self._drawn = [area for area in self.all if area.shape is not None]
        self._tree = shapely.STRtree([area.shape for area in self._drawn])
        self._wards = [area for area in self.all if area.level == NEW_WARD]

    def __contains__(self, key: str) -> bool:
        return key in self.book

    def meant(self, said: AreaSaid) -> list[Area]:
        """The areas a caller may mean: of that name and that word, else of that name, else of one like it."""
        for key in (said.key, said.bare):
            found = [self.all[number] for number, _ in self.book.called(key)]
            fitting = [area for area in found if _fits(area.level, said.level)]
            if fitting or (found and key == said.bare and not key.isdigit()):
                return fitting or found
        for key, _ in self.book.alike(said.key, SURELY_ALIKE, 3):
            if any(letter.isdigit() for letter in said.key):
                break
            found = [self.all[number] for number, _ in self.book.called(key)]
            fitting = [area for area in found if _fits(area.level, said.level)]
            if fitting:
                return fitting
        return []

    def at(self, xy: Float64s) -> dict[str, str]:
        """The areas around a spot: `ward` of today, `old_ward`, `district`, `quarter`; what is not known is
        left out. Where the map has only wards of today there is no old one."""
        found: dict[str, str] = {}
        point = shapely.Point(xy)
        inside = [self._drawn[number] for number in self._tree.query(point, "intersects")]
        inside.sort(key=lambda area: area.radius_m)
        for area in inside:
            part = {kept.WARD: "old_ward", kept.DISTRICT: "district", kept.QUARTER: "quarter"}.get(area.level)
            if part:
                found.setdefault(part, area.name)
        former = next((area.name for area in inside if area.level == FORMER), None)
        if former is not None:
            found.setdefault("district", former)
        ward = self._ward(xy, [area for area in inside if area.level == NEW_WARD])
        if ward is not None:
            found["ward"] = ward.name
        elif not self._wards and "old_ward" in found:
            found["ward"] = found.pop("old_ward")
        return found

    def around(self, xy: Float64s) -> dict[str, str]:
        """`ward` and `district` of a spot, for boards that sort by them. Where wards are known by their
        middle alone, as in a drawn town, the nearest of them is it."""
        found = {part: name for part, name in self.at(xy).items() if part in ("ward", "district")}
        middles = self._middles()
        if "ward" not in found and middles:
            found["ward"] = min(middles, key=lambda area: (float(np.hypot(*(area.xy - xy))), area.name)).name
        return found

    def names(self) -> dict[str, list[str]]:
        """Every `ward` and `district` that `around` may answer, whether anybody is there or not."""
        drawn_wards = [area for area in self._drawn if area.level == kept.WARD]
        districts = [area for area in self._drawn if area.level == kept.DISTRICT]
        formers = [area for area in self._drawn if area.level == FORMER]
        # A former district is told only where no district of the map lies: `at` gives the map's own first.
        bare = [each for each in formers if not any(each.holds(area.xy, 0.0) for area in districts)]
        of_part = {"ward": self._wards or drawn_wards or self._middles(), "district": districts + bare}
        return {part: sorted({area.name for area in areas}) for part, areas in of_part.items()}

    def _middles(self) -> list[Area]:
        if self._wards or any(area.level == kept.WARD for area in self._drawn):
            return []
        return [area for area in self.all if area.level == kept.QUARTER and area.shape is None]

    def _ward(self, xy: Float64s, inside: Sequence[Area]) -> Area | None:
        """The ward of today: of those whose former wards are here, the one with the nearest centre for its
        size."""
        near: Iterable[Area] = inside or [area for area in self._wards if area.shape is None]
        ranked = sorted((float(np.hypot(*(area.xy - xy))) / area.radius_m, area.name, area) for area in near)
        if not ranked or (not inside and ranked[0][0] > ROUND):
            return None
        return ranked[0][2]


def _fits(level: int, said: str) -> bool:
    if said == "ward":
        return level in (kept.WARD, NEW_WARD, kept.QUARTER)
    return said != "district" or level in (kept.DISTRICT, FORMER)


def _of_map(tables: kept.Tables) -> list[Area]:
    of_area: dict[int, list[str]] = defaultdict(list)
    for number in np.flatnonzero(tables.key_book == kept.OF_AREAS).tolist():
        key = tables.said(int(tables.key_text[number]))
        for place in tables.key_entry[tables.key_first[number] : tables.key_first[number + 1]].tolist():
            of_area[place].append(key)
    found = []
    for number, name in enumerate(tables.area_name.tolist()):
        wkb = bytes(tables.shape[tables.shape_first[number] : tables.shape_first[number + 1]])
        shape = shapely.from_wkb(wkb) if wkb else None
        if shape is not None:
            shapely.prepare(shape)
        found.append(
            Area(
                tables.said(name), int(tables.area_level[number]), tables.area_xy[number],
                float(tables.area_radius[number]), shape, tuple(of_area[number]),
            )
        )  # fmt: skip
    return found


def _of_city(of_map: Sequence[Area], frame: Frame, names: CityNames) -> list[Area]:
    """Wards of today have the shape of those they replaced where the map has them all."""
    districts = {key: area for area in of_map if area.level == kept.DISTRICT for key in area.keys}
    found = []
    for ward in names.wards:
        shapes = [_old(of_map, districts, *pair) for pair in ward.replaced]
        shape = shapely.union_all(shapes) if shapes and all(each is not None for each in shapes) else None
        if shape is not None:
            shapely.prepare(shape)
        keys = tuple(dict.fromkeys(key for name in (ward.name, *ward.aliases) for key in keys_of(name)))
        found.append(Area(ward.name, NEW_WARD, frame.of(ward.position), ward.radius_m, shape, keys))
    today = {area.name: area for area in found}
    for former in names.former:
        parts = [districts[key] for name in former.districts for key in keys_of(name)[:1] if key in districts]
        parts += [today[name] for name in former.wards if name in today]
        if not parts:
            continue
        shape = shapely.union_all([_shape(each) for each in parts])
        shapely.prepare(shape)
        middle = shape.representative_point()
        radius = float(np.sqrt(shape.area / np.pi))
        keys = tuple(dict.fromkeys(key for name in (former.name, *former.aliases) for key in keys_of(name)))
        found.append(Area(former.name, FORMER, np.array([middle.x, middle.y]), radius, shape, keys))
    return found


def _shape(area: Area) -> Shape:
    """Its shape, or the circle that is known of it."""
    return area.shape if area.shape is not None else shapely.Point(area.xy).buffer(area.radius_m)


def _old(areas: Sequence[Area], districts: dict[str, Area], district: str, ward: str) -> Shape | None:
    """The shape of a former ward of a district, None where the map lacks it."""
    around = districts.get(keys_of(district)[0])
    wanted = keys_of(ward)[0]
    for area in areas:
        if area.level != kept.WARD or area.shape is None or wanted not in area.keys:
            continue
        if around is None or around.shape is None or around.holds(area.xy, 0.0):
            return area.shape
    return None
