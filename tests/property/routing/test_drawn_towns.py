"""Any town at all: the engine agrees with plain Dijkstra over single segments, and with itself."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.practice import VIETNAMESE
from routing.profiles import PROFILES, profile_index
from routing.read_osm import read_osm
from tests.drawn_by_chance import towns
from tests.often import often
from tests.slow_twin import SlowTwin
from tests.towns import Town


@settings(max_examples=often(80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=towns(), profile=st.sampled_from(PROFILES))
def test_every_time_is_that_of_the_slow_twin(drawn: Town, profile: str) -> None:
    if not drawn.ways:
        return
    with TemporaryDirectory() as folder:
        times = drawn.times(Path(folder))
        raw = read_osm(Path(folder) / "town.osm", lambda stage, share: None)
    twin = SlowTwin(raw, VIETNAMESE, profile_index(profile))
    number = {corner: i for i, corner in enumerate(sorted(drawn.corners), start=1)}
    index = {int(identity): i for i, identity in enumerate(raw.node_id)}
    on_street = {a for a, links in twin.onward.items()} | {
        b for links in twin.onward.values() for b, _ in links
    }
    asked = [
        (corner, index[number[corner]])
        for corner in sorted(drawn.corners)
        if index.get(number[corner]) in on_street and corner not in drawn.signs
    ]
    places = [drawn.at(corner) for corner, _ in asked]
    table = times.table(places, places, profile)
    for i, (_, start) in enumerate(asked):
        seconds = twin.seconds_from({start: 0.0})
        assert table[i] == times.from_scene(places[i], places, profile)
        for j, (_, end) in enumerate(asked):
            expected = seconds.get(end)
            if expected is None:
                assert table[i][j] is None
            else:
                assert table[i][j].duration_s == pytest.approx(expected, abs=0.05)
    for j, place in enumerate(places):
        assert [row[j] for row in table] == times.to_scene(places, place, profile)


@settings(max_examples=often(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=towns(), shares=st.tuples(st.floats(0, 1), st.floats(0, 1)), data=st.data())
def test_a_route_is_as_long_as_its_time_says(
    drawn: Town, shares: tuple[float, float], data: st.DataObject
) -> None:
    streets = [way.corners for way in drawn.ways if len(way.corners) == 2]
    if not streets:
        return
    with TemporaryDirectory() as folder:
        times = drawn.times(Path(folder))
    start, end = (drawn.between(*data.draw(st.sampled_from(streets)), share) for share in shares)
    for profile in ("van", "motorbike"):
        travel, way = times.to_scene([start], end, profile)[0], times.route(start, end, profile)
        assert (travel is None) == (way is None)
        if travel is None or way is None:
            continue
        assert (travel.duration_s, travel.distance_m) == (way.duration_s, way.distance_m)
        assert sum(step.duration_s for step in way.steps) == pytest.approx(way.duration_s, abs=0.01)
        assert sum(step.distance_m for step in way.steps) == pytest.approx(way.distance_m, abs=0.01)


@settings(max_examples=often(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=towns(), profile=st.sampled_from(PROFILES))
def test_no_detour_is_quicker_than_the_way_itself(drawn: Town, profile: str) -> None:
    if not drawn.ways:
        return
    with TemporaryDirectory() as folder:
        times = drawn.times(Path(folder))
    places = [drawn.at(corner) for corner in sorted(drawn.corners) if corner not in drawn.signs]
    table = times.table(places, places, profile)
    for i, row in enumerate(table):
        for j, first in enumerate(row):
            for k, second in enumerate(table[j]):
                if first is None or second is None or i == k:
                    continue
                assert row[k] is not None
                assert row[k].duration_s <= first.duration_s + second.duration_s + 0.005
