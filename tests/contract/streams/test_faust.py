"""The Faust host, in processes of its own, on an in-memory broker; killed and joined in the midst of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.streams.kafka_contract import KafkaContract
from tests.servers.minikafka import MiniKafkaProcess
from tests.stream_region import StreamRegion


class TestFaustWorkers(KafkaContract):
    host = "faust"

    @pytest.fixture(autouse=True)
    def region(self, tmp_path: Path) -> Iterator[StreamRegion]:
        with MiniKafkaProcess() as kafka:
            self.stand = StreamRegion(kafka.address, tmp_path)
            self.stand.set_up()
            yield self.stand
            self.stand.close()
