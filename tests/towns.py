"""Towns drawn in letters, so that answers can be checked by eye: 100 m and 10 s a step.

    town('''
    a-b>c
    |   ^
    d...e
    ''')

Letters are street corners, 100 m from one to the next. `-` and `|` are streets, `>` `<` `^` `v` one-way
streets, `.` and `:` (upright) footpaths. `d...e` runs 200 m. Streets are signed 45 km/h, which a unit
without blue light drives at 36 km/h: 10 s for 100 m. Each line between two letters is a way of its own.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from xml.sax.saxutils import quoteattr

from domain.values import Position
from routing import map_file
from routing.road_map import RoadMap
from routing.times import RoadTimes

STEP_M = 100.0
SOUTH, WEST = 10.75, 106.65  # in Ho Chi Minh City
METRES_NORTH, METRES_EAST = 110_616.8, 109_377.9  # one degree there
STREET = {"highway": "residential", "maxspeed": "45"}
FOOTPATH = {"highway": "footway"}
LINES = {"-": "across", ">": "across", "<": "across", ".": "across",
         "|": "down", "^": "down", "v": "down", ":": "down"}  # fmt: skip


@dataclass
class Way:
    corners: str
    tags: dict[str, str]


@dataclass
class Town:
    """`corners` maps a letter to steps east and south. A restriction leads from a way through a corner
    ("b"), or through ways ("bc" or "bc,cd"), to a way, and has tags."""

    corners: dict[str, tuple[int, int]]
    ways: list[Way]
    signs: dict[str, dict[str, str]] = field(default_factory=dict)
    restrictions: list[tuple[str, str, str, dict[str, str]]] = field(default_factory=list)

    def at(self, corner: str, east_m: float = 0, north_m: float = 0) -> Position:
        """Where a corner is, or a place some metres from it."""
        column, row = self.corners[corner]
        lat = SOUTH + (north_m - row * STEP_M) / METRES_NORTH
        return Position(round(lat, 7), round(WEST + (east_m + column * STEP_M) / METRES_EAST, 7))

    def between(self, one: str, other: str, share: float = 0.5) -> Position:
        a, b = self.at(one), self.at(other)
        return Position(a.lat + share * (b.lat - a.lat), a.lon + share * (b.lon - a.lon))

    def xml(self) -> str:
        number = {corner: i for i, corner in enumerate(self.corners, start=1)}
        lines = ['<?xml version="1.0" encoding="utf-8"?>', '<osm version="0.6">']
        for corner, identity in number.items():
            where = self.at(corner)
            tags = _tags(self.signs.get(corner, {}))
            lines.append(f'<node id="{identity}" lat="{where.lat}" lon="{where.lon}">{tags}</node>')
        for i, way in enumerate(self.ways, start=1):
            nodes = "".join(f'<nd ref="{number[corner]}"/>' for corner in way.corners)
            lines.append(f'<way id="{i}">{nodes}{_tags(way.tags)}</way>')
        for i, (begin, via, end, tags) in enumerate(self.restrictions, start=1):
            through = (
                [("node", "via", number[via])]
                if len(via) == 1
                else [("way", "via", self.way_id(way)) for way in via.split(",")]
            )
            members = [("way", "from", self.way_id(begin)), *through, ("way", "to", self.way_id(end))]
            refs = "".join(f'<member type="{t}" ref="{ref}" role="{role}"/>' for t, role, ref in members)
            lines.append(f'<relation id="{i}">{refs}{_tags({"type": "restriction", **tags})}</relation>')
        return "\n".join([*lines, "</osm>"])

    def way_id(self, corners: str) -> int:
        return next(i for i, way in enumerate(self.ways, start=1) if set(way.corners) == set(corners))

    def write(self, folder: Path, name: str = "town.osm") -> Path:
        path = folder / name
        path.write_text(self.xml(), encoding="utf-8")
        return path

    def road_map(self, folder: Path, practice: str | None = None) -> RoadMap:
        return map_file.load(map_file.build(self.write(folder), folder / "maps", practice=practice))

    def times(self, folder: Path, practice: str | None = None) -> RoadTimes:
        return RoadTimes(self.road_map(folder, practice))


def town(
    drawing: str,
    streets: dict[str, dict[str, str]] | None = None,
    signs: dict[str, dict[str, str]] | None = None,
    joined: tuple[str, ...] = (),
) -> Town:
    """Read a drawing.

    streets : tags for the street between two letters ("ab"), laid over what its line says
    signs   : tags for a corner
    joined  : corners in a row ("abc") whose streets are one way, with the tags of the first
    """
    rows = dedent(drawing).strip("\n").splitlines()
    corners = {
        letter: (column // 2, row // 2)
        for row, line in enumerate(rows)
        for column, letter in enumerate(line)
        if letter.isalpha() and letter != "v"
    }
    at = {place: letter for letter, place in corners.items()}
    ways: list[Way] = []
    for letter, (column, row) in corners.items():
        for line, (dx, dy) in (("across", (1, 0)), ("down", (0, 1))):
            if way := _way_from(rows, at, letter, column, row, line, dx, dy):
                ways.append(way)
    for way in ways:
        for pair, tags in (streets or {}).items():
            if set(pair) == set(way.corners):
                way.tags.update(tags)
    for run in joined:
        pieces = [next(w for w in ways if set(w.corners) == set(pair)) for pair in pairwise(run)]
        ways = [way for way in ways if way not in pieces] + [Way(run, pieces[0].tags)]
    return Town(corners, ways, signs or {})


def _way_from(
    rows: list[str],
    at: dict[tuple[int, int], str],
    letter: str,
    column: int,
    row: int,
    line: str,
    dx: int,
    dy: int,
) -> Way | None:
    """The street that leaves a corner to the east or to the south, up to the next corner."""
    x, y = 2 * column + dx, 2 * row + dy
    mark = ""
    while 0 <= y < len(rows) and x < len(rows[y]) and LINES.get(rows[y][x]) == line:
        mark = rows[y][x] if rows[y][x] in "<>^v.:" else mark or rows[y][x]
        x, y = x + dx, y + dy
    if not mark or x % 2 or y % 2 or (x // 2, y // 2) not in at:
        return None
    other = at[(x // 2, y // 2)]
    tags = dict(FOOTPATH if mark in ".:" else STREET)
    if mark in "<>^v":
        tags["oneway"] = "yes" if mark in ">v" else "-1"
    return Way(letter + other, tags)


def _tags(tags: dict[str, str]) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())
