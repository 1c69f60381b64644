"""A few strikes on a whole installation in each run of the tests; `make chaos` strikes a thousand times."""

from pathlib import Path

import pytest

from api.postgres.cluster import NoCluster
from tests.chaos.fire import under_fire
from tests.server import letter_town_ground
from tests.servers.kafka import NoKafka, jars

SEED, STRIKES = 115, 6


@pytest.mark.timeout(600)
def test_a_centre_under_fire_keeps_its_word(tmp_path: Path):
    print(f"Again: python -m tests.chaos --seed {SEED} --strikes {STRIKES} --brokers {_brokers()}")
    try:
        report = under_fire(
            letter_town_ground(), tmp_path, seed=SEED, strikes=STRIKES, desks=3, brokers=_brokers()
        )
    except NoCluster as reason:
        pytest.skip(str(reason))
    print(report)
    assert report["promised"] > 0
    assert report["faults"] == [], f"seed {SEED}"


def _brokers() -> int:
    """One, or none where no real Kafka can be had: then all the rest is struck."""
    try:
        jars()
    except NoKafka as reason:
        print(f"Without Kafka: {reason}")
        return 0
    return 1
