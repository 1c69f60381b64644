"""The plain host, in processes of its own; killed and joined in the midst of it."""

import pytest

from tests.contract.streams.kafka_contract import KafkaContract
from tests.stream_region import StreamRegion


class TestPlainWorkers(KafkaContract):
    host = "plain"

    @pytest.fixture(autouse=True)
    def stand_in(self, region: StreamRegion) -> None:
        self.stand = region
