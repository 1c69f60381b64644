"""Ask a Kafka for its topics, and make ours there."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import for_code

from api.streams.broker_settings import BrokerSettings

TOPIC_ALREADY_EXISTS, UNKNOWN_TOPIC = 36, 3
ANSWER_S = 10


class NoTopics(RuntimeError):
    """Topics are missing; the sentence says which and what to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """A topic as it is. settings : all of Kafka's, also those nobody set."""

    name: str
    partitions: int
    copies: int
    settings: dict[str, str]


@asynccontextmanager
async def admin(broker: BrokerSettings) -> AsyncIterator[AIOKafkaAdminClient]:
    """A client for questions about topics. Raises KafkaError where nobody answers."""
    client = AIOKafkaAdminClient(**broker.options(), request_timeout_ms=ANSWER_S * 1000)
    try:
        await client.start()
        yield client
    finally:
        await client.close()


async def need_topics(broker: BrokerSettings, names: Sequence[str]) -> None:
    """See that topics of ours are there. Raises NoTopics."""
    async with admin(broker) as client:
        known = set(await client.list_topics())
    if missing := [broker.topic(name) for name in names if broker.topic(name) not in known]:
        raise NoTopics(
            f"Kafka at {broker.address} has no topic {' and no '.join(missing)}: "
            f"vigil stream init --kafka {broker.address} makes them."
        )


async def find_topics(client: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, Found]:
    """Those of the names that are there. Each question may be answered by another broker, and one that has
    not heard of a new topic yet says that there is none.
    """
    known = set(await client.list_topics())  # asking for one by name might have it made
    there = [name for name in names if name in known]
    if not there:
        return {}
    told = await client.describe_topics(there)
    described = {each["topic"]: each["partitions"] for each in told if not each["error_code"]}
    settings = await _settings(client, there)
    return {
        name: Found(
            name, len(parts), min((len(part["replicas"]) for part in parts), default=0), settings[name]
        )
        for name, parts in described.items()
        if name in settings
    }


async def brokers(client: AIOKafkaAdminClient) -> int:
    return len((await client.describe_cluster())["brokers"])


async def make_topic(
    client: AIOKafkaAdminClient, name: str, partitions: int, copies: int, settings: dict[str, str]
) -> bool:
    """Whether it was made now: somebody else may have been faster. Raises KafkaError."""
    wanted = NewTopic(name, partitions, copies, topic_configs=settings)
    answer: Any = await client.create_topics([wanted], timeout_ms=ANSWER_S * 1000)
    code, words = answer.topic_errors[0][1:3]
    if code not in (0, TOPIC_ALREADY_EXISTS):
        raise for_code(code)(f"{name}: {words}")
    return bool(code == 0)


async def _settings(client: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, dict[str, str]]:
    asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    found: dict[str, dict[str, str]] = {}
    for answer in await client.describe_configs(asked):
        for code, words, _, name, entries in answer.resources:
            if code == UNKNOWN_TOPIC:
                continue
            if code:
                raise for_code(code)(f"{name}: {words}")
            found[name] = {entry[0]: entry[1] for entry in entries}
    return found
