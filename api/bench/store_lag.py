"""How soon a stored fact shows: from the beginning of its save until the views in memory have it."""

import subprocess
import sys
import threading
from time import monotonic_ns

import psycopg

from api.bench.store_writer import a_call, paced
from api.follower import Follower
from api.hand import machine_act
from api.postgres.address import Address, as_url
from dispatch.application import DispatchLog, postgres_log
from domain.call import Call
from projections.memory import MemoryViews
from projections.projector import Batch
from projections.rows import Changes

WARM_S = 1.0
"""Of each watch the first second does not count."""


def lag_in_a_centre(log: DispatchLog, rate: float, seconds: float) -> list[float]:
    """Seconds of each fact, where the process that saves is the one that shows."""
    board = _Board(log)
    try:
        paced(rate, seconds + WARM_S, lambda: log.record(a_call(str(monotonic_ns()), machine_act("bench"))))
        board.follower.wait_for(log.position(), 10)
    finally:
        board.follower.stop()
    return _warm(board.lags, rate)


def lags_across(address: Address, rate: float, seconds: float) -> tuple[list[float], list[float]]:
    """Seconds of each fact that another process saves; and of bare notices, one after the other."""
    with postgres_log(address.libpq) as log:
        log.ears.hearing.wait(10)
        board = _Board(log)
        try:
            _run_writer("save", address, rate, seconds)
            board.follower.wait_for(log.position(), 10)
        finally:
            board.follower.stop()
    return _warm(board.lags, rate), _warm(_bare(address, rate, seconds), rate)


class _Board:
    """Views that follow a log from where it stands."""

    def __init__(self, log: DispatchLog) -> None:
        self.lags: list[float] = []
        self.follower = Follower(log, MemoryViews(position=log.position()), lambda *_: None, self._hear)
        self.follower.start()

    def _hear(self, batch: Batch, _: Changes) -> None:
        now = monotonic_ns()
        self.lags += [
            (now - int(fact.complaint)) / 1e9 for _, fact in batch if isinstance(fact, Call.Received)
        ]


def _bare(address: Address, rate: float, seconds: float) -> list[float]:
    """The same way with nothing of ours: INSERT and NOTIFY in one commit, until LISTEN has it."""
    lags: list[float] = []
    over = threading.Event()
    with psycopg.connect(address.libpq, autocommit=True) as connection:
        connection.execute("CREATE TABLE noticed (words text)")
        connection.execute("LISTEN bare_notices")

        def listen() -> None:
            while not over.is_set():
                for notice in connection.notifies(timeout=0.5, stop_after=1):
                    lags.append((monotonic_ns() - int(notice.payload)) / 1e9)

        ear = threading.Thread(target=listen)
        ear.start()
        _run_writer("notice", address, rate, seconds)
        over.set()
        ear.join()
    return lags


def _run_writer(deed: str, address: Address, rate: float, seconds: float) -> None:
    order = [sys.executable, "-m", "api.bench.store_writer", deed, as_url(address)]
    subprocess.run([*order, str(rate), str(seconds + WARM_S)], check=True)


def _warm(lags: list[float], rate: float) -> list[float]:
    return lags[int(rate * WARM_S) :]
