"""Two workers that both believe to hold a partition: what the one from before writes counts for nothing."""

from collections.abc import Sequence

import pytest

from api.streams.broker_settings import BrokerSettings
from api.streams.changelog import Changelog
from api.streams.claims import TakenOver
from api.streams.outbox import Outbox
from api.streams.shelves import state_key
from api.streams.sinks import STATE, Sent
from tests.brokers import run

NAME = "figures|hcmc"


def a_state(value: bytes | None, name: str = NAME) -> Sent:
    return Sent(STATE, state_key(0, name), value, 0)


async def _worker(broker: BrokerSettings) -> tuple[Changelog, Outbox]:
    outbox = Outbox(broker, 0)
    await outbox.start()
    return Changelog(broker, outbox), outbox


async def _read(broker: BrokerSettings) -> tuple[dict[str, bytes], set[str]]:
    """What the next worker begins with, and what it has to keep again."""
    changelog, outbox = await _worker(broker)
    try:
        kept = (await changelog.take({0}))[0]
        return kept.states, kept.stale
    finally:
        await outbox.stop()


async def _two(broker: BrokerSettings, late: Sequence[Sent]) -> tuple[bool, dict[str, bytes], set[str]]:
    """One keeps, another takes over and keeps, the first writes `late`; did it notice, and what counts."""
    first, first_outbox = await _worker(broker)
    second, second_outbox = await _worker(broker)
    try:
        await first.take({0})
        await first.keep(0, [a_state(b"three calls")])
        taken = await second.take({0})
        assert taken[0].states == {NAME: b"three calls"}
        await second.keep(0, [a_state(b"five calls")])
        noticed = False
        try:
            await first.keep(0, late)
        except TakenOver:
            noticed = True
        return noticed, *await _read(broker)
    finally:
        await first_outbox.stop()
        await second_outbox.stop()


def test_old_states_over_newer_ones_do_not_count_and_their_writer_learns_of_it(broker: BrokerSettings):
    noticed, states, stale = run(_two(broker, [a_state(b"three calls")]))
    assert noticed
    assert states == {NAME: b"five calls"}
    assert stale == {NAME}


def test_a_state_that_only_the_worker_from_before_knows_does_not_count(broker: BrokerSettings):
    noticed, states, _ = run(_two(broker, [a_state(b"x", "runs|hcmc/1"), a_state(None)]))
    assert noticed
    assert states == {NAME: b"five calls"}


def test_whoever_holds_the_partition_finds_what_was_written_between(broker: BrokerSettings):
    async def work() -> tuple[set[str], set[str], set[str]]:
        changelog, outbox = await _worker(broker)
        try:
            await changelog.take({0})
            await changelog.keep(0, [a_state(b"five calls")])
            await outbox.send([a_state(b"three calls")])  # without our claim, as from a worker before it
            between = await changelog.keep(0, [a_state(b"x", "runs|hcmc/1")])
            await changelog.keep(0, [a_state(b"five calls")])
            after = await changelog.keep(0, [a_state(b"y", "runs|hcmc/1")])
            return between, after, (await _read(broker))[1]
        finally:
            await outbox.stop()

    between, after, stale = run(work())
    assert between == {NAME}
    assert after == set()
    assert stale == set()


def test_states_that_fill_several_batches_are_all_there_in_their_order(broker: BrokerSettings):
    """More than a batch holds, one of them larger than a batch by itself."""
    sizes = [300_000, 300_000, 700_000, 10, 600_000, 10]
    states = [a_state(bytes([65 + place]) * size, f"runs|hcmc/{place}") for place, size in enumerate(sizes)]

    async def work() -> tuple[set[str], set[str]]:
        changelog, outbox = await _worker(broker)
        try:
            await changelog.take({0})
            return await changelog.keep(0, states), await changelog.keep(0, [a_state(b"next")])
        finally:
            await outbox.stop()

    assert run(work()) == (set(), set())
    found, stale = run(_read(broker))
    assert {name: len(state) for name, state in found.items()} == {
        **{f"runs|hcmc/{place}": size for place, size in enumerate(sizes)},
        NAME: 4,
    }
    assert stale == set()


def test_a_partition_that_was_let_go_is_not_written(broker: BrokerSettings):
    async def work() -> None:
        changelog, outbox = await _worker(broker)
        try:
            await changelog.take({0})
            changelog.let_go()
            with pytest.raises(TakenOver):
                await changelog.keep(0, [a_state(b"three calls")])
        finally:
            await outbox.stop()

    run(work())
    assert run(_read(broker)) == ({}, set())


def test_states_of_a_version_without_claims_are_read(broker: BrokerSettings):
    """Its worker kept them without; after the first claim they do not count any more."""
    run(_kept_without_a_claim(broker, a_state(b"before")))
    assert run(_read(broker))[0] == {NAME: b"before"}


async def _kept_without_a_claim(broker: BrokerSettings, state: Sent) -> None:
    _, outbox = await _worker(broker)
    try:
        await outbox.send([state])
    finally:
        await outbox.stop()
