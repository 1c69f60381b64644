"""A city at work beside the one who measures: every unit reports each second, and consoles listen.

A process of its own, so that it costs the measuring client nothing but its share of the machine. Reads one
JSON line {host, port, token, fleet: {callsign: [lat, lon]}, consoles} and runs until its input ends; then it
says in one JSON line how much really happened.
"""

import asyncio
import json
import sys
from datetime import UTC, datetime
from itertools import count
from math import cos, sin
from typing import Any

from websockets.asyncio.client import connect

from api.bench.peopled import Place, ping

LINES = 8
"""Connections that pings come by: units share a gateway."""
STEP = 0.0001  # degrees a second: 11 m


class BusyCity:
    def __init__(self, host: str, port: int, token: str, fleet: dict[str, Place]) -> None:
        self._host, self._port, self._token, self._fleet = host, port, token, fleet
        self.pings = self.frames = 0
        self.longest_s = 0.0

    async def run(self, consoles: int) -> None:
        fleet = list(self._fleet.items())
        jobs = [self._listen() for _ in range(consoles)]
        jobs += [self._report(fleet[i::LINES], i / LINES) for i in range(LINES)]
        await asyncio.gather(*jobs)

    async def _listen(self) -> None:
        url = f"ws://{self._host}:{self._port}/api/v1/live?token={self._token}"
        async with connect(url, max_size=None) as feed:
            async for _ in feed:
                self.frames += 1

    async def _report(self, units: list[tuple[str, Place]], turn: float) -> None:
        """One ping a unit and second, evenly spread over the second."""
        loop = asyncio.get_running_loop()
        reader, writer = await asyncio.open_connection(self._host, self._port)
        began = loop.time() + turn / len(self._fleet)
        for i in count():
            await asyncio.sleep(max(0.0, began + i / len(units) - loop.time()))
            callsign, (lat, lon) = units[i % len(units)]
            bearing = i // len(units) / 10
            place = (lat + STEP * sin(bearing), lon + STEP * cos(bearing))
            sent = loop.time()
            writer.write(self._request(ping(callsign, place, datetime.now(UTC).isoformat())))
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            body = await reader.readexactly(length)
            if b" 202 " not in head[:13] + b" ":
                raise RuntimeError(f"A ping was refused: {body[:200]!r}")
            self.pings += 1
            self.longest_s = max(self.longest_s, loop.time() - sent)

    def _request(self, report: dict[str, Any]) -> bytes:
        body = json.dumps([report]).encode()
        head = (
            f"POST /api/v1/pings HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
            f"Authorization: Bearer {self._token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


async def main() -> None:
    loop = asyncio.get_running_loop()
    order = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    city = BusyCity(order["host"], order["port"], order["token"], order["fleet"])
    work = asyncio.create_task(city.run(order["consoles"]))
    began = loop.time()
    ended = loop.run_in_executor(None, sys.stdin.readline)
    await asyncio.wait({work, asyncio.ensure_future(ended)}, return_when=asyncio.FIRST_COMPLETED)
    if work.done():
        work.result()  # it never ends of itself: tell why it did
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    seconds = loop.time() - began
    said = {"pings_a_second": city.pings / seconds, "frames_a_second": city.frames / seconds}
    print(json.dumps({**said, "longest_ping_s": city.longest_s}), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
