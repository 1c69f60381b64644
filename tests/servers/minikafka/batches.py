"""Record batches: what a broker must read of them, and the markers that end a transaction."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from aiokafka.record.memory_records import MemoryRecords
from aiokafka.record.util import calc_crc32c, encode_varint

LENGTH_AT = 8  # behind the base offset
PREFIX = 12  # base offset and length
CRC_AT = 17
CRC_FROM = 21
HEADER = struct.Struct(">hiqqqhii")  # of attributes, from CRC_FROM on
TRANSACTIONAL, CONTROL = 0x10, 0x20


class Batch(NamedTuple):
    """Records that lie together. `base` and `last` are offsets, counted from 0 until it has its place."""

    base: int
    last: int
    newest_ms: int
    producer: int  # -1: no idempotence
    epoch: int
    sequence: int
    records: int
    transactional: bool
    control: bool
    raw: bytes

    def at(self, base: int) -> "Batch":
        """The same at its place in a partition."""
        return self._replace(
            base=base, last=base + self.last - self.base, raw=struct.pack(">q", base) + self.raw[LENGTH_AT:]
        )

    def has_keys(self) -> bool:
        """Whether each of its records has one."""
        records = MemoryRecords(self.raw)
        while records.has_next():
            if any(record.key is None for record in records.next_batch() or ()):
                return False
        return True

    def first_since(self, when_ms: int) -> tuple[int, int] | None:
        """Offset and time of its first record not older than that."""
        records = MemoryRecords(self.raw)
        while records.has_next():
            for record in records.next_batch() or ():
                if record.timestamp >= when_ms:
                    return record.offset, record.timestamp
        return None


def read_batches(data: bytes) -> Iterator[Batch]:
    """Of what a producer sent. Raises ValueError where a batch is torn or its sum is wrong."""
    at = 0
    while at < len(data):
        if at + CRC_FROM + HEADER.size > len(data):
            raise ValueError("a torn batch")
        (length,) = struct.unpack_from(">i", data, at + LENGTH_AT)
        raw = data[at : at + PREFIX + length]
        (crc,) = struct.unpack_from(">I", raw, CRC_AT)
        if len(raw) != PREFIX + length or crc != calc_crc32c(raw[CRC_FROM:]):
            raise ValueError("a batch with a wrong sum")
        yield _batch(raw)
        at += PREFIX + length


def marker(producer: int, epoch: int, commit: bool, now_ms: int) -> Batch:
    """The control batch that ends a transaction in a partition."""
    key, value = struct.pack(">hh", 0, 1 if commit else 0), struct.pack(">hi", 0, 0)
    record = b"\0" + _varint(0) * 2 + _varint(len(key)) + key + _varint(len(value)) + value + _varint(0)
    body = HEADER.pack(TRANSACTIONAL | CONTROL, 0, now_ms, now_ms, producer, epoch, -1, 1)
    body += _varint(len(record)) + record
    tail = struct.pack(">ibI", 0, 2, calc_crc32c(body)) + body
    return _batch(struct.pack(">qi", 0, len(tail)) + tail)


def _batch(raw: bytes) -> Batch:
    attributes, last, _, newest, producer, epoch, sequence, count = HEADER.unpack_from(raw, CRC_FROM)
    return Batch(
        0, last, newest, producer, epoch, sequence, count,
        bool(attributes & TRANSACTIONAL), bool(attributes & CONTROL), raw,
    )  # fmt: skip


def _varint(number: int) -> bytes:
    written = bytearray()
    encode_varint(number, written.append)
    return bytes(written)
