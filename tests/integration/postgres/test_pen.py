"""One process a centre writes: it holds a lock, loses it with its connection, and takes it again."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from api.postgres.pen import AnotherWriter, Pen

ROOT = Path(__file__).parents[3]
HOLDER = """
import sys, time
from api.postgres.address import read_address
from api.postgres.pen import Pen
pen = Pen(read_address(sys.argv[1]))
pen.take()
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def pen(address):
    pen = Pen(address)
    pen.take()
    yield pen
    pen.release()


def until(holds, seconds=10.0):
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds
        time.sleep(0.01)


def end_connections(address):
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'vigil-pen' AND datname = current_database()"
        )


def test_a_second_writer_is_refused_and_the_first_goes_on(pen, address):
    with pytest.raises(AnotherWriter, match="Another Vigil already writes to postgresql://"):
        Pen(address).take()
    assert pen.may_write()


def test_what_is_released_can_be_taken_at_once(pen, address):
    pen.release()
    assert not pen.held
    other = Pen(address)
    began = time.monotonic()
    other.take()
    assert time.monotonic() - began < 1
    other.release()


def test_of_a_writer_that_was_killed_nothing_is_left(address):
    from api.postgres.address import as_url

    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, as_url(address)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(AnotherWriter):
        Pen(address).take()
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    pen = Pen(address)
    pen.take()
    pen.release()


def test_a_lock_that_is_lost_with_its_connection_is_taken_again(pen, address):
    end_connections(address)
    until(lambda: pen.losses == 1)
    assert pen.may_write(), "an order in that moment waits until it is held again"
    assert pen.held


def test_who_finds_the_lock_taken_stops_writing_and_says_so(pen, address, caplog):
    with psycopg.connect(address.libpq, autocommit=True) as rival:
        # The rival waits in line, so it is the one that gets the lock when the connection is cut.
        end_when_waiting(address, rival)
        until(lambda: pen.taken_by_other)
        assert not pen.may_write()
        assert "Another process took the right to write" in caplog.text
    until(lambda: pen.held)
    assert pen.may_write()


def end_when_waiting(address, rival):
    import threading

    from api.postgres.pen import LOCK

    waiting = threading.Thread(target=lambda: rival.execute("SELECT pg_advisory_lock(%s)", [LOCK]))
    waiting.start()
    time.sleep(0.2)
    end_connections(address)
    waiting.join(5)
    assert not waiting.is_alive()


def test_while_the_server_is_away_nobody_may_write_and_nobody_waits_long(own_cluster):
    pen = Pen(own_cluster.address)
    pen.take()
    try:
        own_cluster.stop()
        until(lambda: not pen.held)
        began = time.monotonic()
        assert not pen.may_write()
        assert time.monotonic() - began < 3
        own_cluster.start()
        until(lambda: pen.held)
    finally:
        pen.release()
