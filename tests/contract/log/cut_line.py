"""A line to PostgreSQL that breaks at a chosen moment: a relay in front of its socket."""

import socket
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from api.postgres.address import Address

COMMITTED = b"COMMIT\x00"


class CutLine:
    """Carries everything to the server and back; when armed, the next word of a COMMIT is lost."""

    def __init__(self, address: Address, folder: Path) -> None:
        self._server = Path(address.host) / f".s.PGSQL.{address.port}"
        self.address = replace(address, host=str(folder))
        self._armed = threading.Event()
        self.cuts = 0
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / f".s.PGSQL.{address.port}"))
        self._door.listen()
        threading.Thread(target=self._welcome, daemon=True).start()

    def arm(self) -> None:
        self._armed.set()

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _welcome(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(str(self._server))
            except OSError:
                client.close()
                continue
            threading.Thread(target=self._carry, args=(client, server, False), daemon=True).start()
            threading.Thread(target=self._carry, args=(server, client, True), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while words := source.recv(65536):
                if answers and COMMITTED in words and self._armed.is_set():
                    self._armed.clear()
                    self.cuts += 1
                    break
                target.sendall(words)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
