"""Where nothing happens the relay goes on saying that it stands at the end of the log, and only then."""

import asyncio
import threading

import msgspec
import pytest

from api.region.board import Board
from api.streams import relay as relays
from api.streams.checkpoint import Checkpoint, read_checkpoint
from api.streams.relay import OtherRelay
from dispatch.application import memory_log
from tests.brokers import read_all, run
from tests.integration.streams.centre_logs import Shifts, each_once_and_in_order
from tests.integration.streams.test_relay import a_relay, arrived, running, until


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    monkeypatch.setattr(relays, "BEAT_S", 0.2)


@pytest.fixture
def log():
    with memory_log() as log:
        yield log


async def signs(broker):
    """What the relay said of itself, in order."""
    records = await read_all(broker, broker.topic("relay"))
    return [msgspec.json.decode(record.value, type=Checkpoint) for record in records]


class Hanging:
    """A log whose reading stands still when told so."""

    def __init__(self, log):
        self._log, self.saved, self.position = log, log.saved, log.position
        self.goes_on = threading.Event()
        self.goes_on.set()

    def select(self, *args):
        self.goes_on.wait(30)
        return self._log.select(*args)


def test_it_says_where_it_stands_and_how_far_all_is_known_and_no_event_comes_twice(log, broker):
    async def work():
        end = Shifts(log).change(2)
        relay = a_relay(log, broker)
        async with running(relay):
            await until(lambda: relay.figures.beats >= 3)
        said = await signs(broker)
        assert {each.seq for each in said[-3:]} == {end}
        moments = [each.complete_to for each in said[-3:]]
        assert moments == sorted(set(moments)), "each tells of a later moment"
        assert all(each.complete_to <= each.at for each in said)
        assert await read_checkpoint(broker, "saigon") == said[-1]
        again = a_relay(log, broker)
        await again.run(once=True)
        assert again.figures.events_sent == 0

    run(work())
    each_once_and_in_order(arrived(broker), log)


def test_an_empty_log_has_an_end_too(log, broker):
    run(a_relay(log, broker).run(once=True))
    (said,) = run(signs(broker))
    assert (said.seq, said.complete_to is not None) == (0, True)
    Shifts(log)
    run(a_relay(log, broker).run(once=True))
    each_once_and_in_order(arrived(broker), log)


def test_while_it_catches_up_it_promises_no_more_than_it_has_sent(log, broker):
    end = Shifts(log, units=10).change(2)
    run(a_relay(log, broker, batch=10).run(once=True))
    *before, _, last = [each for each in run(signs(broker)) if each.seq <= end]
    first_heard = {seq: fact.act.heard_at for seq, fact in log.select(1, 1000)}
    assert before
    assert all(each.complete_to == first_heard[each.seq] for each in before)
    assert (last.seq, last.complete_to > first_heard[end]) == (end, True)


def test_one_that_cannot_read_its_log_says_nothing_though_it_lives(log, broker):
    async def work():
        Shifts(log)
        hanging = Hanging(log)
        relay = a_relay(hanging, broker)
        async with running(relay):
            await until(lambda: relay.figures.beats)
            hanging.goes_on.clear()
            await asyncio.sleep(0.5)  # what was on its way arrives
            before = relay.figures.beats
            await asyncio.sleep(1.0)
            assert relay.figures.beats == before
            hanging.goes_on.set()
            await until(lambda: relay.figures.beats > before)

    run(work())


def test_one_that_was_overtaken_learns_of_it_though_nothing_happens(log, broker):
    async def work():
        Shifts(log)
        old, new = a_relay(log, broker), a_relay(log, broker)
        async with running(old) as task:
            await until(lambda: old.figures.beats)
            async with running(new):
                with pytest.raises(OtherRelay, match="Another relay sends for saigon"):
                    await asyncio.wait_for(task, 30)
                before = new.figures.beats
                await until(lambda: new.figures.beats > before)

    run(work())


def test_the_region_shows_it_as_linked_for_as_long_as_it_runs(log, broker):
    async def heard():
        board = Board()
        for record in await read_all(broker, broker.topic("relay")):
            board.hear_sign("relay", record.key, record.value)
        return board._links.all()["saigon"]

    async def work():
        Shifts(log)
        relay = a_relay(log, broker)
        async with running(relay):
            await until(lambda: relay.figures.beats)
            first = await heard()
            before = relay.figures.beats
            await until(lambda: relay.figures.beats > before)
            second = await heard()
        assert second.relay_at > first.relay_at
        assert second.complete_to > first.complete_to

    run(work())
