"""The road network of a JEMSS model: nodes, directed arcs, and a time for each way of driving."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from routing.arrays import Float64s, Int32s
from simulations.jemss.files import DAY_S, BadJemss, number, tables_of

_ALMOST_NOTHING_S = 1e-9
"""An arc of no length still joins its nodes; a stored nothing would not."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """lat, lon   : float64[nodes]
    access     : bool[nodes], whether one may leave the road there
    tail, head : int32[arcs], nodes
    metres     : float64[arcs]
    seconds    : float64[modes, arcs]
    """

    lat: Float64s
    lon: Float64s
    access: np.ndarray
    tail: Int32s
    head: Int32s
    metres: Float64s
    seconds: Float64s

    def backwards(self, mode: int) -> csr_array:
        """Seconds from each node to those that lead to it: the way to a place is searched from the place. Of
        several arcs between two nodes the quickest."""
        order = np.lexsort((self.seconds[mode], self.tail, self.head))
        tail, head = self.tail[order], self.head[order]
        first = np.ones(len(order), np.bool_)
        first[1:] = (np.diff(tail) != 0) | (np.diff(head) != 0)
        chosen = order[first]
        seconds = np.maximum(self.seconds[mode][chosen], _ALMOST_NOTHING_S)
        shape = len(self.lat), len(self.lat)
        return csr_array((seconds, (self.head[chosen], self.tail[chosen])), shape)

    def lengths(self) -> dict[tuple[int, int], float]:
        """Of the shortest arc from one node to another."""
        found: dict[tuple[int, int], float] = {}
        for tail, head, metres in zip(
            self.tail.tolist(), self.head.tolist(), self.metres.tolist(), strict=True
        ):
            found[tail, head] = min(metres, found.get((tail, head), np.inf))
        return found


def read_network(folder: Path) -> Network:
    """nodes.csv and arcs.csv of a folder, or of the zip file in it. Raises BadJemss."""
    texts = _texts(folder)
    nodes = _rows(texts["nodes.csv"], "nodes", "nodes.csv")
    arcs = _rows(texts["arcs.csv"], "arcs", "arcs.csv")
    begin = "\n".join(texts["arcs.csv"][:1000].splitlines()[:4])
    form = tables_of(begin, "arcs.csv").get("miscData", [{}])[0].get("arcForm", "directed")
    modes = [name for name in arcs[0] if name.startswith("mode_")]
    if form not in ("directed", "undirected") or not modes:
        raise BadJemss(f"arcs.csv has arcs of the form '{form}', {len(modes)} modes: that cannot be read.")
    try:
        known = {int(float(row["index"])): number for number, row in enumerate(nodes)}
        tail = np.array([known[int(float(row["fromNode"]))] for row in arcs], np.int32)
        head = np.array([known[int(float(row["toNode"]))] for row in arcs], np.int32)
        metres = np.array([float(row["distance"]) * 1000.0 for row in arcs])
        seconds = np.array([[float(row[mode]) * DAY_S for row in arcs] for mode in modes])
        lat, lon = (np.array([float(row[axis]) for row in nodes]) for axis in ("y", "x"))
        access = np.array([number(row.get("offRoadAccess") or "1") > 0 for row in nodes])
    except (KeyError, ValueError) as fault:
        raise BadJemss(f"The network of {folder} cannot be read: {fault}.") from None
    if form == "undirected":
        tail, head = np.concatenate((tail, head)), np.concatenate((head, tail))
        metres, seconds = np.tile(metres, 2), np.tile(seconds, (1, 2))
    return Network(lat, lon, access, tail, head, metres, seconds)


def _texts(folder: Path) -> dict[str, str]:
    wanted = ("nodes.csv", "arcs.csv")
    found = {name: (folder / name).read_text() for name in wanted if (folder / name).is_file()}
    for packed in sorted(folder.glob("*.zip")):
        with ZipFile(packed) as files:
            for name in set(wanted) & set(files.namelist()) - set(found):
                found[name] = files.read(name).decode()
    if missing := [name for name in wanted if name not in found]:
        raise BadJemss(f"There is no {missing[0]} in {folder}, nor in a zip file there.")
    return found


def _rows(text: str, name: str, file: str) -> list[dict[str, str]]:
    """Of the table of that name, which is the last: half a million cells are read in one go."""
    lines = io.StringIO(text)
    for line in lines:
        if line.split(",")[0].strip() == name:
            return list(_cells(lines))
    raise BadJemss(f"{file} has no table '{name}'.")


def _cells(lines: io.StringIO) -> Iterator[dict[str, str]]:
    for row in csv.DictReader(lines):
        if row.get("index"):
            yield row


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """Degrees as kilometres on a plane, as the model has it, and the nodes where one may leave the road."""

    x_scale: float
    y_scale: float
    tree: cKDTree
    nodes: Int32s

    def nearest(self, lat: Float64s, lon: Float64s) -> tuple[Int32s, Float64s]:
        """Of each point the node and the metres to it."""
        kilometres, found = self.tree.query(np.column_stack((lon * self.x_scale, lat * self.y_scale)))
        return self.nodes[found], kilometres * 1000.0


def plane_of(network: Network, x_scale: float, y_scale: float) -> Plane:
    nodes = np.flatnonzero(network.access).astype(np.int32)
    points = np.column_stack((network.lon[nodes] * x_scale, network.lat[nodes] * y_scale))
    return Plane(x_scale, y_scale, cKDTree(points), nodes)


def to_node(backwards: csr_array, node: int) -> tuple[Float64s, Int32s]:
    """From every node to this one: seconds, inf where there is no way, and the next node on the way, negative
    where there is none."""
    seconds, following = dijkstra(backwards, indices=node, return_predecessors=True)
    return seconds, following
