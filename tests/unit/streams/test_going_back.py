"""Faust goes back to the committed places while records are on their way; see `faust_cures`."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP

from api.streams.broker_settings import BrokerSettings
from api.streams.faust_cures import Cures, patched_consumer
from api.streams.faust_host import FaustWorker
from api.streams.holding import Pace
from tests.stream_records import LIMITS

PLACE = TP("pings", 0)


class Partition:
    """Ten records, handed out three at a time from where it stands, slowly; `committed` is 2."""

    def __init__(self) -> None:
        self.stands = 2
        self.on_the_way = asyncio.Event()
        """Set while the second fetch is."""

    async def getmany(self, active: Any, timeout: float) -> dict[TP, list[Any]]:
        found = list(range(self.stands, min(self.stands + 3, 10)))
        self.stands += len(found)
        if found[:1] == [5]:
            self.on_the_way.set()
        await asyncio.sleep(0.02)
        records = [SimpleNamespace(offset=each, timestamp=0, timestamp_type=0) for each in found]
        return {PLACE: records} if records else {}

    async def seek_to_committed(self) -> dict[TP, int]:
        self.stands = 2
        return {PLACE: 2}


async def _heard_after_going_back(cures: Cures) -> list[int]:
    """What reaches the agents when a rebalance goes back during the second fetch."""
    app = FaustWorker(BrokerSettings("127.0.0.1:9"), LIMITS, Pace(), partitions=1).app
    heard: list[int] = []

    async def callback(bundle: Any) -> None:
        heard.extend(record.offset for record in bundle.records[PLACE])
        bundle.handled.set()

    consumer: Any = patched_consumer(cures, BrokerSettings("127.0.0.1:9"))(
        app.transport,
        callback=callback,
        on_partitions_revoked=callback,
        on_partitions_assigned=callback,
        loop=asyncio.get_running_loop(),
    )
    partition = consumer._thread = Partition()
    consumer._set_active_tps({PLACE})
    consumer.flow_active = True
    consumer.can_resume_flow.set()
    consumer.suspend_flow.clear()
    fetcher = SimpleNamespace(_stopped=asyncio.Event())
    draining = asyncio.ensure_future(consumer._drain_messages(fetcher))
    await partition.on_the_way.wait()
    await consumer.perform_seek()
    heard.clear()  # what was heard before was not committed, so it counts for nothing
    await asyncio.sleep(0.3)
    fetcher._stopped.set()
    draining.cancel()
    await asyncio.gather(draining, return_exceptions=True)
    return heard


@pytest.mark.parametrize("cured", [True, False])
def test_what_was_not_committed_is_heard_again_in_its_order(cured: bool):
    """A place is committed when its record was worked on: none may come before those it has behind it."""
    heard = asyncio.run(_heard_after_going_back(Cures(steady_seek=cured)))
    assert (heard == list(range(2, 10))) is cured, heard
