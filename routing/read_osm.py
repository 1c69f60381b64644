"""Read an OpenStreetMap file: streets, their nodes, barriers and turn restrictions.

Ways come first, with the places of their nodes; then barriers; then restrictions. Files hold nodes before
ways by custom only, so nodes that were not known when their way came are looked for once more. What the
file promises and does not hold is dropped and counted.
"""

from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import osmium
from numpy.typing import NDArray

from routing.access import RELEVANT, street_class
from routing.barriers import stopped_profiles
from routing.errors import MapError, unreadable_vi
from routing.restrictions import Restriction, read_restrictions

SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", ".osm.xml", ".xml")
Progress = Callable[[str, float], None]
Tags = tuple[tuple[str, str], ...]
Int64s = NDArray[np.int64]
Float64s = NDArray[np.float64]
NOT_KNOWN = float("nan")
_FACING = {"forward": 1, "backward": 2}


@dataclass(slots=True)
class RawStreets:
    """Streets as the file has them. A way with a node missing in its middle is several ways here.

    way_id      : int64[ways]
    way_tags    : int64[ways]   index into tag_sets: ways with the same tags share a set
    way_name    : int64[ways]   index into names; 0 is the empty name
    ref_first   : int64[ways+1] the nodes of way w are refs[ref_first[w] : ref_first[w + 1]]
    refs        : int64[refs]   index into the node arrays
    node_id     : int64[nodes], node_lat, node_lon : float64[nodes] degrees
    node_stops  : uint8[nodes]  mask of the profiles that a barrier stops here
    node_signal : uint8[nodes]  1 where a signal stands for those who drive its way forwards, 2 for those who
                                drive it backwards, 3 for everybody
    """

    way_id: Int64s
    way_tags: Int64s
    way_name: Int64s
    ref_first: Int64s
    refs: Int64s
    node_id: Int64s
    node_lat: Float64s
    node_lon: Float64s
    node_stops: NDArray[np.uint8]
    node_signal: NDArray[np.uint8]
    tag_sets: list[dict[str, str]]
    names: list[str]
    restrictions: list[Restriction]
    read: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)


def check_is_readable(source: Path) -> None:
    """Raise MapError where there is no file, nothing in it, or its name is not that of an OSM file."""
    if not source.is_file():
        raise MapError(f"There is no map file {source}.", f"Không có tệp bản đồ {source}.")
    if not source.name.lower().endswith(SUFFIXES):
        raise MapError(
            f"{source.name} is not an OpenStreetMap file: it must end in {', '.join(SUFFIXES)}.",
            f"{source.name} không phải tệp OpenStreetMap: tên tệp phải kết thúc bằng {', '.join(SUFFIXES)}.",
        )
    if source.stat().st_size == 0:
        raise MapError(f"{source.name} is empty.", f"Tệp {source.name} trống.")


def read_osm(source: Path, progress: Progress) -> RawStreets:
    """Read every street of `source`. Raises MapError where it is damaged or holds no streets."""
    check_is_readable(source)
    try:
        return _read(source, progress)
    except (RuntimeError, ValueError, OSError, osmium.InvalidLocationError) as error:
        raise MapError(
            f"{source.name} cannot be read as OpenStreetMap data: {error}.", unreadable_vi(source)
        ) from error


def _read(source: Path, progress: Progress) -> RawStreets:
    read: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    progress("reading streets", 0.0)
    ways = _Ways()
    ways.read(source, read, dropped)
    if not ways.way_id:
        raise MapError(f"{source.name} holds no streets.", f"Trong {source.name} không có đường sá nào.")
    refs = np.array(ways.refs, np.int64)
    progress("reading nodes", 0.4)
    ids, lat, lon = _place_nodes(source, refs, np.array(ways.lat), np.array(ways.lon))
    read["nodes"] = len(ids)
    without_nodes = MapError(
        f"{source.name} holds streets, but not the nodes they run through.",
        f"{source.name} có đường nhưng thiếu các điểm mà đường đi qua.",
    )
    if not len(ids):
        raise without_nodes
    stops, signal = _read_signs(source, ids, read)
    kept_refs, first, way = _drop_missing_nodes(refs, np.array(ways.first, np.int64), ids, dropped)
    if not len(way):
        raise without_nodes
    progress("reading turn restrictions", 0.6)
    restrictions = _read_restrictions(source, set(ways.way_id), read, dropped)
    progress("reading turn restrictions", 0.7)
    return RawStreets(
        np.array(ways.way_id, np.int64)[way], np.array(ways.tags, np.int64)[way],
        np.array(ways.names, np.int64)[way], first, kept_refs, ids, lat, lon, stops, signal,
        [dict(tags) for tags in ways.tag_sets], list(ways.name_index), restrictions, read, dropped,
    )  # fmt: skip


class _Ways:
    """Gathers the streets of a file in flat arrays."""

    def __init__(self) -> None:
        self.way_id, self.tags, self.names = array("q"), array("q"), array("q")
        self.refs, self.first = array("q"), array("q", [0])
        self.lat, self.lon = array("d"), array("d")  # of each reference, nan where it is not known yet
        self.tag_sets: dict[Tags, int] = {}
        self.name_index: dict[str, int] = {"": 0}

    def read(self, source: Path, read: Counter[str], dropped: Counter[str]) -> None:
        seen: set[int] = set()
        everything = osmium.FileProcessor(str(source), osmium.osm.NODE | osmium.osm.WAY).with_locations()
        only_ways = everything.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
        for way in only_ways.with_filter(osmium.filter.KeyFilter("highway", "route")):
            assert isinstance(way, osmium.osm.Way)
            tags = {tag.k: tag.v for tag in way.tags if tag.k in RELEVANT}
            street = street_class(tags)
            if street is None:
                read["ways_that_are_no_street"] += 1
                continue
            nodes = [(node.ref, node.location) for node in way.nodes]
            if way.id in seen:
                dropped["way_given_twice"] += 1
                continue
            if len(nodes) < 2:
                dropped["way_with_less_than_two_nodes"] += 1
                continue
            seen.add(way.id)
            read["ferries" if street == "ferry" else "ways"] += 1
            name = way.tags.get("name") or way.tags.get("ref") or ""
            self.way_id.append(way.id)
            self.tags.append(self.tag_sets.setdefault(tuple(sorted(tags.items())), len(self.tag_sets)))
            self.names.append(self.name_index.setdefault(name, len(self.name_index)))
            for reference, location in nodes:
                self.refs.append(reference)
                known = location.valid()
                self.lat.append(location.lat if known else NOT_KNOWN)
                self.lon.append(location.lon if known else NOT_KNOWN)
            self.first.append(len(self.refs))


def _place_nodes(
    source: Path, refs: Int64s, lat: Float64s, lon: Float64s
) -> tuple[Int64s, Float64s, Float64s]:
    """Every node of the streets that the file holds, sorted by id, with its place."""
    ids, at = np.unique(refs, return_index=True)
    lat, lon = lat[at], lon[at]
    missing = {int(node): i for i, node in enumerate(ids) if np.isnan(lat[i])}
    if missing:
        nodes = osmium.FileProcessor(str(source), osmium.osm.NODE)
        if min(missing) >= 0:  # the filter knows no negative ids, which editors give to new nodes
            nodes = nodes.with_filter(osmium.filter.IdFilter(list(missing)))
        for node in nodes:
            assert isinstance(node, osmium.osm.Node)
            if node.id in missing and node.location.valid():
                lat[missing[node.id]], lon[missing[node.id]] = node.lat, node.lon
    known = ~np.isnan(lat)
    return ids[known], lat[known], lon[known]


def _read_signs(source: Path, ids: Int64s, read: Counter[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The mask of profiles that a barrier stops, and whom a signal faces, for each of the nodes."""
    stops, signal = np.zeros(len(ids), np.uint8), np.zeros(len(ids), np.uint8)
    nodes = osmium.FileProcessor(str(source), osmium.osm.NODE)
    for node in nodes.with_filter(osmium.filter.KeyFilter("barrier", "highway")):
        i = int(np.searchsorted(ids, node.id))
        if i < len(ids) and ids[i] == node.id:
            tags = {tag.k: tag.v for tag in node.tags}
            if "barrier" in tags:
                read["barriers"] += 1
                stops[i] = stopped_profiles(tags)
            if tags.get("highway") == "traffic_signals":
                read["signals"] += 1
                signal[i] = _FACING.get(tags.get("traffic_signals:direction", ""), 3)
    return stops, signal


def _drop_missing_nodes(
    refs: Int64s, first: Int64s, ids: Int64s, dropped: Counter[str]
) -> tuple[Int64s, Int64s, Int64s]:
    """Cut streets where a node is missing: what lies between is unknown and is not bridged.

    Returns the references that are left as node indices, where each piece of street starts in them, and
    the way each piece belongs to. Pieces of a single node are left out.
    """
    place = np.searchsorted(ids, refs)
    there = np.zeros(len(refs), bool)
    inside = place < len(ids)
    there[inside] = ids[place[inside]] == refs[inside]
    way = np.repeat(np.arange(len(first) - 1), np.diff(first))
    begins = there.copy()
    begins[1:] &= ~there[:-1] | (way[1:] != way[:-1])
    piece = np.cumsum(begins) - 1
    length = np.bincount(piece[there], minlength=int(begins.sum()))
    use = there & (length >= 2)[piece]
    dropped["reference_to_missing_node"] += int((~there).sum())
    dropped["way_without_two_nodes_in_a_row"] += len(first) - 1 - len(np.unique(way[use]))
    starts = np.concatenate(([0], np.cumsum(length[length >= 2]))).astype(np.int64)
    return place[use], starts, way[begins][length >= 2]


def _read_restrictions(
    source: Path, ways: set[int], read: Counter[str], dropped: Counter[str]
) -> list[Restriction]:
    kept: list[Restriction] = []
    relations = osmium.FileProcessor(str(source), osmium.osm.RELATION)
    for relation in relations.with_filter(osmium.filter.TagFilter(("type", "restriction"))):
        assert isinstance(relation, osmium.osm.Relation)
        read["restriction_relations"] += 1
        tags = {tag.k: tag.v for tag in relation.tags}
        members = [(member.type, member.role, member.ref) for member in relation.members]
        found, reason = read_restrictions(relation.id, tags, members)
        if reason is not None:
            dropped[reason] += 1
        elif not ways.issuperset(reference for kind, _, reference in members if kind == "w"):
            dropped["restriction_on_missing_way"] += 1
        else:
            kept.extend(found)
    read["restrictions_kept"] = len(kept)
    return kept
