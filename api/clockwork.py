"""What the service does by itself as time passes: heartbeats, positions, promises that run out."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool

from api.centre import Centre
from api.hand import machine_act, now
from dispatch.handlers.expire_promises import ExpirePromises, expire_promises
from dispatch.reactions.expiry import due_promises
from domain.errors import Refused

log = logging.getLogger("vigil.clockwork")

HEARTBEAT_S = 1.5
POSITIONS_S = 1.0
EXPIRY_S = 1.0


@asynccontextmanager
async def running(centre: Centre) -> AsyncIterator[None]:
    """The clockwork turns while the context lasts."""
    jobs = [
        asyncio.create_task(_every(HEARTBEAT_S, lambda: _heartbeat(centre))),
        asyncio.create_task(_every(POSITIONS_S, lambda: _positions(centre))),
        asyncio.create_task(_every(EXPIRY_S, lambda: run_in_threadpool(_expire, centre))),
    ]
    try:
        yield
    finally:
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)


async def _every(seconds: float, job: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await job()
        except Exception:
            log.exception("A regular job failed; it is tried again in %.1f s", seconds)


async def _heartbeat(centre: Centre) -> None:
    centre.feed.heartbeat({"type": "heartbeat", "seq": centre.views.position, "now": now().isoformat()})


async def _positions(centre: Centre) -> None:
    centre.feed.publish_positions(
        lambda: {
            "type": "positions",
            "now": now().isoformat(),
            "positions": centre.telemetry.frame(),
        }
    )


def _expire(centre: Centre) -> None:
    for due in due_promises(centre.views.rows("hospitals"), now()):
        command = ExpirePromises(machine_act("clock"), due.hospital_id, due.bed_kinds)
        try:
            centre.order(command, expire_promises)
        except Refused as refusal:
            log.warning("A promise at %s could not be taken back: %s", due.hospital_id, refusal)
