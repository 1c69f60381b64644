"""What an outlet leaves behind when it is fenced."""

import asyncio
import gc

import pytest
from aiokafka.errors import KafkaError

from api.streams.broker_settings import BrokerSettings
from api.streams.envelope import Outgoing
from api.streams.outlet import open_outlet
from tests.servers.minikafka import MiniKafka

HEADERS = [("centre", b"saigon"), ("version", b"1")]


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_relay_that_was_fenced_leaves_no_complaint_behind(count):
    """A refusal that nobody looked at is complained of in the service's log, later and elsewhere."""
    complaints: list[str] = []
    batch = [Outgoing(seq, b"%d" % seq, b"x" * 100_000, HEADERS, True) for seq in range(count)]

    async def be_fenced(broker: BrokerSettings) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, said: complaints.append(said["message"]))
        older = await open_outlet(broker, "saigon")
        newer = await open_outlet(broker, "saigon")
        with pytest.raises(KafkaError):
            await older.send(batch)
        await older.close()
        await newer.close()

    with MiniKafka({"vigil.events": 1, "vigil.relay": 1}) as kafka:
        asyncio.run(be_fenced(BrokerSettings(kafka.address)))
        gc.collect()
    assert complaints == []
