"""Producers with a memory: ids, epochs that fence older ones, transactions."""

import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.servers.minikafka.batches import marker
from tests.servers.minikafka.codes import Api, Error
from tests.servers.minikafka.faults import Faults
from tests.servers.minikafka.groups import Groups
from tests.servers.minikafka.topics import Topics


@dataclass
class _Transaction:
    """Of one transactional id; `partitions` and `offsets` are those of the open one."""

    producer: int
    epoch: int = -1
    patience_s: float = 60.0
    open: bool = False
    began: float = 0.0
    ended: bool | None = None  # how the last one of this epoch ended: True is committed
    partitions: set[tuple[str, int]] = field(default_factory=set)
    offsets: dict[tuple[str, str, int], tuple[int, str]] = field(default_factory=dict)

    def begin(self) -> None:
        if not self.open:
            self.open, self.began = True, time.monotonic()


class Transactions:
    def __init__(self, topics: Topics, groups: Groups, faults: Faults) -> None:
        self._topics, self._groups, self._faults = topics, groups, faults
        self._known: dict[str, _Transaction] = {}
        self._producers = count(1000)
        self.committed, self.aborted = 0, 0

    def start_producer(self, asked: Any) -> tuple[Any, ...]:
        """A new epoch: whoever had the last one is fenced, and what it left open is undone."""
        if error := self._faults.error(Api.INIT_PRODUCER_ID):
            return 0, error, -1, -1
        if not asked.transactional_id:
            return 0, Error.NONE, next(self._producers), 0
        known = self._known.get(asked.transactional_id)
        if known is None:
            known = self._known[asked.transactional_id] = _Transaction(next(self._producers))
        known.epoch += 1
        self._end(known, commit=False)
        known.ended = None
        known.patience_s = asked.transaction_timeout_ms / 1000
        return 0, Error.NONE, known.producer, known.epoch

    def add_partitions(self, asked: Any) -> tuple[Any, ...]:
        known, error = self._of(asked, Api.ADD_PARTITIONS)
        if known and not error:
            known.begin()
            known.partitions |= {(topic, number) for topic, numbers in asked.topics for number in numbers}
        return 0, [(topic, [(number, error) for number in numbers]) for topic, numbers in asked.topics]

    def add_offsets(self, asked: Any) -> tuple[Any, ...]:
        known, error = self._of(asked, Api.ADD_OFFSETS)
        if known and not error:
            known.begin()
        return 0, error

    def commit_offsets(self, asked: Any) -> tuple[Any, ...]:
        known, error = self._of(asked, Api.COMMIT_IN_TRANSACTION)
        if known and not error:
            for topic, places in asked.topics:
                for number, offset, note in places:
                    known.offsets[asked.group_id, topic, number] = (offset, note)
        return 0, [(topic, [(place[0], error) for place in places]) for topic, places in asked.topics]

    def end(self, asked: Any) -> tuple[Any, ...]:
        known, error = self._of(asked, Api.END_TRANSACTION)
        if known and not error:
            commit = bool(asked.transaction_result)
            if not known.open and known.ended is not commit:  # the same again: its answer was lost
                return 0, Error.INVALID_TXN_STATE
            self._end(known, commit)
        return 0, error

    def may_write(
        self, transactional_id: str | None, producer: int, epoch: int, where: tuple[str, int]
    ) -> Error:
        """Whether this producer has an open transaction there."""
        known = self._known.get(transactional_id or "")
        if known is None or known.producer != producer:
            return Error.INVALID_PRODUCER_ID_MAPPING
        if known.epoch != epoch:
            return Error.INVALID_PRODUCER_EPOCH
        return Error.NONE if known.open and where in known.partitions else Error.INVALID_TXN_STATE

    def end_overdue(self) -> None:
        """Undo what stayed open too long; its producer is fenced."""
        for known in self._known.values():
            if known.open and time.monotonic() - known.began > known.patience_s:
                known.epoch += 1
                self._end(known, commit=False)

    def _of(self, asked: Any, api: Api) -> tuple[_Transaction | None, Error]:
        known = self._known.get(asked.transactional_id)
        if error := self._faults.error(api):
            return known, error
        if known is None or known.producer != asked.producer_id:
            return None, Error.INVALID_PRODUCER_ID_MAPPING
        fenced = known.epoch != asked.producer_epoch
        return known, Error.INVALID_PRODUCER_EPOCH if fenced else Error.NONE

    def _end(self, known: _Transaction, commit: bool) -> None:
        if not known.open:
            return
        mark = marker(known.producer, known.epoch, commit, int(time.time() * 1000))
        for topic, number in sorted(known.partitions):
            partition = self._topics.partition(topic, number)
            if partition is not None:
                partition.end_transaction(mark, commit)
        if commit:
            for (group, topic, number), place in known.offsets.items():
                self._groups.group(group).offsets[topic, number] = place
        known.open, known.ended, known.partitions, known.offsets = False, commit, set(), {}
        self.committed += commit
        self.aborted += not commit
