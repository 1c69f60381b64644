"""Several decisions in one save: each thing is fetched once, and what one changed the next one sees."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from dispatch.application import DispatchLog
from dispatch.desk import Desk
from domain.base import Aggregate


class _OnceEach(DispatchLog):
    """Another's log, which hands out everything once. It opens nothing, and so it closes nothing."""

    name = "dispatch"  # the library does not let it be inherited

    def __init__(self, log: DispatchLog) -> None:  # that of the library would open a store
        self._log = log
        self.known: dict[UUID, object | None] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def __del__(self) -> None:
        """The library closes the store of a log that nobody holds any more: this one has none."""

    def close(self) -> None:
        """The store is the other's."""

    def _get(self, its_id: UUID) -> object | None:
        if self.known.get(its_id) is None:
            self.known[its_id] = self._log.whatever(its_id)
        return self.known[its_id]


class OneCopy:
    """A desk whose log hands out the same thing each time it is asked for it.

    What handlers decide on it is kept together: saving two copies of one thing would be a race with oneself.
    """

    def __init__(self, desk: Desk) -> None:
        self._log = _OnceEach(desk.log)
        self._changed: dict[UUID, Aggregate] = {}
        self.desk = replace(desk, log=self._log)

    def keep(self, changed: Iterable[Aggregate]) -> None:
        """What a handler decided; things that are new are known from here on."""
        for thing in changed:
            self._log.known[thing.id] = thing
            self._changed[thing.id] = thing

    @property
    def changed(self) -> tuple[Aggregate, ...]:
        return tuple(self._changed.values())
