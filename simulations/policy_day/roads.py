"""The roads that a day is played on."""

from pathlib import Path

from routing import map_file
from routing.times import RoadTimes


def roads_of(source: Path) -> RoadTimes:
    """Of a built map; an OSM file is built beside it first. Raises MapError."""
    folder = source if source.is_dir() else map_file.build(source, source.parent)
    return RoadTimes(map_file.load(folder))
