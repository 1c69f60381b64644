"""A drawn shore: 0.02 degrees of it, in OpenStreetMap's own XML."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import pytest
from pmtiles.reader import MmapSource, Reader

# id: (longitude, latitude); the fourth digit after the point is about 11 m
NODES = {
    1: (106.700, 10.770), 2: (106.710, 10.770), 3: (106.720, 10.770),  # a street to the east
    4: (106.710, 10.760), 5: (106.710, 10.780),  # a lane to the north
    11: (106.701, 10.772), 12: (106.707, 10.772), 13: (106.707, 10.778), 14: (106.701, 10.778),  # a lake
    21: (106.703, 10.774), 22: (106.705, 10.774), 23: (106.705, 10.776), 24: (106.703, 10.776),  # its island
    31: (106.715, 10.775), 32: (106.712, 10.765),  # places
    51: (106.712, 10.772), 52: (106.7125, 10.772), 53: (106.7125, 10.7724), 54: (106.712, 10.7724),  # a mall
    55: (106.71210, 10.7730), 56: (106.71215, 10.7730), 57: (106.71215, 10.77305),  # a hut
    41: (106.700, 10.762), 42: (106.720, 10.762),  # a coast, the sea to the south when walked to the east
}  # fmt: skip
WAYS = {
    100: ([1, 2, 3], {"highway": "primary", "name": "Điện Biên Phủ", "oneway": "yes"}),
    101: ([4, 2, 5], {"highway": "residential", "name": "Hẻm 12"}),
    102: ([1, 99, 2, 3], {"highway": "service"}),  # 99 is not in the file
    110: ([11, 12, 13, 14, 11], {}),
    111: ([21, 22, 23, 24, 21], {}),
    112: ([51, 52, 53, 54, 51], {"building": "retail", "name": "Chợ"}),
    113: ([55, 56, 57, 55], {"building": "yes"}),
    120: ([41, 42], {"natural": "coastline"}),
    130: ([4, 5], {"highway": "proposed"}),
}
PLACES = {31: {"place": "suburb", "name": "Quận 1"}, 32: {"place": "2110a", "name": "số nhà"}}
HEAD = '<bounds minlat="10.76" minlon="106.70" maxlat="10.78" maxlon="106.72"/>'


def _tags(tags: dict[str, str]) -> str:
    return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())


def _shore() -> str:
    nodes = "".join(
        f'<node id="{number}" lon="{lon}" lat="{lat}" version="1">{_tags(PLACES.get(number, {}))}</node>'
        for number, (lon, lat) in NODES.items()
    )
    ways = "".join(
        f'<way id="{number}" version="1">{"".join(f"<nd ref={chr(34)}{ref}{chr(34)}/>" for ref in refs)}'
        f"{_tags(tags)}</way>"
        for number, (refs, tags) in WAYS.items()
    )
    lake = (
        '<relation id="200" version="1"><member type="way" ref="110" role="outer"/>'
        '<member type="way" ref="111" role="inner"/>'
        f"{_tags({'type': 'multipolygon', 'natural': 'water', 'name': 'Hồ Đá'})}</relation>"
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">{HEAD}{nodes}{ways}{lake}</osm>'


@pytest.fixture
def shore(tmp_path: Path) -> Path:
    path = tmp_path / "shore.osm"
    path.write_text(_shore(), encoding="utf-8")
    return path


@pytest.fixture
def opened() -> Callable[[Path], Reader]:
    return lambda path: Reader(MmapSource(path.open("rb")))


@pytest.fixture
def tile(opened: Callable[[Path], Reader]) -> Callable[..., dict[str, Any]]:
    """The layers of one tile as GeoJSON-like features, y downwards as the tile has it; {} for no tile."""

    def decoded(path: Path, zoom: int, x: int, y: int) -> dict[str, Any]:
        data = opened(path).get(zoom, x, y)
        if data is None:
            return {}
        return mapbox_vector_tile.decode(gzip.decompress(data), default_options={"y_coord_down": True})

    return decoded
