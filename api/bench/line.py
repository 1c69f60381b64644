"""A client that costs next to nothing, so that what is measured is the server.

One kept-open HTTP/1.1 connection, one request at a time, answers with a Content-Length. It writes the bytes
and reads until it has them all; nothing is decoded unless asked for.
"""

import json
import socket
from typing import Any, Self


class Line:
    """A connection to the server under test, signed in by a token."""

    def __init__(self, host: str, port: int, token: str) -> None:
        self._socket = socket.create_connection((host, port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._where = {"host": host, "port": port, "token": token}
        self._head = f"Host: {host}:{port}\r\nAuthorization: Bearer {token}\r\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def whereabouts(self) -> dict[str, Any]:
        """{host, port, token}: for another process to do the same."""
        return dict(self._where)

    def request(self, method: str, path: str, body: Any = None) -> bytes:
        """The bytes of a request: they can be made before the clock runs."""
        content = b"" if body is None else json.dumps(body).encode()
        typed = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n" if content else ""
        return f"{method} {path} HTTP/1.1\r\n{self._head}{typed}\r\n".encode() + content

    def send(self, request: bytes) -> bytes:
        """The body of the answer. Raises RuntimeError with its beginning where the status is not 2xx."""
        self._socket.sendall(request)
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._receive()
        head = got[:end].lower()
        mark = head.find(b"content-length:")
        if mark < 0:
            raise RuntimeError(f"An answer without its length: {head!r}")
        length = int(head[mark + 15 :].split(b"\r\n", 1)[0])
        parts, had = [got[end + 4 :]], len(got) - end - 4
        while had < length:
            parts.append(self._receive())
            had += len(parts[-1])
        content = b"".join(parts)
        if head[9:10] != b"2":
            raise RuntimeError(f"{head[:12].decode()}: {content[:300].decode(errors='replace')}")
        return content

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The answer, decoded."""
        return json.loads(self.send(self.request(method, path, body)))

    def _receive(self) -> bytes:
        got = self._socket.recv(1 << 18)
        if not got:
            raise RuntimeError("The server closed the line.")
        return got
