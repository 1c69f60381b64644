import pytest

from routing import map_file
from routing.clip import clip
from routing.errors import MapError
from tests.towns import town

DRAWN = town("a-b-c-d-e-f")


def box_around(one, other):
    a, b = DRAWN.at(one, east_m=-10, north_m=-10), DRAWN.at(other, east_m=10, north_m=10)
    return a.lat, a.lon, b.lat, b.lon


def test_a_cut_keeps_the_streets_that_touch_the_box_whole(tmp_path):
    out = tmp_path / "cut.osm.pbf"
    clip(DRAWN.write(tmp_path), out, box_around("b", "c"), lambda stage, share: None)
    cut = map_file.load(map_file.build(out, tmp_path / "maps"))
    assert cut.streets.edges == 3
    assert cut.report["dropped"] == {}


def test_a_cut_beside_the_map_is_refused_and_leaves_nothing(tmp_path):
    out = tmp_path / "cut.osm.pbf"
    with pytest.raises(MapError, match="holds no street within"):
        clip(DRAWN.write(tmp_path), out, (1.0, 1.0, 2.0, 2.0), lambda stage, share: None)
    assert [path.name for path in tmp_path.iterdir()] == ["town.osm"]
