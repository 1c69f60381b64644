"""Make our topics on a Kafka, or say in what they differ from what they should be."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError, UnknownMemberIdError

from api.streams.admin import Found, admin, brokers, find_topics, make_topic
from api.streams.broker_settings import BrokerSettings
from api.streams.leaving import leave_reader
from api.streams.topics import GROUPS, PARTITIONS, SEED, TOPICS, Topic, partitions_of

USUAL_COPIES = 3
TRIES = 50
AGAIN_S = 0.1


class Unfit(RuntimeError):
    """Topics are there that cannot be ours as they are; the sentence says why. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """partitions : of topics without a number of their own; copies : None: three, where there are brokers."""

    partitions: int = PARTITIONS
    copies: int | None = None
    topics: Sequence[Topic] = TOPICS


async def set_up(broker: BrokerSettings, plan: Plan) -> list[str]:
    """Make what is missing, seed what groups read; a sentence for each thing done. Again, it does nothing.

    Raises Unfit before anything is changed, KafkaError where the broker is away or refuses.
    """
    async with admin(broker) as client:
        found = await find_topics(client, _names(broker, plan))
        if wrong := _wrong_partitions(broker, plan, found):
            raise Unfit(wrong[0])
        copies = await _copies(client, plan)
        done = []
        for topic in plan.topics:
            name = broker.topic(topic.name)
            count = partitions_of(topic, plan.partitions)
            if name in found:
                continue
            settings = dict(topic.settings)
            if copies >= USUAL_COPIES:
                settings["min.insync.replicas"] = "2"
            if await make_topic(client, name, count, copies, settings):
                done.append(
                    f"Made {name} with {_counted(count, 'partition')} and {_counted(copies, 'copy')}."
                )
        await _until_there(client, broker, plan)
    return done + await _seed(broker, plan)


async def differences(broker: BrokerSettings, plan: Plan) -> list[str]:
    """A sentence for each thing that is not as `set_up` makes it; none: all is well. Raises KafkaError."""
    async with admin(broker) as client:
        found = await find_topics(client, _names(broker, plan))
        copies = await _copies(client, plan)
    told = [f"{name} is missing." for name in _names(broker, plan) if name not in found]
    told += _wrong_partitions(broker, plan, found)
    for topic in plan.topics:
        there = found.get(broker.topic(topic.name))
        if there is None:
            continue
        if there.copies < copies:
            told.append(f"{there.name} has {_counted(there.copies, 'copy')}, not {copies}.")
        told += [
            f"{there.name} has {name}={there.settings.get(name, 'unset')}, not {value}."
            for name, value in topic.settings.items()
            if there.settings.get(name) != value
        ]
    return told + [f"{place} has no seed record." for place in await _unseeded(broker, plan, found)]


# --- parts ----------------------------------------------------------------------------------


def _names(broker: BrokerSettings, plan: Plan) -> list[str]:
    return [broker.topic(topic.name) for topic in plan.topics]


def _wrong_partitions(broker: BrokerSettings, plan: Plan, found: dict[str, Found]) -> list[str]:
    """One sentence for all topics with another number of partitions; none: all is well."""
    wrong: dict[tuple[int, int], list[str]] = {}
    kept: set[int] = set()
    for topic in plan.topics:
        there, count = found.get(broker.topic(topic.name)), partitions_of(topic, plan.partitions)
        if there is not None and there.partitions != count:
            wrong.setdefault((there.partitions, count), []).append(there.name)
            kept.add(0 if topic.partitions else there.partitions)  # 0: no option gives it this number
    if not wrong:
        return []
    differ = "; ".join(
        f"{', '.join(names)} {'has' if len(names) == 1 else 'have'} {_counted(has, 'partition')}, not {count}"
        for (has, count), names in wrong.items()
    )
    keep = f"Keep it (--partitions {max(kept)}), or take" if len(kept) == 1 and max(kept) else "Take"
    return [
        f"{differ}: with another number keys would move, and the order of each thing's events would be lost. "
        f"{keep} topics of another --prefix."
    ]


async def _copies(client: AIOKafkaAdminClient, plan: Plan) -> int:
    if plan.copies is not None:
        return plan.copies
    return USUAL_COPIES if await brokers(client) >= USUAL_COPIES else 1


async def _until_there(client: AIOKafkaAdminClient, broker: BrokerSettings, plan: Plan) -> None:
    """Brokers hear of new topics one after the other."""
    for _ in range(TRIES):
        found = await find_topics(client, _names(broker, plan))
        if len(found) == len(plan.topics) and all(each.copies for each in found.values()):
            return
        await asyncio.sleep(AGAIN_S)
    raise KafkaError("The new topics do not show.")


def _seeded(
    broker: BrokerSettings, plan: Plan, found: dict[str, Found] | None = None
) -> list[TopicPartition]:
    """Every place that has a seed; of those topics that were found."""
    return [
        TopicPartition(broker.topic(topic.name), number)
        for topic in plan.topics
        if topic.seeded and (found is None or broker.topic(topic.name) in found)
        for number in range(partitions_of(topic, plan.partitions))
    ]


async def _unseeded(broker: BrokerSettings, plan: Plan, found: dict[str, Found]) -> list[str]:
    places = _seeded(broker, plan, found)
    return [f"{place.topic}/{place.partition}" for place in await _empty(broker, places)]


async def _empty(broker: BrokerSettings, places: list[TopicPartition]) -> list[TopicPartition]:
    """Those in which nothing ever was."""
    if not places:
        return []
    consumer = AIOKafkaConsumer(**broker.options(), enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign(places)
        ends = await consumer.end_offsets(places)
    finally:
        await leave_reader(consumer)
    return [place for place in places if ends[place] == 0]


async def _seed(broker: BrokerSettings, plan: Plan) -> list[str]:
    places = _seeded(broker, plan)
    empty = await _empty(broker, places)
    if empty:
        producer = AIOKafkaProducer(**broker.options(), enable_idempotence=True)
        await producer.start()
        try:
            for place in empty:
                await producer.send_and_wait(place.topic, SEED, partition=place.partition)
        finally:
            await producer.stop()
    told = [f"Seeded {_counted(len(empty), 'partition')}."] if empty else []
    for group, topics in GROUPS.items():
        read = [place for place in places if place.topic in {broker.topic(name) for name in topics}]
        if count := await _place_group(broker, broker.topic(group), read):
            told.append(f"Placed the group {broker.topic(group)} behind {_counted(count, 'seed')}.")
    return told


async def _place_group(broker: BrokerSettings, group: str, places: list[TopicPartition]) -> int:
    """Commit the place behind the seed where the group has none; how many. One at work is left alone."""
    consumer = AIOKafkaConsumer(**broker.options(), group_id=group, enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign(places)
        fresh = [place for place in places if await consumer.committed(place) is None]
        if fresh:
            await consumer.commit(dict.fromkeys(fresh, 1))
    except UnknownMemberIdError:
        return 0
    finally:
        await leave_reader(consumer)
    return len(fresh)


def _counted(count: int, thing: str) -> str:
    many = "copies" if thing == "copy" else thing + "s"
    return f"{count} {thing if count == 1 else many}"
