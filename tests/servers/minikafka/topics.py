"""Topics with their settings: metadata, creating, deleting, describing."""

from dataclasses import dataclass, field
from typing import Any

from tests.servers.minikafka.codes import Api, Error
from tests.servers.minikafka.faults import Faults
from tests.servers.minikafka.partition import Partition

NODE = 1
TOPIC, BROKER = 2, 4  # kinds of things that have settings
DEFAULTS = {
    "cleanup.policy": "delete",
    "compression.type": "producer",
    "max.message.bytes": "1048588",
    "min.cleanable.dirty.ratio": "0.5",
    "min.insync.replicas": "1",
    "retention.bytes": "-1",
    "retention.ms": "604800000",
    "segment.ms": "604800000",
}
OVERRIDDEN, DEFAULT = 1, 5  # where a setting comes from


@dataclass
class Topic:
    partitions: list[Partition]
    settings: dict[str, str] = field(default_factory=dict)


class Topics:
    """All topics. `create_when_asked`: whoever asks for a topic that is not there has it made."""

    def __init__(self, create_when_asked: bool, usual_partitions: int, faults: Faults) -> None:
        self._faults = faults
        self._topics: dict[str, Topic] = {}
        self._create_when_asked, self._usual = create_when_asked, usual_partitions

    def make(self, name: str, partitions: int, settings: dict[str, str] | None = None) -> None:
        self._topics[name] = Topic([Partition() for _ in range(partitions)], settings or {})

    def partition(self, topic: str, number: int) -> Partition | None:
        found = self._topics.get(topic)
        return found.partitions[number] if found and 0 <= number < len(found.partitions) else None

    def compacts(self, topic: str) -> bool:
        """Whether it keeps the newest of each key; its records must have one."""
        found = self._topics.get(topic)
        return found is not None and "compact" in found.settings.get("cleanup.policy", "")

    def largest_batch(self, topic: str) -> int:
        """Bytes."""
        return int({**DEFAULTS, **self._topics[topic].settings}["max.message.bytes"])

    # --- answers ----------------------------------------------------------------------------

    def metadata(self, asked: Any, port: int) -> tuple[Any, ...]:
        names = list(self._topics) if asked.topics is None else asked.topics
        for name in names:
            if name not in self._topics and self._create_when_asked and asked.allow_auto_topic_creation:
                self.make(name, self._usual)
        here = [(NODE, "127.0.0.1", port, None)]
        return 0, here, "minikafka", NODE, [self._described(name) for name in names]

    def create(self, asked: Any) -> tuple[Any, ...]:
        answers: list[Any] = []
        for name, partitions, copies, assigned, settings in asked.create_topic_requests:
            error, words = self._refusal(name, partitions, copies)
            if not error and not asked.validate_only:
                self.make(
                    name, len(assigned) or (self._usual if partitions < 0 else partitions), dict(settings)
                )
            answers.append((name, error, words))
        return 0, answers

    def grow(self, asked: Any) -> tuple[Any, ...]:
        answers: list[Any] = []
        for name, (count, _) in asked.topic_partitions:
            topic = self._topics.get(name)
            if topic is None:
                answers.append((name, Error.UNKNOWN_TOPIC_OR_PARTITION, None))
            elif count <= len(topic.partitions):
                answers.append((name, Error.INVALID_PARTITIONS, "partitions can only become more"))
            else:
                topic.partitions += [Partition() for _ in range(count - len(topic.partitions))]
                answers.append((name, Error.NONE, None))
        return 0, answers

    def delete(self, asked: Any) -> tuple[Any, ...]:
        gone = [(name, self._topics.pop(name, None)) for name in asked.topics]
        return 0, [(name, Error.NONE if topic else Error.UNKNOWN_TOPIC_OR_PARTITION) for name, topic in gone]

    def describe_settings(self, asked: Any) -> tuple[Any, ...]:
        answers: list[Any] = []
        for kind, name, wanted in asked.resources:
            known = self._settings(kind, name)
            if known is None or self._faults.error(Api.DESCRIBE_CONFIGS, name):
                answers.append((Error.UNKNOWN_TOPIC_OR_PARTITION, "no such topic", kind, name, []))
                continue
            listed = {**DEFAULTS, **known}
            entries: list[Any] = [
                (key, listed[key], False, OVERRIDDEN if key in known else DEFAULT, False, [])
                for key in sorted(listed)
                if wanted is None or key in wanted
            ]
            answers.append((Error.NONE, None, kind, name, entries))
        return 0, answers

    def alter_settings(self, asked: Any) -> tuple[Any, ...]:
        """The settings become exactly those that are named, as Kafka does."""
        answers: list[Any] = []
        for kind, name, entries in asked.resources:
            topic = self._topics.get(name) if kind == TOPIC else None
            if topic is not None and not asked.validate_only:
                topic.settings = dict(entries)
            error = Error.NONE if topic else Error.UNKNOWN_TOPIC_OR_PARTITION
            answers.append((error, None, kind, name))
        return 0, answers

    # --- parts ------------------------------------------------------------------------------

    def _settings(self, kind: int, name: str) -> dict[str, str] | None:
        if kind == BROKER:
            return {}
        topic = self._topics.get(name)
        return topic.settings if topic else None

    def _described(self, name: str) -> tuple[Any, ...]:
        topic = self._topics.get(name)
        if topic is None:
            return Error.UNKNOWN_TOPIC_OR_PARTITION, name, False, []
        numbers = range(len(topic.partitions))
        return Error.NONE, name, False, [(Error.NONE, n, NODE, [NODE], [NODE], []) for n in numbers]

    def _refusal(self, name: str, partitions: int, copies: int) -> tuple[Error, str | None]:
        if name in self._topics:
            return Error.TOPIC_ALREADY_EXISTS, f"Topic '{name}' already exists."
        if partitions == 0 or partitions < -1:
            return Error.INVALID_PARTITIONS, "Number of partitions must be larger than 0."
        if copies > 1:
            return Error.INVALID_REPLICATION_FACTOR, f"{copies} copies, but there is 1 broker."
        return Error.NONE, None
