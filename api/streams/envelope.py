"""An event as it goes to Kafka: the record of the feed, and whose it is."""

from typing import Any, NamedTuple

import msgspec

from api.streams.topics import LARGEST_RECORD
from domain.base import Fact
from projections.record import record

ENCODER = msgspec.json.Encoder()
ROOM = 4096
"""Bytes left for key, headers and Kafka's own."""


class Outgoing(NamedTuple):
    """One record of `vigil.events`. `seq` is its place in the log of its centre."""

    seq: int
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]
    whole: bool


class Envelope(msgspec.Struct, frozen=True):
    """What a reader finds. `data` is None for an event too large for Kafka: ask the centre for it.

    id, version : whose history it belongs to, and the place in it, from 1 on without gaps
    """

    centre: str
    id: str
    version: int
    seq: int
    topic: str
    at: str
    recorded_at: str
    actor: str
    data: dict[str, Any] | None
    bytes_left_out: int = 0


def outgoing(centre: str, seq: int, fact: Fact, largest: int = LARGEST_RECORD - ROOM) -> Outgoing:
    """The record of one event. One that Kafka would refuse goes without data, and stops none behind it."""
    its_id, version = str(fact.originator_id), fact.originator_version
    said = {**record(seq, fact), "centre": centre, "id": its_id, "version": version}
    value = ENCODER.encode(said)
    whole = len(value) <= largest
    if not whole:
        value = ENCODER.encode({**said, "data": None, "bytes_left_out": len(value)})
    headers = [
        ("centre", centre.encode()),
        ("seq", str(seq).encode()),
        ("version", str(version).encode()),
        ("topic", said["topic"].encode()),
    ]
    return Outgoing(seq, its_id.encode(), value, headers, whole)


def read_envelope(value: bytes) -> Envelope:
    """For readers of `vigil.events`, see `reader.py`.

    Raises msgspec.DecodeError, msgspec.ValidationError among them.
    """
    return msgspec.json.decode(value, type=Envelope)
