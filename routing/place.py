"""A map by the name of a place: fetched through osmnx, written as an OSM file, built like any other.

osmnx knows streets and nodes, not turn restrictions: a map fetched this way has none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

from routing.access import RELEVANT
from routing.errors import MapError
from routing.map_file import slug

# A networkx.MultiDiGraph as osmnx makes it, unsimplified: nodes with x and y, edges with osmid and tags.
Graph = Any
Download = Callable[[str], Graph]
_WAY_TAGS = sorted(RELEVANT | {"name", "ref"})


def fetch_place(place: str, folder: Path, download: Download | None = None) -> Path:
    """Fetch the streets of `place` into `folder` and return the OSM file.

    Raises MapError where the place is unknown, the network silent, or the answer without streets.
    """
    try:
        graph = (download or download_streets)(place)
    except Exception as error:
        # osmnx, requests and the servers behind them fail in many ways; to the asker they are one
        raise MapError(f"The streets of {place!r} could not be downloaded: {error}.") from error
    if graph.number_of_edges() == 0:
        raise MapError(f"The download for {place!r} holds no streets.")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{slug(place)}.osm"
    aside = target.with_suffix(".part")
    ElementTree(osm_document(graph)).write(aside, encoding="utf-8", xml_declaration=True)
    aside.rename(target)
    return target


def download_streets(place: str) -> Graph:
    """Ask OpenStreetMap through osmnx for every street and ferry inside the place's boundary."""
    import osmnx

    with _settings(osmnx.settings):
        return osmnx.graph_from_place(
            place, simplify=False, retain_all=True, custom_filter=['["highway"]', '["route"="ferry"]']
        )


@contextmanager
def _settings(settings: Any) -> Iterator[None]:
    """Keep every tag we read, and each way in its own direction; give the settings back afterwards."""
    wanted = {"all_oneway": True, "useful_tags_way": _WAY_TAGS, "useful_tags_node": sorted(RELEVANT)}
    before = {name: getattr(settings, name) for name in wanted}
    try:
        for name, value in wanted.items():
            setattr(settings, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(settings, name, value)


def osm_document(graph: Graph) -> Element:
    """The graph as an OSM document. Each way becomes one or more chains of nodes in its own direction."""
    document = Element("osm", version="0.6", generator="vigil")
    for node, data in graph.nodes(data=True):
        element = SubElement(
            document, "node", id=str(node), lat=str(data["y"]), lon=str(data["x"]), version="1"
        )
        _add_tags(element, data, RELEVANT)
    arcs: dict[int, list[tuple[int, int]]] = {}
    tags: dict[int, dict[str, Any]] = {}
    for tail, head, data in graph.edges(data=True):
        if data.get("reversed"):
            continue  # the same street once more, for graphs that were not loaded one-way
        arcs.setdefault(int(data["osmid"]), []).append((tail, head))
        tags.setdefault(int(data["osmid"]), data)
    spare = max(arcs) + 1
    for way, pairs in arcs.items():
        for number, chain in enumerate(_chains(pairs)):
            identity, spare = (way, spare) if number == 0 else (spare, spare + 1)
            element = SubElement(document, "way", id=str(identity), version="1")
            for node in chain:
                SubElement(element, "nd", ref=str(node))
            _add_tags(element, tags[way], _WAY_TAGS)
    return document


def _chains(pairs: list[tuple[int, int]]) -> Iterator[list[int]]:
    """Join arcs end to end, beginning where none leads in; a ring begins anywhere."""
    onward: dict[int, list[int]] = {}
    for tail, head in pairs:
        onward.setdefault(tail, []).append(head)
    heads = {head for _, head in pairs}
    for begin in sorted(onward, key=lambda node: node in heads):
        while onward.get(begin):
            chain = [begin]
            while onward.get(chain[-1]):
                chain.append(onward[chain[-1]].pop(0))
            yield chain


def _add_tags(element: Element, data: dict[str, Any], keys: Any) -> None:
    for key in sorted(keys):
        value = data.get(key)
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, str):
            SubElement(element, "tag", k=key, v=value)
