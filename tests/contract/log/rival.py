"""A writer in a process of its own, for the contracts of logs: `rival race|write sqlite|postgresql WHERE`."""

import json
import sys
from dataclasses import replace
from itertools import count
from uuid import UUID

from dispatch.application import DispatchLog, postgres_log, sqlite_log
from dispatch.commands import carry_out
from dispatch.handlers.assign_unit import assign_unit
from domain.errors import UnitBusy
from tests.builders import Room, a_call, a_unit, an_id, no_pause


def race(log: DispatchLog) -> None:
    """Send the units of standard input's first line, after its second: `{callsign: run or who has it}`."""
    room = Room(log)
    orders = [
        room.order_to_send(UUID(incident), callsign, None, None, run_id=UUID(run))
        for callsign, incident, run in json.loads(sys.stdin.readline())
    ]
    prepared = [replace(order, act=replace(order.act, command_id=order.run_id)) for order in orders]
    print("ready", flush=True)
    sys.stdin.readline()
    said = {}
    for order in prepared:
        try:
            carry_out(order, assign_unit, room.desk, no_pause)
            said[order.unit] = str(order.run_id)
        except UnitBusy as refusal:
            said[order.unit] = "UnitBusy " + str(refusal.facts["run_id"])
    print(json.dumps(said), flush=True)


def write(log: DispatchLog) -> None:
    """Save a unit and a call together, again and again, and say the number of each pair that is stored."""
    for number in count(1):
        log.record(a_unit(f"W{number}", on_duty=False), a_call(an_id(f"W{number}")))
        print(number, flush=True)


if __name__ == "__main__":
    deed, kind, where = sys.argv[1:]
    with sqlite_log(where) if kind == "sqlite" else postgres_log(where) as opened:
        {"race": race, "write": write}[deed](opened)
