"""Tracks driven on real streets, with a receiver that errs: how many metres are matched right."""

import numpy as np
import pytest

from routing import map_file
from routing.matching.track import Matcher
from routing.profiles import PROFILES
from tests.bench.hidden_truth import drive, hidden_truth, places_to_drive
from tests.shared_data import shared_file


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    road_map = map_file.load(
        map_file.build(shared_file("osm/mannheim-2016.osm.pbf"), tmp_path_factory.mktemp("maps"))
    )
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
