from math import asinh, pi, radians, tan

import pytest
import shapely
from shapely.geometry import shape

from api.basemap import archive, build
from api.basemap.archive import is_current
from api.basemap.build import build_basemap
from api.basemap.features import MapUnreadable


def address(zoom, lon, lat):
    x = (lon + 180) / 360 * 2**zoom
    y = (1 - asinh(tan(radians(lat))) / pi) / 2 * 2**zoom
    return int(x), int(y), (x % 1 * 4096, y % 1 * 4096)


def in_layer(tile, layer):
    return [
        (item["properties"], shape(item["geometry"]))
        for item in tile.get(layer, {"features": []})["features"]
    ]


@pytest.fixture
def basemap(shore, tmp_path):
    out = tmp_path / "basemap.pmtiles"
    return build_basemap(shore, out)


def test_a_street_lies_in_its_tile_where_it_lies_in_the_world(basemap, tile):
    x, y, at = address(14, 106.705, 10.77)
    streets = in_layer(tile(basemap.path, 14, x, y), "streets")
    [line] = [line for properties, line in streets if properties.get("name") == "Điện Biên Phủ"]
    assert line.distance(shapely.Point(at)) <= 1


def test_a_street_carries_class_name_and_one_way(basemap, tile):
    x, y, _ = address(14, 106.705, 10.77)
    found = [properties for properties, _ in in_layer(tile(basemap.path, 14, x, y), "streets")]
    assert {"class": "primary", "name": "Điện Biên Phủ", "oneway": 1} in found


def test_great_streets_show_far_off_and_alleys_only_close_by(basemap, tile):
    def classes(zoom):
        x, y, _ = address(zoom, 106.71, 10.77)
        return {properties["class"] for properties, _ in in_layer(tile(basemap.path, zoom, x, y), "streets")}

    assert classes(8) == set()
    assert classes(9) == {"primary"}
    assert classes(12) == {"primary"}
    assert classes(14) == {"primary", "alley"}


def test_the_island_is_a_hole_in_the_water_of_the_tile(basemap, tile):
    x, y, on_island = address(14, 106.704, 10.775)
    _, _, on_water = address(14, 106.702, 10.775)
    lake = shapely.union_all(
        [
            area
            for properties, area in in_layer(tile(basemap.path, 14, x, y), "water")
            if properties["class"] == "lake"
        ]
    )
    assert lake.is_valid
    assert lake.contains(shapely.Point(on_water))
    assert not lake.contains(shapely.Point(on_island))


def test_the_sea_is_filled_in(basemap, tile):
    x, y, at_sea = address(14, 106.705, 10.7605)
    water = in_layer(tile(basemap.path, 14, x, y), "water")
    assert any(kind == {"class": "sea"} and area.contains(shapely.Point(at_sea)) for kind, area in water)
    assert basemap.coast == "1 of sea, 0 unclear"


def test_a_place_and_the_name_of_a_lake_stand_in_one_tile_only(basemap, tile):
    x, y, _ = address(14, 106.71, 10.77)
    around = [tile(basemap.path, 14, x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    named = [
        kind["name"]
        for layers in around
        for layer in ("places", "water_names")
        for kind, _ in in_layer(layers, layer)
    ]
    assert sorted(named) == ["Hồ Đá", "Quận 1"]


def test_a_place_is_named_at_every_zoom_it_shows_at(basemap, tile):
    for zoom in range(10, 15):
        x, y, _ = address(zoom, 106.715, 10.775)
        assert [kind for kind, _ in in_layer(tile(basemap.path, zoom, x, y), "places")] == [
            {"class": "suburb", "name": "Quận 1"}
        ]


def test_a_line_reaches_a_little_past_the_tile_and_no_further(basemap, tile):
    x, y, _ = address(14, 106.71, 10.7695)
    assert address(14, 106.71, 10.765)[1] == y + 1  # the lane crosses the southern edge
    lines = [line for _, line in in_layer(tile(basemap.path, 14, x, y), "streets")]
    assert shapely.total_bounds(lines)[3] == 4096 + 64


def test_a_large_building_is_drawn_close_by_and_a_hut_nowhere(basemap, tile):
    x, y, _ = address(14, 106.7122, 10.7722)
    [(properties, market)] = in_layer(tile(basemap.path, 14, x, y), "buildings")
    assert properties == {}
    assert market.contains(shapely.Point(address(14, 106.7122, 10.7722)[2]))
    x, y, _ = address(13, 106.7122, 10.7722)
    assert in_layer(tile(basemap.path, 13, x, y), "buildings") == []


def test_a_base_map_of_an_older_edition_is_not_current(basemap, shore, tmp_path, monkeypatch):
    assert is_current(basemap.path)
    monkeypatch.setattr(archive, "EDITION", "before")
    older = build_basemap(shore, tmp_path / "older.pmtiles")
    monkeypatch.undo()
    assert not is_current(older.path)
    older.path.write_bytes(b"torn")
    assert not is_current(older.path)
    assert not is_current(tmp_path / "none.pmtiles")


def test_the_file_says_what_it_holds_and_whose_it_is(basemap, opened):
    reader = opened(basemap.path)
    header, about = reader.header(), reader.metadata()
    assert about["attribution"] == "© OpenStreetMap contributors, ODbL 1.0"
    assert {layer["id"] for layer in about["vector_layers"]} >= {"streets", "water", "places", "landuse"}
    assert (header["min_zoom"], header["max_zoom"]) == (9, 14)  # nothing on this shore shows at 8
    assert (header["min_lon_e7"], header["max_lat_e7"]) == (1067000000, 107800000)
    assert about["bounds"] == "106.7000000,10.7600000,106.7200000,10.7800000"
    assert basemap.byte_count == basemap.path.stat().st_size


def test_the_same_map_gives_the_same_bytes(basemap, shore, tmp_path):
    again = build_basemap(shore, tmp_path / "elsewhere" / "again.pmtiles")
    assert again.path.read_bytes() == basemap.path.read_bytes()


def test_progress_rises_from_nothing_to_all(shore, tmp_path):
    told = []
    build_basemap(shore, tmp_path / "told.pmtiles", lambda doing, share: told.append((doing, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], told[-1]) == (0.0, ("done", 1.0))


def test_a_failed_build_leaves_the_old_map_and_no_litter(basemap, shore, monkeypatch, tmp_path):
    before = basemap.path.read_bytes()
    shore.write_text("torn", encoding="utf-8")
    with pytest.raises(MapUnreadable):
        build_basemap(shore, basemap.path)
    assert basemap.path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["basemap.pmtiles", "shore.osm"]


def test_a_full_disk_leaves_the_old_map_and_no_litter(basemap, shore, monkeypatch, tmp_path):
    def full(descriptor):
        raise OSError("No space left on device")

    before = basemap.path.read_bytes()
    monkeypatch.setattr("api.basemap.archive.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        build.build_basemap(shore, basemap.path)
    assert basemap.path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["basemap.pmtiles", "shore.osm"]


def test_a_map_of_streets_alone_is_a_map(tmp_path):
    path = tmp_path / "bare.osm"
    path.write_text(
        '<osm version="0.6"><node id="1" lon="106.7" lat="10.7" version="1"/>'
        '<node id="2" lon="106.71" lat="10.7" version="1"/><way id="1" version="1"><nd ref="1"/><nd ref="2"/>'
        '<tag k="highway" v="primary"/></way></osm>',
        encoding="utf-8",
    )
    report = build_basemap(path, tmp_path / "bare.pmtiles")
    assert report.features == {"streets": 1}
    assert report.coast == "no coast"
