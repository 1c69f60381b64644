"""The base map of real cities, where their extracts are at hand."""

import gzip
import os
from pathlib import Path

import mapbox_vector_tile
import pytest
from pmtiles.reader import MmapSource, all_tiles
from shapely.geometry import shape

from api.basemap.build import build_basemap

ROOT = Path(__file__).resolve().parents[3]
EXTRACTS = Path(os.environ.get("VIGIL_SHARED_DATA", ROOT / ".." / "shared" / "data")) / "osm"


def extract(name):
    path = EXTRACTS / f"{name}.osm.pbf"
    if not path.is_file():
        pytest.skip(f"no extract {path.name} in VIGIL_SHARED_DATA")
    return path


def tiles(path):
    """Every tile of the file, decoded: {(zoom, x, y): {layer: [(properties, geometry)]}}."""
    with path.open("rb") as file:
        return {
            address: {
                name: [(item["properties"], shape(item["geometry"])) for item in layer["features"]]
                for name, layer in mapbox_vector_tile.decode(gzip.decompress(data)).items()
            }
            for address, data in all_tiles(MmapSource(file))
        }


def test_monaco_has_its_sea_its_streets_and_its_name(tmp_path):
    report = build_basemap(extract("monaco-2016"), tmp_path / "monaco.pmtiles")
    drawn = tiles(report.path)
    assert report.coast == "1 of sea, 0 unclear"
    deepest = [layers for (zoom, _, _), layers in drawn.items() if zoom == 14]
    sea = sum(
        area.area for layers in deepest for kind, area in layers.get("water", []) if kind["class"] == "sea"
    )
    # Of the extract's 6.4 by 6.5 tiles the sea fills a good third.
    assert 0.25 < sea / (6.46 * 3.78 * 4096**2) < 0.6
    names = {kind.get("name") for layers in deepest for kind, _ in layers.get("streets", [])}
    assert {"Boulevard Princesse Charlotte", "Avenue de Monte-Carlo"} <= names
    assert any(kind["name"] == "Monaco" for layers in drawn.values() for kind, _ in layers.get("places", []))


def test_every_zoom_of_monaco_is_there_and_far_tiles_are_light(tmp_path):
    report = build_basemap(extract("monaco-2016"), tmp_path / "monaco.pmtiles")
    assert {zoom for zoom, _, _ in tiles(report.path)} == set(range(8, 15))
    assert report.byte_count < 400_000


def test_a_clipped_map_is_drawn_and_says_how_much_was_broken(tmp_path):
    report = build_basemap(extract("copenhagen-clipped"), tmp_path / "copenhagen.pmtiles")
    assert report.broken > 100
    assert report.features["streets"] > 4000
    assert all(
        not geometry.is_empty
        for layers in tiles(report.path).values()
        for layer in layers.values()
        for _, geometry in layer
    )


def test_the_streets_of_saigon_keep_their_letters(tmp_path):
    report = build_basemap(extract("hcmc-district1-2026"), tmp_path / "district1.pmtiles")
    names = {
        kind.get("name") for layers in tiles(report.path).values() for kind, _ in layers.get("streets", [])
    }
    assert {"Nguyễn Thị Minh Khai", "Tôn Đức Thắng", "Lê Thánh Tôn"} <= names


@pytest.mark.slow
def test_the_whole_city_is_drawn_twice_to_the_same_bytes_in_time(tmp_path):
    source = extract("hcmc-2018")
    first = build_basemap(source, tmp_path / "first.pmtiles")
    second = build_basemap(source, tmp_path / "second.pmtiles")
    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.byte_count < 6_000_000
    assert min(first.elapsed_s, second.elapsed_s) < 60
