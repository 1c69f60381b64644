"""The letter town with three hospitals drawn into its map, as OpenStreetMap has them."""

import re
from pathlib import Path

from tests.small_city import write_small_city

NODES = (  # thousandths of a degree south and east of the first corner
    (9001, 0.9, 1.0, "Bệnh viện Đa khoa Chữ Cái", "Letter General Hospital"),
    (9002, 3.6, 4.5, "Bệnh viện Nhi Hoa Mai", None),
    (9003, 2.0, 3.0, "", None),
)


def write_town_with_hospitals(folder: Path) -> Path:
    """An .osm file; the third hospital has no name and is found by nobody."""
    source, _ = write_small_city(folder)
    text = source.read_text(encoding="utf-8")
    lat, lon = _spot(text)
    drawn = "".join(
        f'<node id="{number}" version="1" lat="{lat - down * 1e-3:.7f}" lon="{lon + right * 1e-3:.7f}">'
        f'<tag k="amenity" v="hospital"/>'
        + (f'<tag k="name" v="{name}"/>' if name else "")
        + (f'<tag k="name:en" v="{english}"/>' if english else "")
        + "</node>"
        for number, down, right, name, english in NODES
    )
    first_way = text.index("<way")
    source.write_text(text[:first_way] + drawn + text[first_way:], encoding="utf-8")
    return source


def _spot(text: str) -> tuple[float, float]:
    """The first street corner in the file."""
    corner = re.search(r'<node [^>]*lat="([0-9.]+)"[^>]*lon="([0-9.]+)"', text)
    assert corner is not None
    return float(corner[1]), float(corner[2])
