"""A client that stops reading, or reads too slowly, is let go; nobody waits for it; it comes back right."""

import json
import socket
import threading
import time
from pathlib import Path

import httpx

from tests.desk_work import DeskWork, a_call
from tests.feed_reader import listening
from tests.server import API, ok

LONG = {"complaint": "ệ" * 1_990, "address": "ệ" * 490}
"""A call of 7 kB, told once as a fact and once as a row, so that the buffers between us fill soon."""


def open_feeds(server):
    """How many feeds the service believes to be open."""
    text = httpx.get(f"{server.url}/metrics", trust_env=False, timeout=10).text
    return next(
        float(line.split()[1]) for line in text.splitlines() if line.startswith("vigil_feed_clients ")
    )


def deaf_client(server):
    """A socket that asks for the feed and never reads; its buffer is as small as it can be."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", server.port))
    path = f"{API}/live?token={server.token('dispatcher')}"
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    ]
    line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    return line


TRICKLE = 4096, 0.1
"""Bytes at a time, and the pause after them: less than half of what is said."""
FIRST = 1_000
"""Calls before anything is measured: they fill what the service keeps of the newest facts."""
MOST_MEMORY_MB = 150
"""More than the flood after them leaves behind in log and views."""


class SlowReader:
    """Takes in a trickle what comes until the server ends it, then all that is on its way."""

    def __init__(self, line):
        self._line, self._bytes, self.trickles = line, bytearray(), True
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self):
        size, pause_s = TRICKLE
        try:
            while chunk := self._line.recv(size if self.trickles else 1 << 20):
                self._bytes += chunk
                if self.trickles:
                    time.sleep(pause_s)
        except OSError:
            pass  # the server hung up with something on its way

    def frames(self):
        """What it was told, in order, and how the server said goodbye: (frames, (code, reason))."""
        self.trickles = False
        self._thread.join(timeout=20)
        told, goodbye = [], None
        rest = bytes(self._bytes).partition(b"\r\n\r\n")[2]
        while len(rest) >= 2:
            kind, size, at = rest[0] & 0x0F, rest[1] & 0x7F, 2
            if size >= 126:
                at += 2 if size == 126 else 8
                size = int.from_bytes(rest[2:at], "big")
            content, rest = rest[at : at + size], rest[at + size :]
            if len(content) < size:
                break  # cut off in the middle
            if kind == 8:
                goodbye = int.from_bytes(content[:2], "big"), content[2:].decode()
            elif kind == 1:
                told.append(json.loads(content))
        return told, goodbye


def memory_mb(server):
    status = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1000


def test_a_client_that_reads_in_a_trickle_costs_little_is_told_why_it_is_cut_and_comes_back_right(own_server):
    with own_server.client() as client:
        for _ in range(FIRST):
            ok(client.post("/calls", json=a_call(**LONG)), 201)
    with own_server.client() as client, listening(own_server.socket_url()) as feed:
        feed.until_rows(DeskWork(client).call()["seq"])
        begins = own_server.position()
        slow = SlowReader(deaf_client(own_server))
        while open_feeds(own_server) < 2:
            time.sleep(0.05)
        before = memory_mb(own_server)
        longest, began, gone = 0.0, time.monotonic(), threading.Event()

        def write():
            with own_server.client("supervisor") as other:
                while not gone.is_set():
                    ok(other.post("/calls", json=a_call(**LONG)), 201)

        writer = threading.Thread(target=write)
        writer.start()
        looked = began
        try:
            while True:
                waited = time.monotonic()
                feed.until(lambda frame: frame["type"] == "event")
                longest = max(longest, time.monotonic() - waited)
                if time.monotonic() - looked > 0.5:
                    looked = time.monotonic()
                    if open_feeds(own_server) < 2:
                        break
                assert time.monotonic() - began < 90, "the slow client is still waited for"
        finally:
            gone.set()
            writer.join()
            told, goodbye = slow.frames()
        grown = memory_mb(own_server) - before
        took = time.monotonic() - began
        print(f"let go after {took:.1f} s, {grown:.0f} MB; {longest:.3f} s; {goodbye}; {len(told)} frames")
        assert longest < 2.0
        assert grown < MOST_MEMORY_MB
        facts = [frame["seq"] for frame in told if frame["type"] == "event"]
        assert facts == list(range(begins + 1, begins + 1 + len(facts))), "it was told facts out of order"
        # nothing is said where a ping of the socket itself was not answered in time
        assert goodbye is None or goodbye == (4408, "too slow: come back with your last seq")
        with listening(own_server.socket_url(after=facts[-1] - 1)) as again:  # its rows may not have come
            end = own_server.position()
            again.until_rows(end)
            feed.until_rows(end)
            assert again.every_one(facts[-1], end)
            assert again.rows("calls") == {
                call: row for call, row in feed.rows("calls").items() if row["seq"] >= facts[-1]
            }


def test_a_client_that_stops_reading_is_let_go_and_others_are_not_delayed(own_server):
    with own_server.client() as client, listening(own_server.socket_url()) as feed:
        feed.until_rows(DeskWork(client).call()["seq"])
        deaf = deaf_client(own_server)
        while open_feeds(own_server) < 2:
            time.sleep(0.05)
        gone = threading.Event()

        def write():
            with own_server.client("supervisor") as other:
                while not gone.is_set():
                    ok(other.post("/calls", json=a_call(**LONG)), 201)

        writers = [threading.Thread(target=write) for _ in range(3)]
        for writer in writers:
            writer.start()
        began = looked = time.monotonic()
        longest = 0.0
        try:
            while True:
                waited = time.monotonic()
                feed.until(lambda frame: frame["type"] == "event")
                longest = max(longest, time.monotonic() - waited)
                if time.monotonic() - looked > 0.5:
                    looked = time.monotonic()
                    if open_feeds(own_server) < 2:
                        break
                assert time.monotonic() - began < 30, "the deaf client is still waited for"
        finally:
            gone.set()
            for writer in writers:
                writer.join()
            deaf.close()
        print(f"let go after {time.monotonic() - began:.1f} s; others waited at most {longest:.3f} s")
        assert longest < 2.0
        end = own_server.position()
        feed.until_rows(end)
        assert feed.every_one(feed.seqs()[0], end)
