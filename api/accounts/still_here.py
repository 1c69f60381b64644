"""Whether the sessions behind all open sockets still live: one question a round, however many there are."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool

from api.accounts.bell import Bell
from api.accounts.roles import Account

log = logging.getLogger(__name__)

EVERY_S = 5.0


@dataclass(eq=False, slots=True)
class _Screen:
    account: Account
    over: asyncio.Event = field(default_factory=asyncio.Event)


class StillHere:
    """Only the event loop touches it. Nobody asks while nobody waits.

    living  : those of these tokens whose session lives, with whose it is, kept alive by being asked for; from
              a thread
    changed : rings when this process ended a session, and the next round begins at once
    """

    def __init__(self, living: Callable[[Collection[str]], Mapping[str, Account]], changed: Bell) -> None:
        self._living, self._changed = living, changed
        self._waiting: dict[str, list[_Screen]] = {}
        self._rounds: asyncio.Task[None] | None = None

    async def until_over(self, token: str, account: Account) -> None:
        """Returns when the session of this token is over, or is not any more for what it was opened as: who
        lost a role must not go on hearing what is for it."""
        screen = _Screen(account)
        self._waiting.setdefault(token, []).append(screen)
        if self._rounds is None or self._rounds.done():
            self._rounds = asyncio.create_task(self._go_round())
        try:
            await screen.over.wait()
        finally:
            mine = self._waiting[token]
            mine.remove(screen)
            if not mine:
                del self._waiting[token]

    async def _go_round(self) -> None:
        ring = self._next_ring()
        try:
            while self._waiting:
                await ring
                ring = self._next_ring()  # before the question: who rings while it is asked is heard
                await asyncio.sleep(0)
                await self._ask(list(self._waiting))
        finally:
            ring.cancel()

    def _next_ring(self) -> asyncio.Task[None]:
        return asyncio.create_task(self._changed.wait(EVERY_S))

    async def _ask(self, tokens: list[str]) -> None:
        try:
            living = await run_in_threadpool(self._living, tokens)
        except OperationalError:
            # A book that cannot be read signs nobody out in mid-call.
            log.warning("The book of sessions could not be read; the open screens are asked about again")
            return
        for token in tokens:
            for screen in self._waiting.get(token, ()):
                if living.get(token) != screen.account:
                    screen.over.set()
