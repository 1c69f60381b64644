"""Sending and reading records: produce, fetch, list offsets."""

import asyncio
import time
from typing import Any

from tests.servers.minikafka.batches import Batch, read_batches
from tests.servers.minikafka.codes import Api, Error
from tests.servers.minikafka.faults import Faults
from tests.servers.minikafka.partition import Partition
from tests.servers.minikafka.topics import Topics
from tests.servers.minikafka.transactions import Transactions

READ_COMMITTED = 1
LATEST, EARLIEST = -1, -2


class Records:
    def __init__(self, topics: Topics, transactions: Transactions, faults: Faults) -> None:
        self._topics, self._transactions, self._faults = topics, transactions, faults

    def produce(self, asked: Any) -> tuple[Any, ...] | None:
        answers = []
        for topic, partitions in asked.topics:
            answered = []
            for number, data in partitions:
                error, base, start = self._take(asked.transactional_id, topic, number, bytes(data))
                answered.append((number, error, base, -1, start))
            answers.append((topic, answered))
        return None if asked.required_acks == 0 else (answers, 0)

    async def fetch(self, asked: Any) -> tuple[Any, ...]:
        """Wait for enough data, or as long as the reader wants to wait."""
        until = time.monotonic() + asked.max_wait_time / 1000
        while True:
            answers, size, partitions = self._look(asked)
            left = until - time.monotonic()
            if partitions is None or size >= asked.min_bytes or left <= 0:
                return 0, Error.NONE, 0, answers
            more = asyncio.Event()
            for partition in partitions:
                partition.wake_with(more)
            try:
                await asyncio.wait_for(more.wait(), left)
            except TimeoutError:
                pass
            finally:
                for partition in partitions:
                    partition.forget(more)

    def list_offsets(self, asked: Any) -> tuple[Any, ...]:
        committed = asked.isolation_level == READ_COMMITTED
        return 0, [
            (topic, [(number, *self._offset(topic, number, when, committed)) for number, when in partitions])
            for topic, partitions in asked.topics
        ]

    # --- parts ------------------------------------------------------------------------------

    def _take(
        self, transactional_id: str | None, topic: str, number: int, data: bytes
    ) -> tuple[int, int, int]:
        """Error, offset of the first record, where the partition begins. Ends at the first wrong batch."""
        partition = self._topics.partition(topic, number)
        if error := self._faults.error(Api.PRODUCE, topic):
            return error, -1, -1
        if partition is None:
            return Error.UNKNOWN_TOPIC_OR_PARTITION, -1, -1
        try:
            batches = list(read_batches(data))
        except ValueError:
            return Error.CORRUPT_MESSAGE, -1, -1
        if any(len(batch.raw) > self._topics.largest_batch(topic) for batch in batches):
            return Error.MESSAGE_TOO_LARGE, -1, -1
        if self._topics.compacts(topic) and not all(batch.has_keys() for batch in batches):
            return Error.UNKNOWN_SERVER_ERROR, -1, -1  # so Kafka tells clients as old as aiokafka
        first = -1
        for batch in batches:
            error = self._allowed(transactional_id, topic, number, batch)
            if not error:
                error, base = partition.accept(batch)
            if error:
                return error, -1, -1
            first = base if first < 0 else first
        return Error.NONE, first, partition.start

    def _allowed(self, transactional_id: str | None, topic: str, number: int, batch: Batch) -> Error:
        if not batch.transactional:
            return Error.NONE
        return self._transactions.may_write(transactional_id, batch.producer, batch.epoch, (topic, number))

    def _look(self, asked: Any) -> tuple[list[Any], int, list[Partition] | None]:
        """Answers, their size, and where to wait; None: something is wrong and must be said at once."""
        committed = asked.isolation_level == READ_COMMITTED
        answers, size, found, wrong = [], 0, [], False
        for topic, partitions in asked.topics:
            answered: list[Any] = []
            for number, _, offset, _, most in partitions:
                partition = self._topics.partition(topic, number)
                error = self._faults.error(Api.FETCH, topic)
                if partition is None:
                    error = Error.UNKNOWN_TOPIC_OR_PARTITION
                elif not partition.start <= offset <= partition.end:
                    error = error or Error.OFFSET_OUT_OF_RANGE
                if error or partition is None:
                    answered.append((number, error, -1, -1, -1, None, -1, b""))
                    wrong = True
                    continue
                found.append(partition)
                until = partition.stable_end if committed else partition.end
                data = partition.read(offset, most, until) if size < asked.max_bytes else b""
                size += len(data)
                aborted = [(a.producer, a.first) for a in partition.aborted if a.last >= offset]
                answered.append(
                    (number, Error.NONE, partition.end, partition.stable_end, partition.start,
                     aborted if committed else None, -1, data)
                )  # fmt: skip
            answers.append((topic, answered))
        return answers, size, None if wrong else found

    def _offset(self, topic: str, number: int, when_ms: int, committed: bool) -> tuple[Error, int, int]:
        partition = self._topics.partition(topic, number)
        if partition is None:
            return Error.UNKNOWN_TOPIC_OR_PARTITION, -1, -1
        if when_ms == LATEST:
            return Error.NONE, -1, partition.stable_end if committed else partition.end
        if when_ms == EARLIEST:
            return Error.NONE, -1, partition.start
        offset, at_ms = partition.first_since(when_ms) or (-1, -1)
        return Error.NONE, at_ms, offset
