"""The topic of the kept states may hold records of strangers: a worker begins and keeps all the same."""

import asyncio
import logging
from types import SimpleNamespace
from typing import Any

import pytest

from api.streams import changelog
from api.streams.broker_settings import BrokerSettings
from api.streams.changelog import Changelog, read_kept
from api.streams.claims import HEADER, claim_record, mark
from api.streams.outbox import Outbox
from api.streams.shelves import state_key
from api.streams.sinks import STATE, Headers, Sent

BROKER = BrokerSettings("127.0.0.1:9", prefix="")
KEY = state_key(0, "figures|hcmc")


def a_record(offset: int, key: bytes | None, value: bytes, headers: Headers) -> Any:
    return SimpleNamespace(partition=0, offset=offset, key=key, value=value, headers=headers)


SPOILT = [
    a_record(0, claim_record(0).key, b"claim", []),
    a_record(1, KEY, b"a", mark(0)),
    a_record(2, b"\xff", b"b", mark(0)),
    a_record(3, b"nonsense", b"b", []),
    a_record(4, KEY, b"b", [(HEADER, b"nonsense")]),
    a_record(5, None, b"b", []),
    a_record(6, state_key(3, "figures|hcmc"), b"b", mark(0)),
    a_record(7, state_key(3, "runs|hcmc/1"), b"b", mark(0)),
    a_record(8, b"00|runs|hcmc/1", b"b", mark(0)),
    a_record(9, claim_record(3).key, b"claim", []),
    a_record(10, b"runs|hcmc/1", b"b", mark(0)),
]
OF_OTHERS = [each.offset for each in SPOILT if each.key is not None and not each.key.startswith(b"0|")]


@pytest.fixture(autouse=True)
def spoilt(monkeypatch):
    async def records(broker: BrokerSettings, starts: dict[int, int], until: object) -> Any:
        for each in SPOILT:
            if each.offset >= starts[0]:
                yield each

    monkeypatch.setattr(changelog, "_records", records)


def test_a_worker_begins_with_the_states_that_can_be_read_and_warns_once(caplog):
    with caplog.at_level(logging.WARNING, "vigil.streams"):
        kept = asyncio.run(read_kept(BROKER, {0: None}))[0]
    assert (kept.states, kept.stale) == ({"figures|hcmc": b"a"}, {"figures|hcmc"})
    assert kept.claim == 0, "a claim on another partition is none on this"
    assert set(OF_OTHERS) <= set(kept.unread)
    assert len(caplog.records) == 1


def test_a_worker_that_keeps_between_them_goes_on_and_writes_its_own_again():
    class Broker(Outbox):
        async def send_together(self, topic: str, partition: int, records: object) -> list[int]:
            return [len(SPOILT)]

    holder = Changelog(BROKER, Broker(BROKER, 0))
    holder.begin({0: 0})
    assert asyncio.run(holder.keep(0, [Sent(STATE, KEY, b"c", 0)])) == {"figures|hcmc"}
