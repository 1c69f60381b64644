"""Faust goes back to the committed places while records are on their way; see `faust_cures`."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP

from api.streams.aiokafka_host import Pace
from api.streams.broker_settings import BrokerSettings
from api.streams.faust_cures import Cures, patched_consumer
from api.streams.faust_host import FaustWorker
from tests.stream_records import LIMITS

PLACE = TP("pings", 0)


class Partition:
    """Ten records, handed out three at a time from where it stands; `committed` is 2."""

    def __init__(self) -> None:
        self.stands = 2

    async def getmany(self, active: Any, timeout: float) -> dict[TP, list[Any]]:
        await asyncio.sleep(0)
        found = list(range(self.stands, min(self.stands + 3, 10)))
        self.stands += len(found)
        if not found:
            await asyncio.sleep(0.01)
        return {PLACE: [SimpleNamespace(offset=offset) for offset in found]} if found else {}

    def highwater(self, place: TP) -> int:
        return 10

    async def seek_to_committed(self) -> dict[TP, int]:
        self.stands = 2
        return {PLACE: 2}


async def _heard(cures: Cures) -> list[int]:
    """What reaches the agents when a rebalance goes back while the second fetch is handed on."""
    app = FaustWorker(BrokerSettings("127.0.0.1:9"), LIMITS, Pace(), partitions=1).app
    heard: list[int] = []
    consumer: Any = None
    seeking: list[asyncio.Task[None]] = []

    async def callback(message: Any) -> None:
        heard.append(message.offset)
        if message.offset == 6 and not seeking:
            seeking.append(asyncio.ensure_future(consumer.perform_seek()))
            heard.clear()  # what was heard before the rebalance was not committed, so it counts for nothing
            await asyncio.sleep(0.05)

    consumer = patched_consumer(cures)(
        app.transport,
        callback=callback,
        on_partitions_revoked=callback,
        on_partitions_assigned=callback,
        loop=asyncio.get_running_loop(),
    )
    consumer._thread = Partition()
    consumer._set_active_tps({PLACE})
    consumer._to_message = lambda place, record: record
    consumer.flow_active = True
    consumer.can_resume_flow.set()
    consumer.suspend_flow.clear()
    fetcher = SimpleNamespace(_stopped=asyncio.Event())
    draining = asyncio.ensure_future(consumer._drain_messages(fetcher))
    await asyncio.sleep(0.5)
    fetcher._stopped.set()
    draining.cancel()
    await asyncio.gather(draining, *seeking, return_exceptions=True)
    return heard


@pytest.mark.parametrize("cured", [True, False])
def test_what_was_not_committed_is_heard_again_whole(cured: bool):
    heard = asyncio.run(_heard(Cures(steady_seek=cured)))
    missing = set(range(2, 10)) - set(heard)
    assert bool(missing) is not cured, heard
