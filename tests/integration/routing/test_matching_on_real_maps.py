"""Tracks driven on real streets, with a receiver that errs: how many metres are matched right."""

import numpy as np
import pytest

from routing.matching.follow import Follower
from routing.matching.reckon import Reckoner
from routing.matching.track import Matcher
from routing.profiles import PROFILES
from tests.bench.hidden_truth import drive, hidden_truth, places_to_drive
from tests.real_maps import real_map


@pytest.fixture(scope="module")
def city():
    road_map = real_map("mannheim-2016")
    generator = np.random.default_rng([9, 1])
    return road_map, hidden_truth(road_map, generator, ("van",)), Matcher(road_map, PROFILES.index("van"))


@pytest.mark.parametrize(
    ("every_s", "noise_m", "least"),
    [(5, 0.01, 0.99), (10, 6, 0.95), (10, 10, 0.92), (10, 20, 0.82), (30, 8, 0.93)],
)
def test_most_metres_are_matched_to_the_street_they_were_driven_on(city, every_s, noise_m, least):
    road_map, truth, match = city
    generator = np.random.default_rng([9, every_s, int(noise_m)])
    origins, ends = (places_to_drive(road_map, "van", 40, generator) for _ in range(2))
    right = wrong = whole = 0.0
    for i in range(40):
        run = drive(truth, "van", 9 * 3600.0, origins.only(i), ends.only(i), generator,
                    every_s=float(every_s), noise_m=noise_m)  # fmt: skip
        if run is None:
            continue
        driven = match(run.track)
        metres = (driven.end - driven.begin) * road_map.streets.edge_m[driven.arc >> 1]
        on_it = np.isin(driven.arc, run.path.arcs)
        right, wrong = right + float(metres[on_it].sum()), wrong + float(metres[~on_it].sum())
        whole += run.path.mm / 1000
    print(f"every {every_s} s, {noise_m} m: {right / whole:.4f} right, {wrong / whole:.4f} wrong")
    assert min(right, whole) / whole >= least
    assert wrong / whole <= 1.5 * (1 - least)


@pytest.mark.parametrize(("every_s", "within_m"), [(5, 30), (10, 50)])
def test_between_two_fixes_a_unit_is_nearly_where_it_is_thought_to_be(every_s, within_m):
    """Nine seconds in ten nearer than fifty metres, with a fix every ten seconds and 8 m of noise; the
    receiver's speed and heading are those of the last second, and speeds change from street to street."""
    road_map = real_map("hcmc-2018")
    truth = hidden_truth(road_map, np.random.default_rng([9, 1]), ("van",))
    van = PROFILES.index("van")
    follow = Follower(road_map, van)
    reckon = Reckoner(road_map, follow.roads)
    generator = np.random.default_rng([11, every_s])
    origins, ends = (places_to_drive(road_map, "van", 40, generator) for _ in range(2))
    reckoned, seen = [], []
    for i in range(40):
        run = drive(truth, "van", 0.0, origins.only(i), ends.only(i), generator,
                    every_s=float(every_s), noise_m=8.0)  # fmt: skip
        if run is None:
            continue
        where = run.places(road_map)
        last, track = None, run.track
        for k in range(len(track) - 1):
            speed_mps, heading_deg = _told(where, track.at_s[k], generator)
            last = follow(track.lat[k], track.lon[k], heading_deg, speed_mps, 8.0, last)
            for at_s in np.arange(track.at_s[k], track.at_s[k + 1]):
                real = where(at_s)
                found = reckon(last, speed_mps, at_s - track.at_s[k])
                reckoned.append(_apart_m(real, (found.lat, found.lon)))
                seen.append(_apart_m(real, (track.lat[k], track.lon[k])))
    near, before = np.percentile(reckoned, 90), np.percentile(seen, 90)
    print(f"every {every_s} s: p90 {near:.1f} m, of the fix alone {before:.1f} m")
    assert near < within_m
    assert near < before / 2


def _told(where, at_s, generator):
    """What a receiver says of its motion: the last second, some tenths and some degrees off."""
    (lat, lon), (lat_before, lon_before) = where(at_s), where(at_s - 1.0)
    north, east = (lat - lat_before) * 110_600, (lon - lon_before) * 111_320 * np.cos(np.radians(lat))
    speed = max(0.0, float(np.hypot(north, east) + generator.normal(0, 0.3)))
    return speed, float((np.degrees(np.arctan2(east, north)) + generator.normal(0, 8)) % 360)


def _apart_m(one, other):
    north, east = (one[0] - other[0]) * 110_600, (one[1] - other[1]) * 111_320 * np.cos(np.radians(one[0]))
    return float(np.hypot(north, east))
