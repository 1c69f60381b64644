"""A region to fold in: on an in-memory broker that is the test's own, and on a real Kafka."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.brokers import KINDS_IN_LENGTH
from tests.servers.kafka import fresh_prefix, one_kafka
from tests.servers.minikafka import MiniKafkaProcess
from tests.stream_region import StreamRegion


@pytest.fixture(params=KINDS_IN_LENGTH)
def region(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StreamRegion]:
    if request.param == "kafka":
        yield from _stand(StreamRegion(one_kafka().address, tmp_path, fresh_prefix()))
        return
    with MiniKafkaProcess() as kafka:
        yield from _stand(StreamRegion(kafka.address, tmp_path))


def _stand(stand: StreamRegion) -> Iterator[StreamRegion]:
    stand.set_up()
    try:
        yield stand
    finally:
        stand.close()
