"""The relay: each event once and in order, whatever happens to it, to the broker, or to the log."""

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
from aiokafka import AIOKafkaProducer

from api.streams import envelope
from api.streams.admin import admin
from api.streams.outlet import open_outlet
from api.streams.reader import Reader, Verdict
from api.streams.relay import OtherLog, OtherRelay, Relay
from api.streams.relay_figures import RelayFigures
from api.streams.relay_lock import FileLock, NoLock
from api.streams.relay_log import NoLog, read_only_sqlite_log
from api.streams.set_up import Plan, set_up
from api.streams.topics import is_seed
from dispatch.application import memory_log
from projections.record import record
from tests.brokers import read_all, run
from tests.integration.streams.centre_logs import (
    FILE,
    Shifts,
    a_log,
    each_once_and_in_order,
    envelopes,
    whole,
)
from tests.servers.minikafka import MiniKafka
from tests.servers.minikafka.codes import Api, Error


@pytest.fixture
def log():
    with memory_log() as log:
        yield log


def a_relay(log, broker, centre="saigon", batch=50, lock=None):
    return Relay(log, broker, lock or NoLock(), RelayFigures(centre), batch)


def arrived(broker):
    return envelopes(run(read_all(broker, broker.topic("events"))))


@asynccontextmanager
async def running(relay):
    """It runs beside the test, and ends with it."""
    task = asyncio.create_task(relay.run())
    try:
        yield task
    finally:
        relay.stop()
        with suppress(OtherRelay, OtherLog):
            await task


async def until(true):
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came to that")


def test_the_whole_log_arrives_once_and_in_order(log, broker):
    Shifts(log, units=7).change(30)
    run(a_relay(log, broker).run(once=True))
    each_once_and_in_order(arrived(broker), log)


def test_an_event_is_what_the_feed_says_and_whose_it_is(log, broker):
    Shifts(log, units=1)
    run(a_relay(log, broker).run(once=True))
    (found,) = [r for r in run(read_all(broker, broker.topic("events"))) if not is_seed(r.value)]
    ((seq, fact),) = whole(log)
    said = record(seq, fact)
    (event,) = envelopes([found])
    assert {name: getattr(event, name) for name in said} == said
    assert (event.centre, event.id, event.version) == ("saigon", str(fact.originator_id), 1)
    assert found.key == event.id.encode()
    assert dict(found.headers) == {
        "centre": b"saigon", "seq": b"1", "version": b"1", "topic": b"Unit.Commissioned"
    }  # fmt: skip


def test_it_goes_on_where_it_stood(log, broker):
    shifts = Shifts(log)
    run(a_relay(log, broker).run(once=True))
    shifts.change(20)
    second = a_relay(log, broker)
    run(second.run(once=True))
    assert second.figures.events_sent == 200
    each_once_and_in_order(arrived(broker), log)


def test_it_follows_a_log_that_grows(log, broker):
    async def work():
        shifts, relay = Shifts(log), a_relay(log, broker)
        async with running(relay):
            for _ in range(5):
                place = await asyncio.to_thread(shifts.change)
                await until(lambda: relay.figures.position == place)  # noqa: B023
                assert relay.figures.lag == 0

    run(work())
    each_once_and_in_order(arrived(broker), log)


def test_two_centres_keep_their_own_places(log, broker):
    Shifts(log).change(3)
    with memory_log() as other:
        Shifts(other, units=3).change(5)
        run(a_relay(log, broker).run(once=True))
        run(a_relay(other, broker, "hanoi").run(once=True))
        found = arrived(broker)
        each_once_and_in_order([each for each in found if each.centre == "saigon"], log)
        each_once_and_in_order([each for each in found if each.centre == "hanoi"], other)


def test_a_relay_that_was_overtaken_writes_no_more_and_ends(log, broker):
    async def work():
        shifts, old, new = Shifts(log), a_relay(log, broker), a_relay(log, broker)
        async with running(old) as task:
            await until(lambda: old.figures.lag == 0 and old.figures.events_sent)
            async with running(new):
                await until(lambda: new.figures.lives == 1)
                await asyncio.to_thread(shifts.change, 20)
                with pytest.raises(OtherRelay, match="Another relay sends for saigon"):
                    await asyncio.wait_for(task, 30)
                await until(lambda: new.figures.position == log.position())

    run(work())
    each_once_and_in_order(arrived(broker), log)


def test_a_half_sent_batch_of_a_relay_that_died_is_not_there(log, broker):
    async def work():
        Shifts(log).change(3)
        facts = log.select(1, 20)
        dead = await open_outlet(broker, "saigon")
        await dead._producer.begin_transaction()
        for seq, fact in facts:
            sent = envelope.outgoing("saigon", seq, fact)
            await dead._producer.send_and_wait(broker.topic("events"), sent.value, key=sent.key)
        await a_relay(log, broker).run(once=True)
        await dead.close()

    run(work())
    each_once_and_in_order(arrived(broker), log)


def test_a_checkpoint_hidden_by_the_open_transaction_of_another_centre_is_waited_for(log, broker):
    """Else the relay would begin at an older one, and send events again."""

    async def work():
        shifts, relay = Shifts(log), a_relay(log, broker)
        other = AIOKafkaProducer(**broker.options(), transactional_id=broker.prefix + "relay.hanoi")
        await other.start()
        async with running(relay):
            await until(lambda: relay.figures.lag == 0 and relay.figures.events_sent)
            await other.begin_transaction()
            await other.send_and_wait(broker.topic("relay"), b"{}", key=b"hanoi")
            place = await asyncio.to_thread(shifts.change, 3)
            await until(lambda: relay.figures.position == place)
        again = a_relay(log, broker)
        waiting = asyncio.create_task(again.run(once=True))
        await asyncio.sleep(1.5)
        assert not waiting.done()
        await other.commit_transaction()
        await waiting
        await other.stop()
        assert again.figures.events_sent == 0

    run(work())
    each_once_and_in_order(arrived(broker), log)


def test_another_log_under_the_same_name_is_refused(log, broker):
    Shifts(log).change(3)
    run(a_relay(log, broker).run(once=True))
    with memory_log() as shorter, memory_log() as other:
        Shifts(shorter, units=1)
        Shifts(other, units=1).change(500)
        for wrong in (shorter, other):
            with pytest.raises(OtherLog, match="has saigon up to event 40, which is not in this log"):
                run(a_relay(wrong, broker).run(once=True))
    each_once_and_in_order(arrived(broker), log)


def test_without_its_checkpoints_all_is_sent_again_and_a_careful_reader_applies_nothing_twice(log, broker):
    async def forget():
        async with admin(broker) as client:
            await client.delete_topics([broker.topic("relay")])
        for _ in range(50):  # a real broker takes a moment
            if not await missing(broker, "relay"):
                await asyncio.sleep(0.1)
        await set_up(broker, Plan(partitions=3, copies=1))

    Shifts(log).change(3)
    run(a_relay(log, broker).run(once=True))
    run(forget())
    run(a_relay(log, broker).run(once=True))
    twice = arrived(broker)
    assert len(twice) == 2 * len(whole(log))
    reader, applied = Reader(), []
    for event in twice:
        if reader.judge_envelope(event).verdict is Verdict.NEWS:
            reader.applied(event.centre, event.id, event.seq, event.version)
            applied.append(event)
    each_once_and_in_order(applied, log)


async def missing(broker, name):
    async with admin(broker) as client:
        return broker.topic(name) not in await client.list_topics()


def test_an_event_too_large_for_kafka_goes_without_its_data_and_stops_none(log, broker, monkeypatch):
    monkeypatch.setattr(envelope.outgoing, "__defaults__", (330,))
    Shifts(log, units=2).change(2)
    relay = a_relay(log, broker)
    run(relay.run(once=True))
    found = arrived(broker)
    each_once_and_in_order(found, log)
    empty = [each for each in found if each.data is None]
    assert empty
    assert all(each.topic == "Unit.Commissioned" and each.bytes_left_out > 330 for each in empty)
    assert relay.figures.left_out == len(empty)


def test_the_log_in_a_file_is_read_while_another_writes_it_and_never_written(tmp_path, broker):
    with a_log(tmp_path) as log:
        shifts = Shifts(log)
        with read_only_sqlite_log(tmp_path / FILE) as seen:
            relay = a_relay(seen, broker)

            async def work():
                async with running(relay):
                    await until(lambda: relay.figures.position == log.position())
                    place = await asyncio.to_thread(shifts.change, 5)
                    await until(lambda: relay.figures.position == place)

            run(work())
            with pytest.raises(Exception, match=r"(?i)read-?only"):
                Shifts(seen)
        each_once_and_in_order(arrived(broker), log)


def test_without_a_log_there_is_a_sentence(tmp_path):
    with pytest.raises(NoLog, match="There is no event log in"):
        read_only_sqlite_log(tmp_path / FILE)
    assert list(tmp_path.iterdir()) == []


def test_a_second_relay_stands_by_until_the_first_is_gone(tmp_path, log, broker):
    async def work():
        shifts = Shifts(log)
        first = a_relay(log, broker, lock=FileLock(tmp_path / "relay.lock"))
        second = a_relay(log, broker, lock=FileLock(tmp_path / "relay.lock"))
        async with running(second):
            pass  # ends when told, also before it began
        second = a_relay(log, broker, lock=FileLock(tmp_path / "relay.lock"))
        async with running(first):
            await until(lambda: first.figures.lag == 0 and first.figures.events_sent)
            async with running(second):
                await until(lambda: second.figures.state == "standing by")
                assert second.figures.lives == 0
                first.stop()
                await until(lambda: second.figures.state == "following")
                place = await asyncio.to_thread(shifts.change)
                await until(lambda: second.figures.position == place)

    run(work())
    each_once_and_in_order(arrived(broker), log)


# --- faults on demand, which only the broker in memory has ------------------------------------


@pytest.fixture
def mini():
    with MiniKafka() as kafka:
        yield kafka


@pytest.fixture
def settings(mini):
    from api.streams.broker_settings import BrokerSettings

    broker = BrokerSettings(mini.address)
    run(set_up(broker, Plan(partitions=3)))
    return broker


def test_a_record_that_the_broker_refuses_takes_its_whole_batch_with_it(log, mini, settings):
    """aiokafka commits a transaction although a record of it was refused: the event would be lost."""
    mini.faults.refuse(Api.PRODUCE, Error.MESSAGE_TOO_LARGE, times=1, topic="vigil.events")
    Shifts(log).change(10)
    relay = a_relay(log, settings)
    run(relay.run(once=True))
    assert relay.figures.faults == 1
    each_once_and_in_order(arrived(settings), log)


@pytest.mark.parametrize("api", [Api.PRODUCE, Api.END_TRANSACTION, Api.ADD_PARTITIONS, Api.INIT_PRODUCER_ID])
def test_answers_that_are_lost_double_nothing(log, mini, settings, api):
    mini.faults.lose_answers(api, times=3)
    Shifts(log).change(30)
    run(a_relay(log, settings).run(once=True))
    each_once_and_in_order(arrived(settings), log)


def test_a_broker_that_goes_away_is_waited_for_and_said_to_be_away(log, mini, settings):
    async def work():
        said: list[str] = []
        shifts, relay = Shifts(log), a_relay(log, settings)
        relay.figures.say = said.append
        async with running(relay):
            await until(lambda: relay.figures.lag == 0 and relay.figures.events_sent)
            await asyncio.to_thread(mini.down)
            await asyncio.to_thread(shifts.change, 20)
            await until(lambda: "waiting" in relay.figures.state)
            assert any("does not answer; waiting" in words for words in said)
            await asyncio.to_thread(mini.up)
            await until(lambda: relay.figures.position == log.position())
            assert relay.figures.state == "following"

    run(work())
    each_once_and_in_order(arrived(settings), log)


def test_told_to_end_it_ends_also_while_the_broker_is_away(log, mini, settings):
    async def work():
        shifts, relay = Shifts(log), a_relay(log, settings)
        task = asyncio.create_task(relay.run())
        await until(lambda: relay.figures.lag == 0 and relay.figures.events_sent)
        await asyncio.to_thread(mini.down)
        shifts.change()
        await until(lambda: "waiting" in relay.figures.state)
        relay.stop()
        await asyncio.wait_for(task, 30)

    run(work())


def test_without_topics_it_says_which_command_makes_them_and_waits(log, mini):
    async def work():
        from api.streams.broker_settings import BrokerSettings

        broker, said = BrokerSettings(mini.address), []
        Shifts(log)
        relay = a_relay(log, broker)
        relay.figures.say = said.append
        async with running(relay):
            await until(lambda: said)
            assert f"vigil stream init --kafka {mini.address} makes them" in said[0]
            await set_up(broker, Plan(partitions=3))
            await until(lambda: relay.figures.lag == 0 and relay.figures.events_sent)

    run(work())


def test_a_fault_of_the_log_is_waited_out(log, settings):
    class Failing:
        saved, position, failures = log.saved, log.position, 2

        def select(self, *args):
            if self.failures:
                self.failures -= 1
                raise OSError("the disk is away")
            return log.select(*args)

    Shifts(log).change(3)
    relay = a_relay(Failing(), settings)
    run(relay.run(once=True))
    assert relay.figures.faults == 2
    each_once_and_in_order(arrived(settings), log)


def test_figures_tell_the_lag_in_events_and_in_seconds():
    from tests.builders import NOON, seconds

    figures = RelayFigures("saigon", position=40, end=100, oldest_waiting=NOON)
    assert (figures.lag, figures.lag_s(seconds(12))) == (60, 12.0)
    assert replace(figures, oldest_waiting=None).lag_s(seconds(12)) == 0.0
