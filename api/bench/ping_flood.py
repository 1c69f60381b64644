"""As many position reports as a server takes, from a process of its own, by HTTP or through an MQTT broker.

Reads one JSON line {way, host, port, token | user+password, units, first_s, number, batch, pace}, makes all
messages, says "ready", waits for a line, sends, and says in one JSON line how long that took.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from math import cos, sin
from typing import Any

LINES = 4
"""Connections side by side."""
ON_THE_WAY = 1_000
"""Messages that a broker has not acknowledged yet."""
STEP = 0.0001  # degrees a second: 11 m
HERE = 10.77, 106.69

Report = dict[str, Any]


def reports(units: list[str], first_s: int, number: int) -> Iterator[Report]:
    """So many reports, a second apart for each unit, which drive in small circles."""
    for place in range(number):
        second, unit = divmod(place, len(units))
        turn = second / 10
        yield {
            "callsign": units[unit],
            "at_s": first_s + second,
            "lat": HERE[0] + unit * 1e-4 + 10 * STEP * sin(turn),
            "lon": HERE[1] + 10 * STEP * cos(turn),
        }


def by_http(order: dict[str, Any]) -> tuple[list[bytes], list[int]]:
    """Requests, and how many reports each holds."""
    said = [
        {
            "callsign": each["callsign"],
            "at": datetime.fromtimestamp(each["at_s"], UTC).isoformat(),
            "lat": each["lat"],
            "lon": each["lon"],
            "speed_mps": 11.0,
            "heading_deg": 90.0,
            "accuracy_m": 5.0,
        }
        for each in reports(order["units"], order["first_s"], order["number"])
    ]
    batches = [said[i : i + order["batch"]] for i in range(0, len(said), order["batch"])]
    return [_request(order, batch) for batch in batches], [len(batch) for batch in batches]


def _request(order: dict[str, Any], batch: list[Report]) -> bytes:
    body = json.dumps(batch).encode()
    head = (
        f"POST /api/v1/pings HTTP/1.1\r\nHost: {order['host']}:{order['port']}\r\n"
        f"Authorization: Bearer {order['token']}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def send_by_http(order: dict[str, Any], requests: list[bytes]) -> int:
    """How often the server was busy; each such request was sent again."""
    waiting = iter(requests)
    pause_s = order["batch"] / order["pace"] if order.get("pace") else 0.0
    began, sent, busy = time.monotonic(), 0, 0

    async def one_line() -> None:
        nonlocal sent, busy
        reader, writer = await asyncio.open_connection(order["host"], order["port"])
        for request in waiting:
            if pause_s:
                await asyncio.sleep(max(0.0, began + sent * pause_s - time.monotonic()))
            sent += 1
            while True:
                writer.write(request)
                status = await _status(reader)
                if status == 202:
                    break
                if status != 503:
                    raise RuntimeError(f"The server answered {status}.")
                busy += 1
                await asyncio.sleep(0.05)
        writer.close()

    await asyncio.gather(*(one_line() for _ in range(LINES)))
    return busy


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    await reader.readexactly(length)
    return int(head[9:12])


def by_mqtt(order: dict[str, Any]) -> list[bytes]:
    """Packets as phones with OwnTracks send them, QoS 1. By hand: a library would be what is measured."""
    packets = []
    for place, each in enumerate(reports(order["units"], order["first_s"], order["number"])):
        said = {"_type": "location", "tst": each["at_s"], "lat": each["lat"], "lon": each["lon"],
                "vel": 40, "cog": 90, "acc": 5, "tid": "be", "batt": 80, "conn": "m"}  # fmt: skip
        number = (place % 65_535 + 1).to_bytes(2, "big")
        topic = _text(f"owntracks/bench/{each['callsign']}")
        packets.append(_packet(0x32, topic + number + json.dumps(said).encode()))
    return packets


async def send_by_mqtt(order: dict[str, Any], packets: list[bytes]) -> None:
    """Returns when the broker has acknowledged all of them; so many are on their way at most."""
    reader, writer = await asyncio.open_connection(order["host"], order["port"])
    hello = _text("MQTT") + b"\x04\xc2\x00\x3c" + _text("") + _text(order["user"]) + _text(order["password"])
    writer.write(_packet(0x10, hello))
    if (await reader.readexactly(4))[3] != 0:
        raise RuntimeError("The broker does not let us in.")
    room, acknowledged = asyncio.Semaphore(ON_THE_WAY), 0

    async def hear() -> None:
        nonlocal acknowledged
        while acknowledged < len(packets):
            await reader.readexactly(4)  # each PUBACK
            acknowledged += 1
            room.release()

    hearing = asyncio.create_task(hear())
    for packet in packets:
        await room.acquire()
        writer.write(packet)
    await hearing
    writer.close()


def _packet(kind: int, content: bytes) -> bytes:
    length, rest = bytearray(), len(content)
    while True:
        rest, low = divmod(rest, 128)
        length.append(low | (0x80 if rest else 0))
        if not rest:
            return bytes([kind]) + bytes(length) + content


def _text(said: str) -> bytes:
    return len(said.encode()).to_bytes(2, "big") + said.encode()


def main() -> None:
    order = json.loads(sys.stdin.readline())
    requests = by_http(order)[0] if order["way"] == "http" else []
    messages = by_mqtt(order) if order["way"] == "mqtt" else []
    print("ready", flush=True)
    sys.stdin.readline()
    began, busy = time.monotonic(), 0
    if order["way"] == "http":
        busy = asyncio.run(send_by_http(order, requests))
    else:
        asyncio.run(send_by_mqtt(order, messages))
    print(json.dumps({"seconds": time.monotonic() - began, "busy": busy}), flush=True)


if __name__ == "__main__":
    main()
