"""A storm of orders from several desks at once, each remembering what it was promised."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.desk_work import a_call, now, point
from tests.small_city import where

Json = dict[str, Any]
Identity = tuple[str, ...]


@dataclass
class Order:
    """One order under ids of its own; `fact` is the one fact that must stand in the log for it, once."""

    method: str
    path: str
    body: Json
    fact: Identity
    headers: dict[str, str]

    def send(self, client: httpx.Client) -> httpx.Response:
        return client.request(self.method, self.path, json=self.body, headers=self.headers)


@dataclass
class Ledger:
    """What all desks of a storm were promised, and what they do not know the fate of."""

    promised: list[tuple[Order, Json]] = field(default_factory=list)
    unanswered: list[Order] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)


def an_order(method: str, path: str, body: Json, fact: Identity, keyed: bool) -> Order:
    """With an Idempotency-Key, or told apart by the ids in its body alone."""
    return Order(method, path, body, fact, {"Idempotency-Key": str(uuid4())} if keyed else {})


def one_emergency(unit: str, keyed: bool) -> list[Order]:
    """Ten orders, from the call to the end of the run."""
    call, incident, run, note = (str(uuid4()) for _ in range(4))
    here = point(where("T"))
    orders = [
        an_order("POST", "/calls", a_call(id=call), ("Call.Received", call), keyed),
        an_order(
            "POST",
            "/incidents",
            {"id": incident, "call_id": call, "position": here, "priority": "P3"},
            ("Incident.Opened", incident),
            keyed,
        ),
        an_order(
            "POST",
            f"/incidents/{incident}/runs",
            {"run_id": run, "unit_id": unit, "hospital_id": "bac", "bed_kind": "EmergencyDepartment"},
            ("Run.Assigned", run),
            keyed,
        ),
        an_order(
            "POST",
            f"/incidents/{incident}/notes",
            {"note_id": note, "text": "cửa sau"},
            ("Incident.Noted", note),
            keyed,
        ),
    ]
    milestones = ("accepted", "en_route", "on_scene", "transporting", "at_hospital", "handed_over", "clear")
    return orders + [
        an_order(
            "POST",
            f"/runs/{run}/milestones",
            {"milestone": milestone, "at": None},  # said when it is sent
            ("Run.Progressed", run, milestone),
            keyed,
        )
        for milestone in milestones
    ]


def work(new_client: Callable[[], httpx.Client], units: list[str], ledger: Ledger) -> None:
    """One desk: emergencies one after the other, until the line is dead or the storm is over."""
    turn = 0
    with new_client() as client:
        while not ledger.stopped.is_set():
            for order in one_emergency(units[turn % len(units)], keyed=turn % 2 == 0):
                if "milestone" in order.body:
                    order.body["at"] = now().isoformat()
                try:
                    answer = order.send(client)
                except httpx.TransportError:
                    ledger.unanswered.append(order)
                    return
                if not answer.is_success:
                    ledger.refused.append(f"{order.fact}: {answer.status_code} {answer.text}")
                    return
                ledger.promised.append((order, answer.json()))
            turn += 1


def facts_in(events: list[Json]) -> Counter[Identity]:
    """How often each fact that an order stands for is in the log."""
    return Counter(identity for event in events if (identity := _identity(event)))


def _identity(event: Json) -> Identity | None:
    said = event["data"]
    match event["topic"]:
        case "Call.Received":
            return ("Call.Received", said["call_id"])
        case "Incident.Opened":
            return ("Incident.Opened", said["incident_id"])
        case "Incident.Noted":
            return ("Incident.Noted", said["note_id"])
        case "Run.Assigned":
            return ("Run.Assigned", said["run_id"])
        case "Run.Progressed":
            return ("Run.Progressed", said["run_id"], said["milestone"])
    return None


def until_promised(ledger: Ledger, count: int, within_s: float = 30.0) -> None:
    deadline = time.monotonic() + within_s
    while len(ledger.promised) < count:
        assert time.monotonic() < deadline, (
            f"only {len(ledger.promised)} orders carried out; {ledger.refused}"
        )
        time.sleep(0.01)
