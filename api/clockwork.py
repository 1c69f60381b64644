"""What the service does by itself as time passes: heartbeats, positions, promises that run out."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool

from api import clinician_desk, lens
from api.alarm_clock import AlarmClock
from api.alarms import ROADS_FAIL, STORE_AWAY
from api.assignment_clock import AssignmentClock
from api.caller_books import CallerBooks
from api.care_clock import CareClock
from api.centre import Centre
from api.hand import machine_act, now
from dispatch.handlers.expire_promises import ExpirePromises, expire_promises
from dispatch.handlers.expire_traffic import ExpireTraffic, expire_traffic
from dispatch.reactions.expiry import due_hindrances, due_promises
from domain.errors import Refused
from domain.ports import Roads
from domain.values import Position

log = logging.getLogger("vigil.clockwork")

HEARTBEAT_S = 1.5
POSITIONS_S = 1.0
EXPIRY_S = 1.0
ROADS_S = 1.0
ASSIGNMENTS_S = 0.5
CLINICIANS_S = 2.0
ALARMS_S = 1.0
BOOKS_S = 0.25
STORE_S = 0.5


@asynccontextmanager
async def running(centre: Centre) -> AsyncIterator[None]:
    """The clockwork turns while the context lasts."""
    centre.dress.reopening.at = now()
    assignments, care, books = AssignmentClock(centre), CareClock(centre), CallerBooks(centre)
    alarms = AlarmClock(centre)
    jobs = [
        asyncio.create_task(_every(ASSIGNMENTS_S, lambda: run_in_threadpool(assignments.turn))),
        asyncio.create_task(_every(ALARMS_S, lambda: run_in_threadpool(alarms.turn))),
        asyncio.create_task(_every(HEARTBEAT_S, lambda: _heartbeat(centre))),
        asyncio.create_task(_every(POSITIONS_S, lambda: _positions(centre))),
        asyncio.create_task(_every(EXPIRY_S, lambda: run_in_threadpool(_expire, centre))),
        asyncio.create_task(_every(EXPIRY_S, lambda: run_in_threadpool(care.turn))),
        asyncio.create_task(_every(BOOKS_S, lambda: run_in_threadpool(books.turn))),
        asyncio.create_task(_every(CLINICIANS_S, lambda: run_in_threadpool(clinician_desk.ring, centre))),
        asyncio.create_task(_every(ROADS_S, lambda: run_in_threadpool(_watch_roads, centre))),
        asyncio.create_task(_every(STORE_S, lambda: _watch_store(centre))),
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
        },
        at_scene=lambda: lens.at_scene(centre.views.rows("units")),
    )


def _expire(centre: Centre) -> None:
    for due in due_promises(centre.views.rows("hospitals"), now()):
        command = ExpirePromises(machine_act("clock"), due.hospital_id, due.bed_kinds)
        try:
            centre.order(command, expire_promises)
        except Refused as refusal:
            log.warning("A promise at %s could not be taken back: %s", due.hospital_id, refusal)
    over = due_hindrances(centre.views.rows("traffic"), now())
    if over:
        # Named by what ended and the change it stood at: looked at twice before the view has it, one order.
        act = machine_act("clock", "expire_traffic", centre.traffic.change, *over)
        centre.order(ExpireTraffic(act, centre.city.id), expire_traffic)


def _watch_roads(centre: Centre) -> None:
    """A failing road engine is every screen's business, until it answers again."""
    failing = centre.failing_roads()
    if failing:
        centre.alarms.sound("roads", ROADS_FAIL, now())
        # The same questions again: perhaps nobody is asking just now, and an answer by road ends the trouble.
        ask_again(centre.desk.roads, failing, centre.city.centre)
    else:
        centre.alarms.end("roads")


async def _watch_store(centre: Centre) -> None:
    """Whoever dispatches must know that nothing is stored, before the next order is refused."""
    if centre.stores.writable:
        centre.alarms.end("store")
    else:
        centre.alarms.sound("store", STORE_AWAY, now())


def ask_again(roads: Roads, questions: Sequence[str], here: Position) -> None:
    """Put these kinds of questions about one place, as cheaply as they can be put."""
    for question in questions:
        match question:
            case "covers":
                roads.covers(here)
            case "to_scene":
                roads.to_scene([here], here, "van")
            case "from_scene":
                roads.from_scene(here, [here], "van")
            case "table":
                roads.table([here], [here], "van")
            case "route":
                roads.route(here, here, "van")
            case "reach":
                roads.reach([here], [60.0], "van")
