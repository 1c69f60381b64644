"""What is on its way to PostgreSQL, which works on it in its own process while the caller goes on."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import psycopg
from psycopg import Connection

Statement = tuple[bytes, tuple[Any, ...]]
"""Its letters and its parameters."""


class Sending:
    """Sends statements all at once, and waits for the one answer to them later.

    Until `settle` returns, the connection is theirs alone. Used by one thread.
    """

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self._answer: ExitStack | None = None

    def send(self, statements: Iterable[Statement]) -> None:
        """Returns when the server has begun; waits first for what was sent before.

        To ask for an answer in the middle (`sync`) would wait for ever where a slow server has not taken all
        of it yet. Raises psycopg.Error where one is refused already, or what `statements` raises.
        """
        self.settle()
        with self._undone_if_it_fails(), ExitStack() as answer:
            answer.enter_context(self._connection.pipeline())
            for statement, parameters in statements:
                self._connection.execute(statement, parameters)
            self._answer = answer.pop_all()

    def settle(self) -> None:
        """Wait for the answer, if one is awaited. Raises why the first statement was refused that was."""
        answer, self._answer = self._answer, None
        if answer is not None:
            with self._undone_if_it_fails():
                answer.close()

    @contextmanager
    def _undone_if_it_fails(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            with suppress(psycopg.Error):
                self._connection.rollback()
            raise
