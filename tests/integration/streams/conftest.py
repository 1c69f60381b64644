"""A Kafka with the topics of Vigil, in memory and real."""

import asyncio
from collections.abc import Iterator

import pytest

from api.streams.broker_settings import BrokerSettings
from api.streams.set_up import Plan, set_up
from tests.brokers import KINDS, a_broker

PLAN = Plan(partitions=3, copies=1)


@pytest.fixture(params=KINDS)
def empty_broker(request: pytest.FixtureRequest) -> Iterator[BrokerSettings]:
    with a_broker(request.param) as found:
        yield found


@pytest.fixture
def broker(empty_broker: BrokerSettings) -> BrokerSettings:
    asyncio.run(set_up(empty_broker, PLAN))
    return empty_broker
