"""A real connection to PostgreSQL that fails at a moment of one's choice."""

from typing import Any

import psycopg
from psycopg import Connection

from api.postgres.address import Address

HOWS = ("refused", "unsent", "cut before", "cut after")


class Unsent(RuntimeError):
    """Nothing was sent: the fault was on this side."""


class BrokenLine:
    """Passes everything on to the connection, but one statement goes wrong.

    left : how many pass before it
    how  : "refused" by the server, "unsent", or the server's process is ended before or after it was sent
    """

    def __init__(self, connection: Connection[Any], address: Address, left: int, how: str) -> None:
        self._connection, self._address = connection, address
        self._how, self.left = how, left

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    @property
    def broke(self) -> bool:
        return self.left < 0

    def execute(self, statement: Any, parameters: Any = None, **more: Any) -> Any:
        self.left -= 1
        if self.left != -1:
            return self._connection.execute(statement, parameters, **more)
        if self._how == "unsent":
            raise Unsent
        if self._how == "refused":
            return self._connection.execute("SELECT 'no number'::int")
        if self._how == "cut before":
            self._cut()
        answer = self._connection.execute(statement, parameters, **more)
        if self._how == "cut after":
            self._cut()
        return answer

    def _cut(self) -> None:
        with psycopg.connect(self._address.libpq, autocommit=True) as another:
            another.execute("SELECT pg_terminate_backend(%s, 5000)", (self._connection.info.backend_pid,))
