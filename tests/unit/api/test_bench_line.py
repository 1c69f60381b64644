"""The client of the benchmarks: cheap, and still not fooled."""

import json
import socket
import threading
from collections.abc import Iterator

import pytest

from api.bench.line import Line


@pytest.fixture
def answered() -> Iterator:
    """A line to somebody who answers each request with the next of these pieces."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def opened(*answers: list[bytes]) -> tuple[Line, list[bytes]]:
        def serve() -> None:
            caller, _ = listener.accept()
            with caller:
                for pieces in answers:
                    heard.append(caller.recv(65536))
                    for piece in pieces:
                        caller.sendall(piece)

        threading.Thread(target=serve, daemon=True).start()
        return Line("127.0.0.1", listener.getsockname()[1], "a-token"), heard

    yield opened
    listener.close()


def test_an_answer_in_pieces_is_put_together_and_the_line_stays_open(answered):
    line, heard = answered(
        [b"HTTP/1.1 200 OK\r\ncontent-le", b"ngth: 7\r\n\r\n[1,", b"2,3]"],
        [b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}"],
    )
    with line:
        assert line.ask("GET", "/numbers") == [1, 2, 3]
        assert line.ask("POST", "/things", {"a": 1}) == {}
    assert heard[0].startswith(b"GET /numbers HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"Authorization: Bearer a-token\r\n" in heard[0]
    assert json.loads(heard[1].split(b"\r\n\r\n")[1]) == {"a": 1}


@pytest.mark.parametrize(
    ("pieces", "sentence"),
    [
        ([b'HTTP/1.1 409 Conflict\r\nContent-Length: 9\r\n\r\n"too bad"'], "409.*too bad"),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"], "without its length"),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"], "closed the line"),
    ],
)
def test_what_is_no_good_answer_is_told(answered, pieces, sentence):
    line, _ = answered(pieces)
    with line, pytest.raises(RuntimeError, match=sentence):
        line.send(line.request("GET", "/"))
