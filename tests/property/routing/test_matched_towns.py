"""In any town, a clean track is matched to the streets that were driven, and no track breaks the matcher."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from routing.dijkstra import DijkstraEngine
from routing.matching.track import Matcher, track_of
from routing.metric import metric
from routing.profiles import PROFILES
from tests.bench.hidden_truth import _polyline
from tests.drawn_by_chance import towns
from tests.often import often
from tests.road_questions import places_anywhere

SLOW = settings(max_examples=often(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _map(drawn):
    assume(drawn.ways)
    with tempfile.TemporaryDirectory() as folder:
        return drawn.road_map(Path(folder))


@SLOW
@given(towns(), st.integers(0, 2**32), st.sampled_from(PROFILES))
def test_a_clean_track_is_matched_to_what_was_driven(drawn, seed, profile):
    road_map = _map(drawn)
    generator, weights = np.random.default_rng(seed), metric(road_map, profile)
    places = places_anywhere(road_map, 2, generator)
    if (places.edge < 0).any():
        return
    path = DijkstraEngine(road_map).path(weights, places.only(0), places.only(1))
    usable = road_map.indexes.origin_mask >> PROFILES.index(profile) & 1 > 0
    if (
        path is None
        or path.mm < 40_000
        or not all(usable[arc >> 1] for arc in path.arcs if _long(road_map, arc))
    ):
        return
    enter = np.concatenate(([0.0], np.cumsum(np.array(path.arc_ms) / 1000)))
    when, lat, lon = _polyline(road_map, path, enter)
    at = np.append(np.arange(0, enter[-1], 2.0), enter[-1])
    track = track_of(np.column_stack((at, np.interp(at, when, lat), np.interp(at, when, lon))).tolist())
    driven = Matcher(road_map, PROFILES.index(profile))(track)
    metres = (driven.end - driven.begin) * road_map.streets.edge_m[driven.arc >> 1]
    found = [int(arc) for arc, long in zip(driven.arc, metres, strict=True) if long > 12]
    true = [arc for arc, long in zip(path.arcs, _metres(road_map, path), strict=True) if long > 24]
    assert driven.breaks == ()
    assert set(true) <= set(found)
    assert metres.sum() <= path.mm / 1000 + 25


@SLOW
@given(towns(), st.integers(0, 2**32), st.integers(0, 30))
def test_no_track_however_wild_breaks_the_matcher(drawn, seed, count):
    road_map = _map(drawn)
    generator = np.random.default_rng(seed)
    table = np.column_stack((
        generator.uniform(0, 2_000, count).round(-1), 10.75 + generator.normal(0, 0.003, count),
        106.65 + generator.normal(0, 0.003, count), generator.uniform(-5, 60, count),
        generator.uniform(-400, 400, count), generator.choice([np.nan, 1.0, 500.0], count),
    ))  # fmt: skip
    driven = Matcher(road_map, 0)(track_of(table.tolist()))
    assert len(driven.verdict) == count
    assert (driven.begin <= driven.end + 1e-9).all()
    assert (driven.enter_s <= driven.leave_s + 1e-6).all()
    assert (np.diff(driven.enter_s) >= -1e-6).all()
    assert (driven.still_s >= 0).all()
    tail, head = road_map.streets.tail, road_map.streets.head
    for i in range(1, len(driven.arc)):
        if driven.stretch[i] == driven.stretch[i - 1] and driven.end[i - 1] == 1 and driven.begin[i] == 0:
            one, other = int(driven.arc[i - 1]), int(driven.arc[i])
            assert (head, tail)[one & 1][one >> 1] == (tail, head)[other & 1][other >> 1] or _barrier(
                road_map
            )


def _long(road_map, arc):
    return road_map.streets.edge_m[arc >> 1] > 0


def _barrier(road_map):
    """Barriers stand between arcs and are not listed."""
    return bool((road_map.streets.edge_m == 0).any())


def _metres(road_map, path):
    metres = [road_map.streets.edge_m[arc >> 1] for arc in path.arcs]
    first, last = path.arcs[0], path.arcs[-1]
    if len(path.arcs) == 1:
        return [abs(path.end_m - path.begin_m)]
    metres[0] = path.begin_m if first & 1 else metres[0] - path.begin_m
    metres[-1] = metres[-1] - path.end_m if last & 1 else path.end_m
    return metres
