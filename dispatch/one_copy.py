"""Several decisions in one save: each thing is fetched once, and what one changed the next one sees."""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from uuid import UUID

from dispatch.desk import Desk
from domain.base import Aggregate


class OneCopy:
    """A desk whose log hands out the same thing each time it is asked for it.

    What handlers decide on it is kept together: saving two copies of one thing would be a race with oneself.
    """

    def __init__(self, desk: Desk) -> None:
        self._known: dict[UUID, object | None] = {}
        self._changed: dict[UUID, Aggregate] = {}
        log, fetch = copy(desk.log), desk.log.whatever

        def get(its_id: UUID) -> object | None:
            if self._known.get(its_id) is None:
                self._known[its_id] = fetch(its_id)
            return self._known[its_id]

        log._get = get  # type: ignore[method-assign]
        self.desk = replace(desk, log=log)

    def keep(self, changed: Iterable[Aggregate]) -> None:
        """What a handler decided; things that are new are known from here on."""
        for thing in changed:
            self._known[thing.id] = thing
            self._changed[thing.id] = thing

    @property
    def changed(self) -> tuple[Aggregate, ...]:
        return tuple(self._changed.values())
