"""The streets of a map as the ground of a picture, with the names of the larger ones."""

from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.pictures.sheet import Line, Sheet, width_of
from api.pictures.view import View
from routing.arrays import Float64s
from routing.road_map import RoadMap
from routing.speeds import CLASSES

PAPER: Final = "#f2efe8"

# From the least to the greatest, drawn in this order: classes, width in pixels, colour, casing, and from how
# many metres a pixel on it is left out.
LOOKS: Final = (
    (("footway", "path", "cycleway", "track", "pedestrian"), 0.7, "#e3ddd0", None, 6.0),
    (("alley", "service"), 0.9, "#fffefb", "#ddd6c8", 9.0),
    (("residential", "living_street", "unclassified", "road", "busway"), 1.7, "#ffffff", "#d3cbbb", 26.0),
    (("ferry",), 1.4, "#7fb2d6", None, 60.0),
    (("tertiary", "tertiary_link"), 2.7, "#ffffff", "#c6bda9", 60.0),
    (("secondary", "secondary_link"), 3.3, "#fdf3c8", "#cdb97e", 1e9),
    (("primary", "primary_link"), 3.9, "#fbe3a2", "#c8a75a", 1e9),
    (("motorway", "motorway_link", "trunk", "trunk_link"), 4.4, "#f6cb8c", "#bd8a45", 1e9),
)  # fmt: skip
NAMED: Final = ("motorway", "trunk", "primary", "secondary", "tertiary", "residential")
MOST_NAMES: Final = 45
NAME_SIZE: Final = 11.0
WORD_GAP: Final = 2.0
CLEAR: Final = NAME_SIZE / 2 + 5
"""Pixels from the middle of a name to the middle of the way shown, at the least."""


def draw_streets(sheet: Sheet, view: View, road_map: RoadMap) -> None:
    """Everything that can be driven in the view; the finer streets only where there is room for them."""
    sheet.box(view.left, view.top, view.width, view.height, PAPER)
    seen, line_of = _edges_in(view, road_map), _Lines(view, road_map)
    kind = road_map.streets.way_class[road_map.streets.edge_way]
    narrow = min(1.0, (6.0 / view.metres) ** 0.35)
    for classes, width, colour, casing, left_out_from in LOOKS:
        if view.metres >= left_out_from:
            continue
        wanted = np.isin(kind, [CLASSES.index(name) for name in classes]) & seen
        lines = [line_of(int(edge)) for edge in np.flatnonzero(wanted)]
        drawn = max(0.5, width * (1.5 if view.metres < 3 else narrow))
        if casing and view.metres < 30:
            sheet.lines(lines, casing, drawn + 1.2)
        sheet.lines(lines, colour, drawn, **({"stroke_dasharray": "5 4"} if classes == ("ferry",) else {}))


def draw_names(
    sheet: Sheet, view: View, road_map: RoadMap, keep_clear: list[tuple[float, float]], way: Line = ()
) -> None:
    """The names of streets along them, the greater streets first, none upon another, upon `keep_clear` or
    upon the way that is shown (pixels): a street of the way is named beside it, or not at all."""
    covered = _dense(way)
    streets = road_map.streets
    kind = streets.way_class[streets.edge_way]
    taken = [(x, y, 26.0) for x, y in keep_clear]
    done: set[str] = set()
    seen, line_of = _edges_in(view, road_map), _Lines(view, road_map)
    for name_of_class in NAMED:
        edges = np.flatnonzero(seen & (kind == CLASSES.index(name_of_class)) & (streets.edge_m > 0))
        for edge in edges[np.argsort(-streets.edge_m[edges], kind="stable")]:
            name = road_map.names[int(streets.way_name[streets.edge_way[edge]])]
            if not name or name in done or len(done) >= MOST_NAMES:
                continue
            place = _room_for(name, line_of(int(edge)), view, taken, covered)
            if place is not None:
                done.add(name)
                _write(sheet, name, *place)


def _room_for(
    name: str, line: Line, view: View, taken: list[tuple[float, float, float]], covered: Float64s
) -> tuple[float, float, float] | None:
    """Where the name fits along the straightest stretch, x, y and degrees; the room is taken then."""
    wide = width_of(name, NAME_SIZE) + WORD_GAP * name.count(" ")
    x0, y0, x1, y1 = *line[0], *line[-1]
    chord = hypot(x1 - x0, y1 - y0)
    walked = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line))
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    edge = wide / 2 + 6
    on_sheet = view.left + edge < x < view.left + view.width - edge
    on_sheet &= view.top + edge < y < view.top + view.height - edge
    if not on_sheet or chord < 0.8 * wide or chord < 0.97 * walked:
        return None
    angle = degrees(atan2(y1 - y0, x1 - x0))
    angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
    if any(hypot(x - tx, y - ty) < wide / 2 + room for tx, ty, room in taken):
        return None
    if _upon(covered, x, y, wide, angle):
        return None
    taken.append((x, y, wide / 2))
    return x, y, angle


def _dense(way: Line) -> Float64s:
    """Places along the way, none further than half a letter from the next; shape (n, 2)."""
    found = [np.empty((0, 2))]
    for begin, end in pairwise(way):
        steps = max(2, int(hypot(end[0] - begin[0], end[1] - begin[1]) / (NAME_SIZE / 2)) + 2)
        found.append(np.linspace(begin, end, steps))
    return np.concatenate(found)


def _upon(covered: Float64s, x: float, y: float, wide: float, angle: float) -> bool:
    """Whether the name would lie upon the way."""
    turn = radians(angle)
    right, down = covered[:, 0] - x, covered[:, 1] - y
    along = right * cos(turn) + down * sin(turn)
    across = down * cos(turn) - right * sin(turn)
    return bool(np.any((np.abs(along) < wide / 2 + CLEAR) & (np.abs(across) < CLEAR)))


def _write(sheet: Sheet, name: str, x: float, y: float, angle: float) -> None:
    turned = {"transform": f"rotate({angle:.1f} {x:.1f} {y:.1f})", "text_anchor": "middle", "dy": "0.34em"}
    # the halo of letters beside it would close the gap between two words
    turned["word_spacing"] = f"{WORD_GAP}"
    sheet.text(x, y, name, NAME_SIZE, stroke="#ffffff", stroke_width=2.4, stroke_opacity=0.85,
               stroke_linejoin="round", **turned)  # fmt: skip
    sheet.text(x, y, name, NAME_SIZE, fill="#4a4434", **turned)


def _edges_in(view: View, road_map: RoadMap) -> NDArray[np.bool_]:
    south, west, north, east = view.bounds()
    lat, lon = road_map.streets.shape_lat, road_map.streets.shape_lon
    first = road_map.streets.shape_first[:-1]
    seen: NDArray[np.bool_] = np.minimum.reduceat(lat, first) <= north
    seen &= np.maximum.reduceat(lat, first) >= south
    seen &= np.minimum.reduceat(lon, first) <= east
    seen &= np.maximum.reduceat(lon, first) >= west
    return seen


class _Lines:
    """The shape of any edge in pixels; the whole map is placed at once."""

    def __init__(self, view: View, road_map: RoadMap) -> None:
        self._x, self._y = view.xy(road_map.streets.shape_lat, road_map.streets.shape_lon)
        self._first = road_map.streets.shape_first

    def __call__(self, edge: int) -> Line:
        points = slice(int(self._first[edge]), int(self._first[edge + 1]))
        return list(zip(self._x[points].tolist(), self._y[points].tolist(), strict=True))
