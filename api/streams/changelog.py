"""Read the states of a partition back, as a worker kept them in the compacted topic."""

from aiokafka import AIOKafkaConsumer, TopicPartition

from api.streams.broker_settings import BrokerSettings
from api.streams.leaving import leave_reader
from api.streams.shelves import STATE, name_of

WAIT_MS = 200


async def kept_states(broker: BrokerSettings, partitions: set[int]) -> dict[int, dict[str, bytes]]:
    """{partition: {name: state}}: all that stood there when asked. Raises KafkaError."""
    found: dict[int, dict[str, bytes]] = {partition: {} for partition in partitions}
    if not partitions:
        return found
    places = [TopicPartition(broker.topic(STATE), partition) for partition in sorted(partitions)]
    consumer = AIOKafkaConsumer(
        **broker.options(),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
    )
    await consumer.start()
    try:
        consumer.assign(places)
        ends = await consumer.end_offsets(places)
        await consumer.seek_to_beginning(*places)
        while [place for place in places if await consumer.position(place) < ends[place]]:
            for records in (await consumer.getmany(timeout_ms=WAIT_MS)).values():
                for record in records:
                    _keep(found, record.key, record.value)
    finally:
        await leave_reader(consumer)
    return found


def _keep(found: dict[int, dict[str, bytes]], key: bytes | None, state: bytes | None) -> None:
    if key is None:
        return
    partition, name = name_of(key)
    if state is None:
        found.get(partition, {}).pop(name, None)
    elif partition in found:
        found[partition][name] = state
