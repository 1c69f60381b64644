"""Puts facts in letters as the event library's mapper does, only sooner: the same letters."""

from functools import cache
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Mapper, StoredEvent
from eventsourcing.utils import get_topic


class QuickMapper(Mapper[UUID]):
    """What the library asks of every fact anew is asked once a class."""

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        if self.compressor or self.cipher:
            return super().to_stored_event(domain_event)
        kind: Any = type(domain_event)
        topic, class_version = _named(kind)
        told = vars(domain_event).copy()
        told_of, version = told.pop("originator_id"), told.pop("originator_version")
        if class_version > 1:
            told["class_version"] = class_version
        stored = _new(StoredEvent)  # frozen, so its own beginning would put each value by name
        _put(
            stored,
            "__dict__",
            {
                "originator_id": told_of,
                "originator_version": version,
                "topic": topic,
                "state": self.transcoder.encode(told),
            },
        )
        return stored


_new, _put = object.__new__, object.__setattr__


@cache
def _named(kind: Any) -> tuple[str, int]:
    """The topic of a class of facts, and which version of it this is."""
    return get_topic(kind), getattr(kind, "class_version", 1)
