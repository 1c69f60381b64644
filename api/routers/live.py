"""WS /live: the ordered feed, resumable from any position."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Query, WebSocket, WebSocketDisconnect
from starlette.concurrency import run_in_threadpool

from api.accounts.guard import signed_in_socket, until_signed_out
from api.accounts.roles import Account
from api.centre import Centre
from api.console_files import build_at
from api.feed import VIEWS, Client, chained, event_frame, rows_since
from api.hand import now
from api.lens import sees_all
from api.measure import LET_GO
from api.room import Room

router = Room()

LONGEST_CATCH_UP = 5_000
"""Who missed more is told that a snapshot is cheaper; what was missed is sent all the same."""
PAGE = 500
TOO_SLOW = 4408
SIGN_IN_AGAIN = 4401
LONGEST_SEND_S = 8.0
"""A screen that takes nothing for so long is not looked at; the same as one that is gone."""
GOODBYE_S = 1.0


@router.websocket("/live")
async def live(
    websocket: WebSocket,
    account: Annotated[Account, Depends(signed_in_socket)],
    after: Annotated[int | None, Query(ge=0)] = None,
) -> None:
    """Frames are JSON texts: hello, event, rows, traffic, alarms, positions, heartbeat.

    after : the seq of the newest rows the client has, for a line may break between a fact and its rows; 0
            tells everything from the first fact, without it only what happens from now on is told
    """
    centre: Centre = websocket.app.state.centre
    await websocket.accept()
    try:
        await _until_one_ends(
            _tell(websocket, centre, account, after), _drain(websocket), _watch(websocket, account)
        )
    except (WebSocketDisconnect, RuntimeError):
        pass  # gone: it will come back with its last seq
    except TimeoutError:
        await _let_go(websocket)


async def _until_one_ends(*parts: Coroutine[Any, Any, None]) -> None:
    """Run all of them; as soon as one ends the others are ended too, or they would go on for ever."""
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


async def _tell(websocket: WebSocket, centre: Centre, account: Account, after: int | None) -> None:
    """Hello, what was missed, then all that happens. Raises TimeoutError where the client takes too long."""
    position = centre.views.position
    build = await run_in_threadpool(build_at, websocket.app.state.console)
    await _send(websocket, {**_hello(centre, position, after), "build": build})
    reached = position if after is None else min(after, position)
    missed_from = reached
    while sees_all(account) and centre.views.position - reached > PAGE:
        # A long way back is told in pages before joining: meanwhile nothing piles up in the queue.
        reached = await _send_page(websocket, centre, reached, centre.views.position)
    client = centre.feed.join(account)
    try:
        position = centre.views.position
        if missed_from < position:
            if sees_all(account):
                await _send_events(websocket, centre, reached, position)
            await _send(websocket, await run_in_threadpool(_rows, centre, account, missed_from))
        await _send(websocket, centre.traffic.frame())
        await _send(websocket, centre.alarms.frame(desk=sees_all(account)))
        await _hand_on(client, position, partial(_send_text, websocket))
    finally:
        centre.feed.leave(client)


async def _hand_on(client: Client, position: int, send: Callable[[str], Awaitable[None]]) -> None:
    """All that happens, in order, while the client keeps up. Raises TimeoutError where it does not."""
    while True:
        for text in await client.take():
            if client.too_slow:  # looked at before each: what was taken at once takes a slow line long
                raise TimeoutError
            if not _already_sent(text, position):
                await send(text)


def _hello(centre: Centre, position: int, after: int | None) -> dict[str, Any]:
    """`resync` where the client's seq is not of this log, or so old that a snapshot is cheaper, or that rows
    which changed since are at rest."""
    oldest = max(position - LONGEST_CATCH_UP, centre.views.complete_since)
    far = after is not None and (after > position or 0 < after < oldest)
    return {
        "type": "hello",
        "seq": position,
        "epoch": centre.epoch,
        "now": now().isoformat(),
        "resync": far,
    }


async def _send_events(websocket: WebSocket, centre: Centre, after: int, until: int) -> None:
    """The facts behind `after`, up to `until`, which is the place of one."""
    while after < until:
        after = await _send_page(websocket, centre, after, until)


async def _send_page(websocket: WebSocket, centre: Centre, after: int, until: int) -> int:
    """Some of them; the place of the last one sent, or `until` where there are none."""
    batch = await run_in_threadpool(centre.desk.log.select, after + 1, PAGE, until)
    for prev, seq, fact in chained(after, batch):
        await _send(websocket, event_frame(prev, seq, fact))
    return batch[-1][0] if batch else until


def _rows(centre: Centre, account: Account, after: int) -> dict[str, Any]:
    """Every row that changed since, as it stands now."""
    seq, rows = centre.views.picture(*VIEWS)
    dressed = {view: centre.dress.rows(view, found) for view, found in rows.items()}
    return {**rows_since(account, after, dressed), "seq": seq}


def _already_sent(text: str, position: int) -> bool:
    """Facts that the catch-up carried may also wait in the queue; rows are idempotent and pass."""
    if not text.startswith('{"type":"event"'):
        return False
    return int(json.loads(text)["seq"]) <= position


async def _drain(websocket: WebSocket) -> None:
    """Clients have nothing to say here; reading tells when they leave."""
    while True:
        await websocket.receive_text()


async def _watch(websocket: WebSocket, account: Account) -> None:
    """A logout ends the feed too, at once, and so does another role: no alerts after it."""
    await until_signed_out(websocket, account)
    await websocket.close(SIGN_IN_AGAIN, "sign in again")


async def _let_go(websocket: WebSocket) -> None:
    """Say why, if it still listens; the line is closed in any case."""
    LET_GO.inc()
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
        async with asyncio.timeout(GOODBYE_S):
            await websocket.close(TOO_SLOW, "too slow: come back with your last seq")


async def _send(websocket: WebSocket, frame: dict[str, Any]) -> None:
    await _send_text(websocket, json.dumps(frame, ensure_ascii=False, separators=(",", ":")))


async def _send_text(websocket: WebSocket, text: str) -> None:
    """Send, unless the client has not made room for it for too long. Raises TimeoutError."""
    async with asyncio.timeout(LONGEST_SEND_S):
        await websocket.send_text(text)
