"""Cut a city out of a larger extract: what touches the box, with all the nodes it needs."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import osmium

from routing.errors import MapError, unreadable_vi

Progress = Callable[[str, float], None]

WANTED: Final = (
    "highway", "natural", "waterway", "landuse", "leisure", "place", "railway", "barrier", "route", "type",
    "boundary", "name", "addr:housenumber",
)  # fmt: skip
"""An object with none of these keys is on no map of ours: nameless buildings make most of a country."""


CUT_OUT: Final = ("restriction", "multipolygon", "boundary")


def clip(source: Path, out: Path, box: tuple[float, float, float, float], progress: Progress) -> None:
    """Write the part of `source` within `box` (south, west, north, east) to `out`, whole ways included.

    Raises MapError where the source cannot be read or nothing of it lies in the box.
    """
    south, west, north, east = box
    aside = out.with_name(f"new-{out.name}")
    aside.unlink(missing_ok=True)
    kept: set[int] = set()
    try:
        with osmium.BackReferenceWriter(str(aside), ref_src=str(source), overwrite=True) as writer:
            progress("cutting out streets and water", 0.1)
            streets = (
                osmium.FileProcessor(str(source), osmium.osm.NODE | osmium.osm.WAY)
                .with_locations()
                .with_filter(osmium.filter.KeyFilter(*WANTED))
            )
            for thing in streets:
                if isinstance(thing, osmium.osm.Node):
                    spot = thing.location
                    if spot.valid() and south <= spot.lat <= north and west <= spot.lon <= east:
                        writer.add(thing)
                elif isinstance(thing, osmium.osm.Way) and any(
                    node.location.valid()
                    and south <= node.location.lat <= north
                    and west <= node.location.lon <= east
                    for node in thing.nodes
                ):
                    kept.add(thing.id)
                    writer.add(thing)
            progress("cutting out turn restrictions", 0.7)
            for relation in osmium.FileProcessor(str(source), osmium.osm.RELATION).with_filter(
                osmium.filter.KeyFilter("type")
            ):
                assert isinstance(relation, osmium.osm.Relation)
                if relation.tags.get("type") in CUT_OUT and any(
                    member.type == "w" and member.ref in kept for member in relation.members
                ):
                    writer.add(relation)
        if not kept:
            raise MapError(
                f"{source.name} holds no street within {south}, {west} to {north}, {east}.",
                f"{source.name} không có đường nào trong vùng từ {south}, {west} đến {north}, {east}.",
            )
        aside.replace(out)
    except (RuntimeError, osmium.InvalidLocationError) as fault:
        raise MapError(f"{source.name} cannot be read: {fault}.", unreadable_vi(source)) from fault
    finally:
        aside.unlink(missing_ok=True)
