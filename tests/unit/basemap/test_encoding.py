import gzip

import mapbox_vector_tile
import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from api.basemap.encoding import encode
from api.basemap.generalise import Group
from api.basemap.slicing import Tile

ORIGIN = Tile(14, 0, 0)


def decoded(*shapes):
    data = encode(ORIGIN, [Group("layer", (("class", "x"),), np.array(shapes, dtype=object))])
    if not data:
        return None
    layers = mapbox_vector_tile.decode(gzip.decompress(data), default_options={"y_coord_down": True})
    return shapely.geometry.shape(layers["layer"]["features"][0]["geometry"])


@given(st.lists(st.tuples(st.integers(-64, 4160), st.integers(-64, 4160)), min_size=2, max_size=30))
def test_a_line_comes_back_as_it_went_in_without_standing_still(points):
    moving = [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]]
    back = decoded(shapely.LineString(points))
    assert back is None if len(moving) < 2 else list(back.coords) == moving


@given(st.lists(st.tuples(st.integers(0, 4096), st.integers(0, 4096)), min_size=3, max_size=30))
def test_a_convex_area_comes_back_with_its_size(points):
    hull = shapely.MultiPoint(points).convex_hull
    back = decoded(hull)
    if isinstance(hull, shapely.Polygon):
        assert back.is_valid
        assert back.area == hull.area


def test_an_area_too_thin_for_the_grid_vanishes_with_its_tile():
    assert decoded(shapely.box(10, 10, 10.2, 500)) is None


def test_a_hole_too_small_for_the_grid_closes():
    pierced = shapely.box(0, 0, 100, 100).difference(shapely.box(50, 50, 50.2, 50.2))
    assert decoded(pierced).equals(shapely.box(0, 0, 100, 100))


def test_crumbs_a_clip_left_beside_an_area_are_swept_away():
    corner = shapely.GeometryCollection([shapely.box(0, 0, 10, 10), shapely.Point(50, 50)])
    assert decoded(corner).equals(shapely.box(0, 0, 10, 10))
