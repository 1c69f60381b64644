"""Which streets a track drove. Streets are signed so that a van without blue light drives 10 m a second."""

from itertools import pairwise

import numpy as np
import pytest

from routing.matching.track import VERDICTS, Matcher, track_of
from routing.profiles import VAN_NORMAL
from tests.towns import town

GRID = """
a-b-c-d-e
| | | | |
f-g-h-i-j
| | | | |
k-l-m-n-o
| | | | |
p-q-r-s-t
"""


def drive(drawn, corners, mps=10.0, every_s=3.0, noise_m=0.0, seed=1, headings=True):
    """Fixes on the way from corner to corner: rows of at_s, lat, lon, speed, heading, accuracy."""
    points = np.array([(drawn.at(c).lat, drawn.at(c).lon) for c in corners])
    scale = np.array([110_616.8, 109_377.9])
    steps = np.diff(points * scale, axis=0)
    metres = np.concatenate(([0.0], np.cumsum(np.hypot(*steps.T))))
    at = np.arange(0, metres[-1] / mps + 1e-9, every_s)
    if metres[-1] / mps - at[-1] > 0.01:
        at = np.append(at, metres[-1] / mps)
    leg = np.clip(np.searchsorted(metres, at * mps, side="right") - 1, 0, len(steps) - 1)
    heading = np.degrees(np.arctan2(steps[leg, 1], steps[leg, 0])) % 360
    error = np.random.default_rng([5, seed]).normal(0, noise_m, (len(at), 2)) / scale
    lat = np.interp(at * mps, metres, points[:, 0]) + error[:, 0]
    lon = np.interp(at * mps, metres, points[:, 1]) + error[:, 1]
    return [
        [t, y, x, mps if headings else np.nan, h if headings else np.nan, max(noise_m, 5.0)]
        for t, y, x, h in zip(at, lat, lon, heading, strict=True)
    ]


def driven_corners(drawn, road_map, driven, least_m=1.0):
    """The arcs as pairs of corners, those driven for less than a metre left out."""
    letters, streets = list(drawn.corners), road_map.streets
    words = []
    for arc, begin, end in zip(driven.arc, driven.begin, driven.end, strict=True):
        edge = arc >> 1
        if (end - begin) * streets.edge_m[edge] < least_m:
            continue
        ends = [letters[streets.node_osm[node] - 1] for node in (streets.tail[edge], streets.head[edge])]
        words.append("".join(ends[:: -1 if arc & 1 else 1]))
    return words


def pairs(corners):
    return [one + other for one, other in pairwise(corners)]


@pytest.fixture
def grid(tmp_path):
    drawn = town(GRID)
    road_map = drawn.road_map(tmp_path)
    return drawn, road_map, Matcher(road_map, VAN_NORMAL)


def test_a_clean_track_is_matched_to_the_streets_it_drove(grid):
    drawn, road_map, match = grid
    corners = "abghmnsrqlkf"
    driven = match(track_of(drive(drawn, corners)))
    assert driven_corners(drawn, road_map, driven) == pairs(corners)
    assert driven.breaks == ()


def test_arcs_are_entered_and_left_at_the_time(grid):
    drawn, _, match = grid
    driven = match(track_of(drive(drawn, "abcde", every_s=4.0)))
    whole = (driven.end - driven.begin) > 0.99
    assert driven.enter_s[whole] == pytest.approx([0, 10, 20, 30], abs=0.5)
    assert driven.leave_s[whole] == pytest.approx([10, 20, 30, 40], abs=0.5)


def test_between_sparse_fixes_the_way_is_found(grid):
    drawn, road_map, match = grid
    corners = "abghmnst"
    driven = match(track_of(drive(drawn, corners, every_s=15.0, headings=False)))
    assert driven_corners(drawn, road_map, driven) == pairs(corners)


@pytest.mark.parametrize(("noise_m", "least"), [(5, 0.99), (10, 0.98), (15, 0.97), (20, 0.95)])
def test_noise_leaves_most_metres_right(grid, noise_m, least):
    drawn, road_map, match = grid
    right = wrong = whole = 0
    for seed, corners in enumerate(("abghmnsrqlkf", "ejonihgbcd", "pqrstojedcbaf", "kfabcdejot") * 5):
        driven = match(track_of(drive(drawn, corners, every_s=5.0, noise_m=noise_m, seed=seed)))
        metres = (driven.end - driven.begin) * 100
        true = set(pairs(corners))
        for words, long in zip(driven_corners(drawn, road_map, driven, least_m=-1), metres, strict=True):
            right += long if words in true else 0
            wrong += 0 if words in true else long
        whole += 100 * len(true)
    print(f"noise {noise_m} m: {right / whole:.3f} of the metres right, {wrong / whole:.3f} wrong")
    assert right / whole >= least
    assert wrong / whole <= 2 * (1 - least)


def test_carriageways_are_told_apart_by_the_way_they_lead(tmp_path):
    drawn = town("a>b\n| |\nd<c")
    drawn.corners.update({"b": (8, 0), "c": (8, 0.16), "d": (0, 0.16)})
    road_map = drawn.road_map(tmp_path)
    fixes = drive(drawn, "ab", every_s=5.0, headings=False)
    for fix in fixes:
        fix[1] -= 11 / 110_616.8  # nearer to the carriageway the other way
    driven = Matcher(road_map, VAN_NORMAL)(track_of(fixes))
    assert driven_corners(drawn, road_map, driven) == ["ab"]


def test_a_tunnel_is_driven_though_nobody_saw_it(grid):
    drawn, road_map, match = grid
    corners = "abcdejot"
    fixes = [fix for fix in drive(drawn, corners) if not 12 < fix[0] < 58]
    driven = match(track_of(fixes))
    assert driven_corners(drawn, road_map, driven)[:1] == ["ab"]
    assert driven.breaks == ()
    assert sum(driven.end - driven.begin) == pytest.approx(7, abs=0.2)


def test_a_long_silence_breaks_the_track_and_is_reported(grid):
    drawn, road_map, match = grid
    fixes = drive(drawn, "abc") + [[fix[0] + 500, *fix[1:]] for fix in drive(drawn, "rst")]
    driven = match(track_of(fixes))
    assert [each.why for each in driven.breaks] == ["gap"]
    assert driven_corners(drawn, road_map, driven) == ["ab", "bc", "rs", "st"]
    assert sorted(set(driven.stretch)) == [0, 1]
    assert driven.depart_s.tolist() == pytest.approx([0, 500], abs=2)
    assert driven.arrive_s.tolist() == pytest.approx([20, 520], abs=2)


def test_where_no_street_leads_the_track_breaks(tmp_path):
    drawn = town("a-b-c\n\nd-e-f")
    drawn.corners.update({"d": (0, 3), "e": (1, 3), "f": (2, 3)})
    road_map = drawn.road_map(tmp_path)
    fixes = drive(drawn, "abc") + [[fix[0] + 50, *fix[1:]] for fix in drive(drawn, "def")]
    driven = Matcher(road_map, VAN_NORMAL)(track_of(fixes))
    assert [each.why for each in driven.breaks] == ["no_way"]
    assert driven_corners(drawn, road_map, driven) == ["ab", "bc", "de", "ef"]


def test_late_fixes_are_put_in_order_and_repeated_ones_counted(grid):
    drawn, road_map, match = grid
    fixes = drive(drawn, "abghmn")
    mixed = fixes[:5] + fixes[8:12] + fixes[5:8] + fixes[12:] + fixes[3:6]
    driven = match(track_of(mixed))
    assert driven_corners(drawn, road_map, driven) == pairs("abghmn")
    assert driven.count("duplicate") == 3


def test_a_fix_far_away_is_dropped(grid):
    drawn, road_map, match = grid
    fixes = drive(drawn, "abcdejo")
    fixes[8][1:3] = [drawn.at("p").lat, drawn.at("p").lon]
    fixes[15][1:3] = [drawn.at("a").lat + 0.1, drawn.at("a").lon]
    driven = match(track_of(fixes))
    assert driven_corners(drawn, road_map, driven) == pairs("abcdejo")
    assert (VERDICTS[driven.verdict[8]], VERDICTS[driven.verdict[15]]) == ("outlier", "no_street")
    assert driven.breaks == ()


def test_who_stands_still_drives_nowhere_and_the_time_is_told(grid):
    drawn, road_map, match = grid
    arrived = drive(drawn, "abc")[:6]
    generator = np.random.default_rng([5, 9])
    stand = [
        [
            arrived[-1][0] + 5 * (i + 1),
            arrived[-1][1] + generator.normal(0, 3e-5),
            arrived[-1][2],
            0.0,
            np.nan,
            5,
        ]
        for i in range(60)
    ]
    onward = [[fix[0] + 305, *fix[1:]] for fix in drive(drawn, "abc")[6:]]
    driven = match(track_of(arrived + stand + onward))
    assert driven_corners(drawn, road_map, driven) == ["ab", "bc"]
    assert driven.count("standing") > 50
    assert driven.still_s.sum() == pytest.approx(300, abs=10)
    assert driven.leave_s[-1] == pytest.approx(325, abs=1)


def test_who_only_stands_has_one_place_and_no_way(grid):
    drawn, _, match = grid
    here = drawn.between("a", "b")
    driven = match(track_of([[10.0 * i, here.lat, here.lon] for i in range(20)]))
    assert (driven.end - driven.begin).sum() == 0
    assert driven.depart_s.tolist() == [190]


def test_a_turn_in_a_dead_end_is_driven_both_ways(tmp_path):
    drawn = town("a-b-c-d\n  |\n  e")
    road_map = drawn.road_map(tmp_path)
    driven = Matcher(road_map, VAN_NORMAL)(track_of(drive(drawn, "abeba")))
    assert driven_corners(drawn, road_map, driven) == ["ab", "be", "eb", "ba"]


def test_an_empty_track_drove_nothing(grid):
    _, _, match = grid
    driven = match(track_of([]))
    assert len(driven.arc) == len(driven.verdict) == len(driven.depart_s) == 0


def test_the_places_say_street_and_direction(grid):
    drawn, _, match = grid
    places = match(track_of(drive(drawn, "ba", every_s=2.5))).places
    assert set(places.direction.tolist()) == {-1}
    assert places.along_m[1] == pytest.approx(75, abs=0.5)
    assert places.only(1).direction.tolist() == [-1]
