"""The log as somebody sees it who asks for certain kinds of facts alone: the others are not even read."""

from collections.abc import Iterable
from typing import cast

from dispatch.application import DispatchLog
from domain.base import Fact


class SomeFacts:
    """Half the facts are receipts, advice and numbers, which no view knows; of the bytes it is most."""

    def __init__(self, log: DispatchLog, kinds: Iterable[type[Fact]]) -> None:
        self._log = log
        self._topics = sorted(str(getattr(kind, "TOPIC", kind.__qualname__)) for kind in kinds)

    def select(self, start: int, limit: int, stop: int | None = None) -> list[tuple[int, Fact]]:
        """As `DispatchLog.select`; places leave gaps where other facts stand."""
        if limit < 1:
            return []
        found = self._log.recorder.select_notifications(
            start=start, limit=limit, stop=stop, topics=self._topics
        )
        mapper = self._log.mapper
        return [(each.id, cast(Fact, mapper.to_domain_event(each))) for each in found]
