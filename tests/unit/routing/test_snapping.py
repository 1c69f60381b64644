import numpy as np
import pytest

from domain.values import Position
from routing import map_file
from routing.profiles import MOTORBIKE, VAN
from routing.snapping import snap_destinations, snap_origins
from routing.times import RoadTimes
from tests.towns import town


def test_a_place_beside_the_street_is_put_on_its_nearest_point(tmp_path):
    drawn = town("a-b-c")
    places = snap_origins(drawn.road_map(tmp_path), [drawn.at("a", east_m=30, north_m=12)], VAN)
    assert places.along_m[0] == pytest.approx(30, abs=0.1)
    assert places.gap_m[0] == pytest.approx(12, abs=0.1)


def test_the_way_to_the_kerb_costs_nothing(tmp_path):
    drawn = town("a-b-c")
    times = drawn.times(tmp_path)
    far = times.to_scene([drawn.at("a", north_m=80)], drawn.at("c"), "van_normal")[0]
    assert far.duration_s == pytest.approx(20, abs=0.02)


def test_a_van_is_put_on_the_street_and_a_motorbike_in_the_alley(tmp_path):
    drawn = town(
        """
        a-b
        : |
        d-c
        """
    )
    road_map = drawn.road_map(tmp_path)
    in_the_alley = [drawn.between("a", "d", 0.3)]
    assert snap_origins(road_map, in_the_alley, MOTORBIKE).gap_m[0] == pytest.approx(0, abs=0.1)
    assert snap_origins(road_map, in_the_alley, VAN).gap_m[0] == pytest.approx(30, abs=0.1)


def test_a_place_more_than_a_kilometre_from_any_street_has_none(tmp_path):
    drawn = town("a-b")
    times = drawn.times(tmp_path)
    away = drawn.at("a", north_m=1_010)
    assert times.to_scene([away, drawn.at("a", north_m=990)], drawn.at("b"), "van_normal")[0] is None
    assert times.to_scene([drawn.at("a", north_m=990)], drawn.at("b"), "van_normal")[0] is not None
    assert times.to_scene([Position(51.5, -0.1)], drawn.at("b"), "van") == [None]


def test_a_map_covers_what_lies_in_its_bounds_and_near_a_street(tmp_path):
    drawn = town("a-b\n|\nc")
    times = drawn.times(tmp_path)
    assert times.covers(drawn.between("b", "c"))
    assert not times.covers(drawn.at("a", north_m=10))
    assert not times.covers(Position(51.5, -0.1))


def test_a_hole_in_the_map_is_not_covered(tmp_path):
    far = {f"{a}{b}": {"highway": "primary"} for a, b in ("ab", "cd")}
    drawn = town("a-b\n\nc-d", streets=far)
    drawn.corners.update({"c": (0, 30), "d": (1, 30)})
    assert not drawn.times(tmp_path).covers(drawn.at("a", east_m=50, north_m=-1500))


def _grid_with_crumbs():
    """A town of 4 km streets with, near its corner, a yard of 20 m drawn without its gate."""
    rows = ["-".join("abcdefghijklmnopqrst")]
    drawn = town("\n".join(rows))
    drawn.corners.update({"Y": (5, 1), "Z": (5, 1)})
    return drawn


def test_a_yard_that_hangs_on_nothing_is_passed_over(tmp_path):
    drawn = _grid_with_crumbs()
    xml = drawn.xml()
    yard = drawn.at("f", east_m=0, north_m=-30), drawn.at("f", east_m=10, north_m=-30)
    extra = "".join(f'<node id="{900 + i}" lat="{p.lat}" lon="{p.lon}"/>' for i, p in enumerate(yard))
    way = '<way id="900"><nd ref="900"/><nd ref="901"/><tag k="highway" v="service"/></way>'
    path = tmp_path / "yard.osm"
    path.write_text(xml.replace("</osm>", f"{extra}{way}</osm>"), encoding="utf-8")

    times = RoadTimes(map_file.load(map_file.build(path, tmp_path / "maps")))
    assert times.road_map.report["profiles"]["van"]["crumbs"] == 1
    assert times.to_scene([drawn.at("a")], yard[0], "van_normal")[0].duration_s == pytest.approx(50, abs=0.05)


def test_a_one_way_stub_cut_by_the_edge_of_the_map_is_passed_over_by_units_only(tmp_path):
    drawn = _grid_with_crumbs()
    end = drawn.at("t", north_m=-15)
    extra = f'<node id="900" lat="{end.lat}" lon="{end.lon}"/>'
    way = ('<way id="900"><nd ref="20"/><nd ref="900"/><tag k="highway" v="service"/>'
           '<tag k="oneway" v="yes"/></way>')  # fmt: skip
    path = tmp_path / "stub.osm"
    path.write_text(drawn.xml().replace("</osm>", f"{extra}{way}</osm>"), encoding="utf-8")

    road_map = map_file.load(map_file.build(path, tmp_path / "maps"))
    assert snap_destinations(road_map, [end], VAN).gap_m[0] == pytest.approx(0, abs=0.1)
    assert snap_origins(road_map, [end], VAN).gap_m[0] == pytest.approx(15, abs=0.1)


def test_the_grid_finds_what_looking_at_every_segment_finds(tmp_path):
    drawn = town(
        """
        a-b-c-d
        | : | |
        e-f-g-h
        |   :
        i-j-k-l
        """
    )
    road_map = drawn.road_map(tmp_path)
    streets, indexes = road_map.streets, road_map.indexes
    generator = np.random.default_rng([7, 11])
    lat = generator.uniform(drawn.at("i").lat - 0.004, drawn.at("a").lat + 0.004, 300)
    lon = generator.uniform(drawn.at("a").lon - 0.004, drawn.at("d").lon + 0.004, 300)
    asked = [Position(float(y), float(x)) for y, x in zip(lat, lon, strict=True)]
    for profile in (VAN, MOTORBIKE):
        found = snap_origins(road_map, asked, profile)
        for i, place in enumerate(asked):
            usable = indexes.origin_mask[indexes.segment_edge] >> profile & 1 > 0
            gaps = [_gap(place, streets, point) for point in indexes.segment[usable]]
            assert found.gap_m[i] == pytest.approx(min(gaps), abs=0.05)


def _gap(place, streets, p):
    """Metres from a place to the segment that begins at point p."""
    north, east = 110_616.8, 109_377.9
    a = np.array([(streets.shape_lon[p] - place.lon) * east, (streets.shape_lat[p] - place.lat) * north])
    b = np.array(
        [(streets.shape_lon[p + 1] - place.lon) * east, (streets.shape_lat[p + 1] - place.lat) * north]
    )
    along = np.clip(-(a @ (b - a)) / ((b - a) @ (b - a)), 0, 1)
    return float(np.hypot(*(a + along * (b - a))))
