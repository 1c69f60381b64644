import gzip

import pytest
import shapely

from api.basemap.features import MapUnreadable, read_features


def of_layer(features, layer):
    return [
        (dict(kind.properties), shape)
        for kind, shape in zip(features.kinds, features.shapes, strict=True)
        if kind.layer == layer
    ]


def test_a_lake_keeps_its_island(shore):
    [(properties, lake)] = of_layer(read_features(shore), "water")
    assert properties == {"class": "lake"}
    assert lake.geom_type == "MultiPolygon"
    assert lake.covers(shapely.Point(106.702, 10.773))
    assert not lake.covers(shapely.Point(106.704, 10.775))


def test_a_way_with_a_missing_node_is_drawn_as_far_as_it_is_known(shore):
    features = read_features(shore)
    alleys = [line for properties, line in of_layer(features, "streets") if properties == {"class": "alley"}]
    assert [list(line.coords) for line in alleys] == [[(106.71, 10.77), (106.72, 10.77)]]
    assert features.broken == 1


def test_the_same_map_is_read_from_xml_and_from_packed_xml(shore, tmp_path):
    packed = tmp_path / "shore.osm.gz"
    packed.write_bytes(gzip.compress(shore.read_bytes()))
    plain, unpacked = read_features(shore), read_features(packed)
    assert unpacked.kinds == plain.kinds
    assert shapely.equals_exact(unpacked.shapes, plain.shapes).all()


def test_the_bounds_are_those_the_file_gives_or_else_those_of_its_streets(shore):
    assert read_features(shore).bounds == (106.70, 10.76, 106.72, 10.78)
    shore.write_text(shore.read_text("utf-8").replace("<bounds", "<nothing"), encoding="utf-8")
    assert read_features(shore).bounds == (106.70, 10.76, 106.72, 10.78)
    shore.write_text(shore.read_text("utf-8").replace('lon="106.72"', 'lon="106.73"'), encoding="utf-8")
    assert read_features(shore).bounds == (106.70, 10.76, 106.73, 10.78)


def test_a_way_that_leaps_across_the_world_is_cut(shore):
    text = shore.read_text("utf-8").replace(
        '<node id="3" lon="106.72" lat="10.77"', '<node id="3" lon="0" lat="0"'
    )
    shore.write_text(text, encoding="utf-8")
    assert all(shapely.bounds(line)[0] > 106 for _, line in of_layer(read_features(shore), "streets"))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("torn.osm", b"<osm><node id=", "could not be read as OpenStreetMap data"),
        ("torn.osm.pbf", b"not a map at all", "could not be read as OpenStreetMap data"),
        ("map.txt", b"hello", "could not be read as OpenStreetMap data"),
        ("empty.osm", b'<osm version="0.6"></osm>', "holds nothing to draw"),
    ],
)
def test_what_is_no_map_is_refused_with_a_sentence(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(MapUnreadable, match=sentence):
        read_features(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(MapUnreadable, match=r"no map file .*nowhere\.osm"):
        read_features(tmp_path / "nowhere.osm")
