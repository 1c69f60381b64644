"""WS /live: the ordered feed, resumable from any position."""

import asyncio
import json
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
CHECK_SESSION_S = 15.0


@router.websocket("/live")
async def live(
    websocket: WebSocket, account: Annotated[Account, Depends(signed_in_socket)], after: int = 0
) -> None:
    """Frames are JSON texts: hello, event, rows, positions, heartbeat, resync."""
    centre: Centre = websocket.app.state.centre
    await websocket.accept()
    client = centre.feed.join(account)
    try:
        position = centre.views.position
        await _send(websocket, _hello(centre, position, after))
        if 0 < after < position:
            for frame in await run_in_threadpool(_missed, centre, account, after, position):
                await _send(websocket, frame)
        await asyncio.gather(_pour(websocket, client, position), _drain(websocket), _watch(websocket, client))
    except (WebSocketDisconnect, RuntimeError):
        pass  # gone: it will come back with its last seq
    finally:
        centre.feed.leave(client)


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


async def _pour(websocket: WebSocket, client: Client, position: int) -> None:
    while True:
        for text in await client.take():
            if _already_sent(text, position):
                continue
            await websocket.send_text(text)
        if client.too_slow:
            await websocket.close(TOO_SLOW, "too slow: come back with your last seq")
            return


def _already_sent(text: str, position: int) -> bool:
    """Facts that the catch-up carried may also wait in the queue; rows are idempotent and pass."""
    if not text.startswith('{"type":"event"'):
        return False
    return int(json.loads(text)["seq"]) <= position


async def _drain(websocket: WebSocket) -> None:
    """Clients have nothing to say here; reading tells when they leave."""
    while True:
        await websocket.receive_text()


async def _watch(websocket: WebSocket, client: Client) -> None:
    """A logout ends the feed too: no alerts after it."""
    while True:
        await asyncio.sleep(CHECK_SESSION_S)
        if not await still_signed_in(websocket):
            await websocket.close(SIGN_IN_AGAIN, "sign in again")
            return


async def _send(websocket: WebSocket, frame: dict[str, Any]) -> None:
    await websocket.send_text(json.dumps(frame, ensure_ascii=False, separators=(",", ":")))
