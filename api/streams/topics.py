"""Our topics as data: what their records are called by, how long they stay, and from what they come again.

`docs/topics.md` tells the same for people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
PARTITIONS = 12
LARGEST_RECORD = 4 * 1024 * 1024
"""Bytes. Larger than Kafka's own megabyte: a report on many streets is one event."""

SEED = b'{"seed":true}'
"""The first record of each partition that a group reads; every reader passes over it.

A group whose partition stands at 0, or nowhere, can lose records when a second worker joins while messages
come: aiokafka returns to a committed place only where it is above 0. With a seed there is such a place.
"""


@dataclass(frozen=True, slots=True)
class Topic:
    """key : what its records are called by, in words; settings : Kafka's own names and values.

    partitions : how many; None: as many as all others, for those whose keys must meet in one worker
    seeded : groups read it, see SEED
    """

    name: str
    key: str
    holds: str
    from_what: str
    settings: Mapping[str, str] = field(default_factory=dict)
    partitions: int | None = None
    seeded: bool = False


def kept(days: float, segment_ms: int = 6 * HOUR_MS) -> dict[str, str]:
    """Settings of a topic whose records go after a time."""
    return {
        "cleanup.policy": "delete",
        "retention.ms": str(round(days * DAY_MS)),
        "segment.ms": str(segment_ms),
    }


BROKERS_TIME = {"message.timestamp.type": "LogAppendTime"}
"""A record's time is when the broker had it, whatever its writer's clock says."""


def compacted() -> dict[str, str]:
    """Settings of a topic that keeps the newest record of each key.

    Kafka compacts closed segments only, and by default closes one a week: readers would begin with all of it.
    """
    return {
        "cleanup.policy": "compact",
        "segment.ms": str(10 * MINUTE_MS),
        "min.cleanable.dirty.ratio": "0.1",
    }


TOPICS = (
    Topic(
        "events",
        key="aggregate id",
        holds="the log of each centre, event by event",
        from_what="the centre's log, by vigil relay",
        settings={**kept(30), "max.message.bytes": str(LARGEST_RECORD)},
        seeded=True,
    ),
    Topic(
        "pings",
        key="centre/callsign",
        holds="positions as units report them",
        from_what="nothing; the centres' ping history has them",
        settings=kept(1, HOUR_MS),
        seeded=True,
    ),
    Topic(
        "told",
        key="that of the state it concerns",
        holds="what the folds of vigil stream tell each other, and its ticks; its times are the broker's",
        from_what="events and pings, by vigil stream",
        settings={**kept(1, HOUR_MS), **BROKERS_TIME},
        seeded=True,
    ),
    Topic(
        "stream-state-changelog",
        key="partition|fold|key of the state",
        holds="the newest of each state of vigil stream, with which a worker begins",
        from_what="events, pings and told, by vigil stream",
        settings={**compacted(), "max.message.bytes": str(LARGEST_RECORD)},
    ),
    Topic(
        "fleet",
        key="centre/callsign",
        holds="the newest of each unit",
        from_what="events and pings, by vigil stream",
        settings=compacted(),
    ),
    Topic(
        "alerts",
        key="subject id",
        holds="soft alerts, and what positions mean",
        from_what="events and pings, by vigil stream; the same alert has the same id again",
        settings=kept(30),
    ),
    Topic(
        "figures",
        key="centre",
        holds="counts and waits by minute and hour, beds, the region",
        from_what="events, by vigil stream",
        settings=kept(7),
    ),
    Topic(
        "dead-letters",
        key="that of the record",
        holds="records that no fold could read, or of which more came than Kafka takes, and why",
        from_what="nothing",
        settings=kept(14),
    ),
    Topic(
        "relay",
        key="centre",
        holds="how far each centre's log has been relayed, and when the relay said so last",
        from_what="nothing; without it the relay begins again at the first event",
        settings={**compacted(), **BROKERS_TIME},
        partitions=1,
    ),
    Topic(
        "centres",
        key="centre",
        holds="when each centre said last that it is there",
        from_what="the centres, within seconds",
        settings={**compacted(), **BROKERS_TIME},
        partitions=1,
    ),
)

GROUPS: Mapping[str, tuple[str, ...]] = {"stream": ("events", "pings", "told")}
"""The groups of `vigil stream`, and the topics they read; their names have the prefix, too."""


def partitions_of(topic: Topic, usual: int) -> int:
    return usual if topic.partitions is None else topic.partitions


def is_seed(value: bytes | None) -> bool:
    """For readers of our topics, see `reader.py`; to the folds a seed is a record that says nothing."""
    return value == SEED
