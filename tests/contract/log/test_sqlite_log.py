"""The log in an SQLite file keeps the contract, also over a restart and between two processes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.application import DispatchLog, sqlite_log
from tests.builders import Room, a_unit
from tests.contract.log.log_contract import LogContract

ROOT = Path(__file__).parents[3]


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


RIVAL = """
import json, sys
from dispatch.application import sqlite_log
from dispatch.commands import carry_out
from dispatch.handlers.assign_unit import assign_unit
from domain.errors import UnitBusy
from tests.builders import Room, no_pause
path, orders = sys.argv[1], json.loads(sys.argv[2])
from uuid import UUID
with sqlite_log(path) as log:
    room = Room(log)
    prepared = [
        room.order_to_send(UUID(incident), callsign, None, None, run_id=UUID(run))
        for callsign, incident, run in orders
    ]
    from dataclasses import replace
    prepared = [replace(o, act=replace(o.act, command_id=o.run_id)) for o in prepared]
    print("ready", flush=True)
    sys.stdin.readline()
    said = {}
    for order in prepared:
        try:
            carry_out(order, assign_unit, room.desk, no_pause)
            said[order.unit] = str(order.run_id)
        except UnitBusy as refusal:
            said[order.unit] = "UnitBusy " + str(refusal.facts["run_id"])
    print(json.dumps(said))
"""


def test_two_processes_on_one_file_never_send_one_unit_twice(tmp_path):
    from tests.builders import an_id

    path = str(tmp_path / "events.sqlite")
    callsigns = [f"C{number}" for number in range(1, 21)]
    orders = {}
    with sqlite_log(path) as log:
        room = Room(log, units=callsigns)
        for name in ("left", "right"):
            orders[name] = [
                (callsign, str(room.incident()), str(an_id(f"{name} {callsign}"))) for callsign in callsigns
            ]
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", RIVAL, path, json.dumps(orders[name])],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in orders
    ]  # fmt: skip
    for rival in rivals:
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write("go\n")
        rival.stdin.flush()
    left, right = [json.loads(rival.communicate(timeout=60)[0]) for rival in rivals]
    with sqlite_log(path) as log:
        for callsign in callsigns:
            run_id = str(log.unit(callsign).run_id)
            both = {left[callsign], right[callsign]}
            assert both == {run_id, f"UnitBusy {run_id}"}
