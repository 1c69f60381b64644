"""A climb by gates gives the label of the climb that takes every step itself."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.hierarchy.engine import HierarchyEngine
from routing.hierarchy.gates import gates_of
from routing.metric import metric
from routing.road_map import RoadMap
from tests.drawn_by_chance import towns
from tests.label_twin import assert_same_labels
from tests.road_questions import some_arcs, with_closures
from tests.towns import Town


def built(drawn: Town) -> RoadMap:
    with TemporaryDirectory() as folder:
        return drawn.road_map(Path(folder))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    drawn=towns(),
    luck=st.integers(0, 2**32),
    least=st.sampled_from([0, 1, 2, 5, 13, 10_000]),
    leaving=st.booleans(),
    times_alone=st.booleans(),
)
def test_a_climb_by_gates_is_the_climb_step_by_step(
    drawn: Town, luck: int, least: int, leaving: bool, times_alone: bool
) -> None:
    if not drawn.ways:
        return
    road_map, generator = built(drawn), np.random.default_rng(luck)
    h = road_map.hierarchy
    epoch = HierarchyEngine(road_map).epoch_of(
        with_closures(metric(road_map, "van"), some_arcs(road_map, 3, generator))
    )
    up, down = (epoch.up_ms, epoch.down_ms) if times_alone else (epoch.up, epoch.down)
    weight = up if leaving else down
    gates = gates_of(h, weight, least)
    assert least < 10_000 or (gates.at < 0).all()
    assert least > 0 or (gates.at >= 0).all()
    assert_same_labels(road_map, epoch, gates, weight, leaving, generator, 12)
