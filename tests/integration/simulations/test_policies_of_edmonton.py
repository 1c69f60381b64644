"""What moving up and coverage-aware dispatch are worth in Edmonton: claims of docs/studies/policies.md."""

import pytest

from simulations.policy_study import variants
from simulations.policy_study.play import Said, compared
from simulations.policy_study.world import World, an_experiment, edmonton
from tests.shared_data import shared_file

TWELVE_MIN_S = 720
pytestmark = pytest.mark.timeout(900)
"""The ways between all places of Edmonton take minutes where others want the cores."""


@pytest.fixture(scope="module")
def city() -> World:
    """With its vans where MEXCLP has them."""
    folder = shared_file("ems/edmonton/models/1")
    return variants.placed(edmonton(folder, an_experiment("edmonton", 10, 10)))


def ways(world: World) -> Said:
    free = variants.any_distance(world)
    return compared(
        world,
        [
            ("home", world.columns("closest")),
            ("dispatch", world.columns("dmexclp")),
            ("moving", free.columns("closest", "dmexclp")),
            ("at most 20 min", variants.any_distance(world, 1200.0).columns("closest", "dmexclp")),
        ],
    )


@pytest.mark.slow
def test_dmexclp_move_up_lowers_the_late_share_and_drives_more(city: World) -> None:
    said = ways(city)
    assert said["moving"]["late"]["apart_high"] < 0
    assert said["moving"]["late"]["p"] < 0.05
    assert said["moving"]["km"]["apart_low"] > 0.2 * said["home"]["km"]["mean"], "a third more"
    assert said["at most 20 min"]["late"]["p"] < 0.05
    assert said["at most 20 min"]["km"]["apart_high"] < 0.5 * said["moving"]["km"]["apart_low"]


@pytest.mark.slow
def test_with_twelve_minutes_promised_the_gains_are_those_of_the_literature(city: World) -> None:
    said = ways(variants.promised(city, TWELVE_MIN_S, TWELVE_MIN_S - 40.0))
    home = said["home"]["late"]["mean"]
    assert -0.30 < said["moving"]["late"]["apart"] / home < -0.10, "17 to 23 % there"
    assert said["dispatch"]["late"]["apart_high"] < 0
    assert said["dispatch"]["late"]["p"] < 0.05
    assert said["dispatch"]["mean_s"]["apart_low"] > 60, "the price: everybody else waits longer"
