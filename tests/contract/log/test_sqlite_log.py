"""The log in an SQLite file keeps the contract, also over a restart and between two processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.application import DispatchLog, sqlite_log
from tests.builders import Room, a_unit, an_id
from tests.contract.log.log_contract import LogContract
from tests.contract.log.rivals import race


class TestSqliteLog(LogContract):
    @pytest.fixture
    def log(self, tmp_path: Path) -> Iterator[DispatchLog]:
        with sqlite_log(str(tmp_path / "events.sqlite")) as log:
            yield log


def test_what_was_saved_is_there_after_a_restart(tmp_path):
    path = str(tmp_path / "events.sqlite")
    with sqlite_log(path) as log:
        room = Room(log)
        run_id = room.send(room.incident())
        stood, unit, ledger = log.position(), log.unit("C1"), room.ledger()
    with sqlite_log(path) as log:
        assert log.position() == stood
        assert log.unit("C1") == unit
        assert Room(log).ledger() == ledger
        assert log.run(run_id).callsign == "C1"
        assert log.record(a_unit("C9", on_duty=False)) == stood + 1


def test_an_acknowledged_fact_outlives_a_power_cut(tmp_path):
    with sqlite_log(str(tmp_path / "events.sqlite")) as log:
        store = log.recorder.datastore  # type: ignore[attr-defined]
        with store.transaction(commit=True) as cursor:
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone()[0] == 2  # FULL
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone()[0] == "wal"


def test_two_processes_on_one_file_never_send_one_unit_twice(tmp_path):
    path = str(tmp_path / "events.sqlite")
    callsigns = [f"C{number}" for number in range(1, 21)]
    orders = {}
    with sqlite_log(path) as log:
        room = Room(log, units=callsigns)
        for name in ("left", "right"):
            orders[name] = [
                (callsign, str(room.incident()), str(an_id(f"{name} {callsign}"))) for callsign in callsigns
            ]
    left, right = race("sqlite", path, orders)
    with sqlite_log(path) as log:
        for callsign in callsigns:
            run_id = str(log.unit(callsign).run_id)
            both = {left[callsign], right[callsign]}
            assert both == {run_id, f"UnitBusy {run_id}"}
