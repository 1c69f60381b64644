"""The least a feed can cost: given texts, sent to every socket by the websockets library alone.

Reads one JSON line {clients, pace, texts}, says {"port": n}, waits until that many sockets are open, then
sends one text after the other, `pace` a second, and says {"sent": [seconds, ...]} of the clock that all
processes share. Ends with its input.
"""

import asyncio
import json
import sys
from time import CLOCK_REALTIME, clock_gettime
from typing import Any

from websockets.asyncio.server import ServerConnection, broadcast, serve


async def main() -> None:
    loop = asyncio.get_running_loop()
    order: dict[str, Any] = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    sockets: set[ServerConnection] = set()
    full = asyncio.Event()

    async def hold(socket: ServerConnection) -> None:
        sockets.add(socket)
        if len(sockets) == order["clients"]:
            full.set()
        await socket.wait_closed()
        sockets.discard(socket)

    async with serve(hold, "127.0.0.1", 0, compression=None) as server:
        print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
        await full.wait()
        await asyncio.sleep(1)
        sent, began = [], loop.time()
        for turn, text in enumerate(order["texts"]):
            await asyncio.sleep(max(0.0, began + turn / order["pace"] - loop.time()))
            sent.append(clock_gettime(CLOCK_REALTIME))
            broadcast(sockets, text)
        await asyncio.sleep(1)
        print(json.dumps({"sent": sent}), flush=True)
        await loop.run_in_executor(None, sys.stdin.readline)


if __name__ == "__main__":
    asyncio.run(main())
