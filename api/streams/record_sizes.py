"""How large a record of each topic may be: what is larger Kafka refuses, again at every attempt."""

from typing import Final

from api.streams.sinks import Sent
from api.streams.topics import TOPICS

USUAL: Final = 1_048_588
"""Bytes. Kafka's own limit, where a topic has none of ours."""
ROOM: Final = 1024
"""For what Kafka writes around each record."""
LIMITS: Final = {topic.name: int(topic.settings.get("max.message.bytes", USUAL)) - ROOM for topic in TOPICS}


def size(record: Sent) -> int:
    """Bytes before they are compressed: nobody can rely on how much that saves."""
    headers = sum(len(name) + len(value) for name, value in record.headers)
    return len(record.key or b"") + len(record.value or b"") + headers


def is_too_large(record: Sent) -> bool:
    return size(record) > LIMITS[record.topic]
