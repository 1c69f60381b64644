"""A client that stops reading is let go, and nobody waits for it."""

import socket
import threading
import time

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
        feed.until_rows(own_server.position())
        assert feed.seqs() == list(range(feed.seqs()[0], own_server.position() + 1))
