"""The relay beside a log in PostgreSQL: it hears of news at once, and there is one for each centre."""

import asyncio
import time
from contextlib import asynccontextmanager

import psycopg
import pytest

from api.postgres.migrate import migrate
from api.streams.broker_settings import BrokerSettings
from api.streams.relay import Relay
from api.streams.relay_figures import RelayFigures
from api.streams.relay_lock import AdvisoryLock
from api.streams.relay_log import NoLog, postgres_log_to_read
from api.streams.set_up import Plan, set_up
from dispatch.application import postgres_log
from tests.brokers import read_all, run
from tests.integration.streams.centre_logs import Shifts, each_once_and_in_order, envelopes
from tests.postgres import fresh_database
from tests.servers.minikafka import MiniKafka


@pytest.fixture
def address():
    with fresh_database() as address:
        yield address


@pytest.fixture
def broker():
    with MiniKafka() as kafka:
        settings = BrokerSettings(kafka.address)
        run(set_up(settings, Plan(partitions=3)))
        yield settings


@pytest.fixture
def log(address):
    migrate(address)
    with postgres_log(address.libpq) as log:
        yield log


@asynccontextmanager
async def running(relay):
    task = asyncio.create_task(relay.run())
    try:
        yield task
    finally:
        relay.stop()
        await task


async def until(true, patience_s=50.0):
    end = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < end, "it never came to that"
        await asyncio.sleep(0.01)


def test_without_a_log_there_is_a_sentence(address):
    with pytest.raises(NoLog, match="There is no event log in postgresql://"):
        postgres_log_to_read(address)


def test_what_another_process_saves_arrives_before_a_poll_would_find_it(address, log, broker, monkeypatch):
    monkeypatch.setattr("api.streams.relay.POLL_S", 30.0)
    shifts = Shifts(log)
    with postgres_log_to_read(address) as seen:
        relay = Relay(seen, broker, AdvisoryLock(address, "saigon"), RelayFigures("saigon"))

        async def work():
            async with running(relay):
                await until(lambda: relay.figures.position == log.position())
                await until(lambda: seen.ears.hearing.is_set())
                place = await asyncio.to_thread(shifts.change)
                await until(lambda: relay.figures.position == place, 15.0)
                with seen.saved:
                    seen.saved.notify_all()  # nobody waits half a minute for the end of this test
                relay.stop()
                await asyncio.sleep(0.1)
                with seen.saved:
                    seen.saved.notify_all()

        run(work())
    found = envelopes(run(read_all(broker, broker.topic("events"))))
    each_once_and_in_order(found, log)


def test_one_centre_has_one_relay_and_another_takes_over_when_its_line_is_cut(address, log, broker):
    shifts = Shifts(log)
    with postgres_log_to_read(address) as seen:
        first, second = [
            Relay(seen, broker, AdvisoryLock(address, "saigon"), RelayFigures("saigon")) for _ in range(2)
        ]

        async def work():
            async with running(first):
                await until(lambda: first.figures.lag == 0 and first.figures.events_sent)
                async with running(second):
                    await until(lambda: second.figures.state == "standing by")
                    await asyncio.to_thread(cut_the_line)
                    await until(lambda: second.figures.state == "following")
                    place = await asyncio.to_thread(shifts.change, 5)
                    await until(lambda: second.figures.position == place)
                    # The first finds itself fenced and without its lock: it stands by, and does not fight.
                    await until(lambda: first.figures.state == "standing by")

        def cut_the_line():
            with psycopg.connect(address.libpq, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE application_name = 'vigil-relay' AND datname = current_database()"
                )

        run(work())
    found = envelopes(run(read_all(broker, broker.topic("events"))))
    each_once_and_in_order(found, log)


def test_relays_of_two_centres_do_not_hinder_each_other(address):
    migrate(address)
    saigon, hanoi, again = [AdvisoryLock(address, name) for name in ("saigon", "hanoi", "saigon")]
    try:
        assert saigon.take()
        assert hanoi.take()
        assert not again.take()
        saigon.release()
        assert again.take()
        assert again.held()
    finally:
        for each in (saigon, hanoi, again):
            each.release()
