"""WS /live: the ordered feed, resumable from any position."""

import asyncio
import json
from collections.abc import Coroutine
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, WebSocket, WebSocketDisconnect
from starlette.concurrency import run_in_threadpool

from api.accounts.guard import signed_in_socket, still_signed_in
from api.accounts.roles import Account
from api.centre import Centre
from api.feed import VIEWS, Client, event_frame, rows_since
from api.hand import now
from api.lens import sees_all

router = APIRouter()

LONGEST_CATCH_UP = 5_000
"""Who missed more than this is told to take a fresh snapshot, which is cheaper for both."""
TOO_SLOW = 4408
SIGN_IN_AGAIN = 4401
CHECK_SESSION_S = 5.0
LONGEST_SEND_S = 8.0
"""A screen that takes nothing for so long is not looked at; the same as twice its own patience."""
GOODBYE_S = 1.0


@router.websocket("/live")
async def live(
    websocket: WebSocket, account: Annotated[Account, Depends(signed_in_socket)], after: int = 0
) -> None:
    """Frames are JSON texts: hello, event, rows, positions, heartbeat, resync."""
    centre: Centre = websocket.app.state.centre
    await websocket.accept()
    client = centre.feed.join(account)
    try:
        await _until_one_ends(_tell(websocket, centre, client, after), _drain(websocket), _watch(websocket))
    except (WebSocketDisconnect, RuntimeError):
        pass  # gone: it will come back with its last seq
    except TimeoutError:
        await _let_go(websocket)
    finally:
        centre.feed.leave(client)


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


async def _tell(websocket: WebSocket, centre: Centre, client: Client, after: int) -> None:
    """Hello, what was missed, then all that happens. Raises TimeoutError where the client takes too long."""
    position = centre.views.position
    await _send(websocket, _hello(centre, position, after))
    if 0 < after < position:
        for frame in await run_in_threadpool(_missed, centre, client.account, after, position):
            await _send(websocket, frame)
    while not client.too_slow:
        for text in await client.take():
            if not _already_sent(text, position):
                await _send_text(websocket, text)
    raise TimeoutError


def _hello(centre: Centre, position: int, after: int) -> dict[str, Any]:
    too_far = after > position or position - after > LONGEST_CATCH_UP
    return {
        "type": "hello",
        "seq": position,
        "epoch": centre.epoch,
        "now": now().isoformat(),
        "resync": after > 0 and too_far,
    }


def _missed(centre: Centre, account: Account, after: int, position: int) -> list[dict[str, Any]]:
    """What happened between the client's last seq and the position of the hello."""
    if position - after > LONGEST_CATCH_UP:
        return []
    frames = []
    if sees_all(account):
        frames = [event_frame(seq, fact) for seq, fact in centre.desk.log.select(after + 1, 5_000, position)]
    seq, rows = centre.views.picture(*VIEWS)
    frames.append({**rows_since(account, after, rows), "seq": min(seq, position)})
    return frames


def _already_sent(text: str, position: int) -> bool:
    """Facts that the catch-up carried may also wait in the queue; rows are idempotent and pass."""
    if not text.startswith('{"type":"event"'):
        return False
    return int(json.loads(text)["seq"]) <= position


async def _drain(websocket: WebSocket) -> None:
    """Clients have nothing to say here; reading tells when they leave."""
    while True:
        await websocket.receive_text()


async def _watch(websocket: WebSocket) -> None:
    """A logout ends the feed too: no alerts after it."""
    while True:
        await asyncio.sleep(CHECK_SESSION_S)
        if not await still_signed_in(websocket):
            await websocket.close(SIGN_IN_AGAIN, "sign in again")
            return


async def _let_go(websocket: WebSocket) -> None:
    """Say why, if it still listens; the line is closed in any case."""
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
        async with asyncio.timeout(GOODBYE_S):
            await websocket.close(TOO_SLOW, "too slow: come back with your last seq")


async def _send(websocket: WebSocket, frame: dict[str, Any]) -> None:
    await _send_text(websocket, json.dumps(frame, ensure_ascii=False, separators=(",", ":")))


async def _send_text(websocket: WebSocket, text: str) -> None:
    """Send, unless the client has not made room for it for too long. Raises TimeoutError."""
    async with asyncio.timeout(LONGEST_SEND_S):
        await websocket.send_text(text)
