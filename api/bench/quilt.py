"""A larger map made of a real one: its tiles, mirrored like folded paper and joined at the folds.

Real extracts of 500,000 junctions are not at hand everywhere. Laid side by side, mirrored, the streets of one
city keep their structure, and every street that leaves a tile goes on as its own image in the next. The
result is an ordinary OpenStreetMap file, so that everything, turn restrictions too, is read as always.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import numpy as np
import osmium
import osmium.osm.mutable as new

from routing.errors import MapError

Box = tuple[float, float, float, float]  # south, west, north, east
Tile = tuple[int, int]  # row to the north, column to the east
EDGE_SHARE = 0.005  # of the nodes, beyond each side of the box: stray ends of ways that left the extract


@dataclass(frozen=True, slots=True)
class Way:
    """Ids of nodes, of which those below zero are crossings of the border: -1 is the first of them."""

    id: int
    tags: dict[str, str]
    nodes: list[int]


@dataclass(slots=True)
class Patch:
    """The streets of a file within a box, cut at its border.

    crossing : for each, its place and the side of the box that it lies on: one step north or east, or back
    """

    box: Box
    place: dict[int, tuple[float, float]] = field(default_factory=dict)
    tags: dict[int, dict[str, str]] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)
    crossing: list[tuple[float, float, Tile]] = field(default_factory=list)
    restrictions: list[tuple[dict[str, str], list[tuple[str, int, str]]]] = field(default_factory=list)


def box_of(source: Path, share: float = 1.0) -> Box:
    """The box around the streets of a file; with `share`, around that part of its area, about the middle."""
    lat, lon = np.array([spot for _, spots in _streets(source) for _, spot in spots]).T
    south, north = np.quantile(lat, (EDGE_SHARE, 1 - EDGE_SHARE)).tolist()
    west, east = np.quantile(lon, (EDGE_SHARE, 1 - EDGE_SHARE)).tolist()
    if share == 1.0:
        return south, west, north, east
    middle, half = (float(np.median(lat)), float(np.median(lon))), share**0.5 / 2
    up, right = (north - south) * half, (east - west) * half
    return middle[0] - up, middle[1] - right, middle[0] + up, middle[1] + right


def quilt(source: Path, out: Path, tiles: int, box: Box | None = None) -> None:
    """Write `tiles` x `tiles` of the streets of `source` within `box` to `out`; with one tile, a clip.

    Raises MapError where no street lies in the box, or the quilt would not lie on this earth.
    """
    patch = _cut(source, box or box_of(source))
    south, west, north, east = patch.box
    if not patch.ways:
        raise MapError(f"{source.name} holds no street within {patch.box}.")
    if south + tiles * (north - south) > 85 or west + tiles * (east - west) > 180:
        raise MapError(f"{tiles} x {tiles} tiles of {source.name} do not lie on this earth: take fewer.")
    out.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(out)) as writer:
        _write(patch, tiles, writer)


def _streets(source: Path) -> Iterator[tuple[Way, list[tuple[int, tuple[float, float]]]]]:
    """Every street of a file, and its nodes with their places."""
    everything = osmium.FileProcessor(str(source), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    only_ways = everything.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
    for way in only_ways.with_filter(osmium.filter.KeyFilter("highway")):
        assert isinstance(way, osmium.osm.Way)
        spots = [(node.ref, (node.lat, node.lon)) for node in way.nodes if node.location.valid()]
        if len(spots) > 1:
            yield Way(way.id, dict(way.tags), []), spots


def _cut(source: Path, box: Box) -> Patch:
    patch = Patch(box)
    whole: set[int] = set()
    largest = 0
    pieces: list[Way] = []
    for way, spots in _streets(source):
        largest = max(largest, way.id)
        runs = _runs(patch, spots)
        for piece, nodes in enumerate(runs):
            # a way in several pieces keeps its id for the first; restrictions that name it are left out
            (patch.ways if piece == 0 else pieces).append(Way(way.id, way.tags, nodes))
        if len(runs) == 1:
            whole.add(way.id)
    patch.ways += [Way(largest + i, piece.tags, piece.nodes) for i, piece in enumerate(pieces, 1)]
    _read_tags(source, patch, whole)
    return patch


def _runs(patch: Patch, spots: list[tuple[int, tuple[float, float]]]) -> list[list[int]]:
    """The pieces of a way that lie within the box, with a crossing wherever it goes out or comes in."""
    runs: list[list[int]] = []
    before: tuple[int, tuple[float, float]] | None = None
    for ref, spot in spots:
        inside = _within(spot, patch.box)
        if inside:
            if before is None or not _within(before[1], patch.box):
                runs.append([] if before is None else [_crossing(patch, spot, before[1])])
            runs[-1].append(ref)
            patch.place[ref] = spot
        elif before is not None and _within(before[1], patch.box):
            runs[-1].append(_crossing(patch, before[1], spot))
        before = ref, spot
    return [run for run in runs if len(run) > 1]


def _within(spot: tuple[float, float], box: Box) -> bool:
    return box[0] < spot[0] < box[2] and box[1] < spot[1] < box[3]


def _crossing(patch: Patch, inside: tuple[float, float], outside: tuple[float, float]) -> int:
    """A new node where the line between the two leaves the box."""
    sides = ((0, patch.box[0], (-1, 0)), (1, patch.box[1], (0, -1)),
             (0, patch.box[2], (1, 0)), (1, patch.box[3], (0, 1)))  # fmt: skip
    shares = []
    for axis, limit, side in sides:
        beyond = outside[axis] <= limit if sum(side) < 0 else outside[axis] >= limit
        if beyond:
            shares.append(((limit - inside[axis]) / (outside[axis] - inside[axis]), side))
    share, side = min(shares)
    lat, lon = (inside[axis] + share * (outside[axis] - inside[axis]) for axis in (0, 1))
    patch.crossing.append((lat, lon, side))
    return -len(patch.crossing)


def _read_tags(source: Path, patch: Patch, whole: set[int]) -> None:
    """What nodes say of themselves, and the restrictions whose ways are all there and in one piece."""
    for thing in osmium.FileProcessor(str(source), osmium.osm.NODE | osmium.osm.RELATION):
        if isinstance(thing, osmium.osm.Node):
            if thing.id in patch.place and len(thing.tags):
                patch.tags[thing.id] = dict(thing.tags)
        elif isinstance(thing, osmium.osm.Relation) and str(thing.tags.get("type")).startswith("restriction"):
            members = [(member.type, member.ref, member.role) for member in thing.members]
            if all(ref in (whole if kind == "w" else patch.place) for kind, ref, _ in members):
                patch.restrictions.append((dict(thing.tags), members))


def _write(patch: Patch, tiles: int, writer: osmium.SimpleWriter) -> None:
    nodes, ways = max(patch.place) + 1, max(way.id for way in patch.ways) + 1
    squares = list(enumerate((row, column) for row in range(tiles) for column in range(tiles)))
    for number, tile in squares:
        for ref, spot in patch.place.items():
            place = _laid(spot, patch.box, tile)
            writer.add_node(new.Node(id=ref + number * nodes, location=place, tags=patch.tags.get(ref, {})))
    seams: dict[tuple[int, Tile, Tile], int] = {}
    fresh = count(len(squares) * nodes)
    for _, tile in squares:
        for i, (lat, lon, side) in enumerate(patch.crossing):
            key = _seam(i, tile, side)
            if key not in seams:
                seams[key] = next(fresh)
                writer.add_node(new.Node(id=seams[key], location=_laid((lat, lon), patch.box, tile)))
    for number, tile in squares:
        for way in patch.ways:
            refs = [ref + number * nodes if ref >= 0
                    else seams[_seam(-ref - 1, tile, patch.crossing[-ref - 1][2])]
                    for ref in way.nodes]  # fmt: skip
            writer.add_way(new.Way(id=way.id + number * ways, nodes=refs, tags=way.tags))
    relation = count(1)
    for number, _ in squares:
        for tags, members in patch.restrictions:
            moved = [
                (kind, ref + number * (ways if kind == "w" else nodes), role) for kind, ref, role in members
            ]
            writer.add_relation(new.Relation(id=next(relation), members=moved, tags=tags))


def _laid(spot: tuple[float, float], box: Box, tile: Tile) -> tuple[float, float]:
    """Longitude and latitude of a place in a tile: every second tile is mirrored, each way for itself."""
    laid = []
    for axis in (0, 1):
        low, high = box[axis], box[axis + 2]
        own = high - spot[axis] if tile[axis] % 2 else spot[axis] - low
        laid.append(low + tile[axis] * (high - low) + own)
    return laid[1], laid[0]


def _seam(crossing: int, tile: Tile, side: Tile) -> tuple[int, Tile, Tile]:
    """The same for the two tiles that share a crossing: in a mirrored tile, sides are exchanged."""
    other = tuple(at + (-step if at % 2 else step) for at, step in zip(tile, side, strict=True))
    first, last = sorted((tile, (other[0], other[1])))
    return crossing, first, last
