"""Any drawing has an answer in bounded time: work is counted in pieces, not in seconds."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.traffic import Stretch
from routing.road_map import RoadMap
from routing.traffic import streets
from routing.traffic.kernels import metres_along, pieces_of
from routing.traffic.streets import edges_of
from tests.often import often
from tests.towns import town
from tests.traffic_in_towns import line, pair

BLOCKS = "a-b-c-d\n| | | |\ne-f-g-h\n| | | |\ni-j-k-l"
DRAWN = town(BLOCKS)
LEAST_PIECE_M = 0.25


@pytest.fixture(scope="module")
def road_map() -> Iterator[RoadMap]:
    with TemporaryDirectory() as folder:
        yield DRAWN.road_map(Path(folder))


STEPS = st.sampled_from([0.0, 1e-320, 1e-15, 1e-12, 1e-9, 1e-7, 1e-5, 1e-3, 1.0, 40.0])
SIGNS = st.sampled_from([-1, 0, 1])


@st.composite
def drawings(draw: st.DrawFn) -> Stretch:
    """From less than the width of an atom to half the world, points repeated or not."""
    points = [pair(DRAWN.at(draw(st.sampled_from("aefl"))))]
    for _ in range(draw(st.integers(0, 8))):
        lat, lon = points[-1]
        points.append((lat + draw(SIGNS) * draw(STEPS), lon + draw(SIGNS) * draw(STEPS)))
    widths = st.sampled_from([0.0, 1e-9, 1.0, 15.0, 500.0, 1e9, 1e300, float("inf"), float("nan")])
    return Stretch(draw(st.sampled_from(["line", "area", "point"])), tuple(points), draw(widths))


@settings(max_examples=often(300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=drawings())
def test_any_drawing_is_found_with_bounded_work(road_map: RoadMap, drawn: Stretch) -> None:
    counted: list[int] = []

    def count(*given: object) -> object:
        pieces = pieces_of(*given)
        counted.append(int(pieces.sum()))
        return pieces

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streets, "pieces_of", count)
        edges_of(road_map, drawn)
    all_metres, segments = float(road_map.streets.edge_m.sum()), len(road_map.indexes.segment)
    # the scale of degrees is taken at the middle of the drawing, a little other than that of the town
    assert sum(counted) <= 2 * all_metres / LEAST_PIECE_M + segments


def test_no_street_is_cut_into_more_pieces_than_are_allowed() -> None:
    lat, lon = np.array([10.0, 11.0]), np.array([106.0, 106.0])
    first = np.array([0], np.int32)
    assert pieces_of(111_000.0, 109_000.0, 0.25, 10_000, lat, lon, first).tolist() == [10_000]
    assert pieces_of(111_000.0, 109_000.0, 2.0, 100_000, lat, lon, first).tolist() == [55_500]


@pytest.mark.parametrize("step", [1e-5, 1e-6, 1e-9, 1e-12])
def test_a_line_that_is_shorter_than_a_metre_means_what_a_point_does(road_map: RoadMap, step: float) -> None:
    lat, lon = pair(DRAWN.between("f", "g"))
    step = min(step, 8e-6)
    tiny = Stretch("line", ((lat, lon), (lat, lon + step)))
    assert edges_of(road_map, tiny).tolist() == edges_of(road_map, Stretch("point", ((lat, lon),))).tolist()


def test_a_point_that_is_said_twice_changes_nothing_of_a_line(road_map: RoadMap) -> None:
    once = line(DRAWN, "eh")
    begin, end = once.points
    for points in ((begin, begin, end), (begin, end, end), (begin, begin, end, end)):
        assert edges_of(road_map, Stretch("line", points)).tolist() == edges_of(road_map, once).tolist()


@settings(max_examples=often(100), deadline=None)
@given(
    points=st.lists(st.tuples(st.integers(-150, 150), st.integers(-150, 150)), min_size=2, max_size=12),
    width_m=st.sampled_from([1.0, 7.3, 30.0, 200.0]),
    luck=st.integers(0, 2**32),
)
def test_metres_along_a_line_are_those_of_trying_every_piece_with_every_piece(
    points: list[tuple[int, int]], width_m: float, luck: int
) -> None:
    chance = np.random.default_rng(luck)
    line_lat = np.array([10.0 + y * 1e-5 for _, y in points])
    line_lon = np.array([106.0 + x * 1e-5 for x, _ in points])
    lat, lon = 10.0 + chance.normal(0, 1e-3, 60), 106.0 + chance.normal(0, 1e-3, 60)
    # some streets run just where the line does
    lat[:2], lon[:2] = line_lat[:2], line_lon[:2]
    first = np.arange(59, dtype=np.int32)
    up, right, cosine = 110_600.0, 109_600.0, float(np.cos(np.radians(30)))
    pieces = pieces_of(up, right, 2.0, 10_000, lat, lon, first)
    found = metres_along(line_lat, line_lon, up, right, width_m, cosine, pieces, lat, lon, first)
    np.testing.assert_array_equal(
        found, _slowly(line_lat, line_lon, up, right, width_m, cosine, pieces, lat, lon)
    )


def _slowly(line_lat, line_lon, up, right, width_m, cosine, pieces, lat, lon) -> np.ndarray:
    along = np.zeros(len(pieces))
    for i, count in enumerate(pieces.tolist()):
        dx, dy = (lon[i + 1] - lon[i]) * right, (lat[i + 1] - lat[i]) * up
        length = np.sqrt(dx * dx + dy * dy)
        vx, vy = np.diff(line_lon) * right, np.diff(line_lat) * up
        square = vx * vx + vy * vy
        same_way = (square > 0) & (np.abs(dx * vx + dy * vy) >= cosine * length * np.sqrt(square))
        for piece in range(count):
            share = (piece + 0.5) / count
            at_lat, at_lon = lat[i] + share * (lat[i + 1] - lat[i]), lon[i] + share * (lon[i + 1] - lon[i])
            ax, ay = (at_lon - line_lon[:-1]) * right, (at_lat - line_lat[:-1]) * up
            beside, aside = ax * vx + ay * vy, ax * vy - ay * vx
            fits = (beside >= 0) & (beside <= square) & (aside * aside <= width_m * width_m * square)
            if (same_way & fits).any():
                along[i] += length / count
    return along
