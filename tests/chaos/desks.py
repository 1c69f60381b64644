"""Dispatchers who go on under fire: each order is said again, under its own ids, until it has an answer."""

import threading
import time
from dataclasses import dataclass
from random import Random
from uuid import uuid4

import httpx

from tests.chaos.record import Heard, Json, Record
from tests.chaos.world import World
from tests.desk_work import a_call, now, point
from tests.integration.api.storm import Order, an_order
from tests.small_city import callsigns, where

PATIENCE_S = 600.0
"""What is asked is that each order has its answer in the end; how long it took is reported."""
LONGEST_THOUGHT_S = 0.2
FOUGHT_FOR = 3
"""So many vans belong to no desk: all want them."""
FOUGHT_BEDS = ("nam", "AdultICU")
FOUGHT_STAFFED = 2
"""Fewer than the vans that all want, so that some are refused for want of a bed."""
OWN = 2
"""Vans of each desk that no other ever sends: an order for one must never be refused."""
KINDS = ("dispatcher", "supervisor", "admin")


@dataclass
class Desk:
    """One dispatcher; every second emergency is about what others want too."""

    world: World
    number: int
    record: Record
    closing: threading.Event
    chance: Random

    def work(self) -> None:
        own, shared = vans_of(self.number)
        turn = 0
        client = self.world.server.client(KINDS[self.number % len(KINDS)])
        with client:
            while not self.closing.is_set():
                fight = turn % 2 == 1
                vans = shared if fight else own
                self._emergency(client, vans[turn // 2 % len(vans)], fight, turn)
                turn += 1

    def _emergency(self, client: httpx.Client, van: str, fight: bool, turn: int) -> None:
        call, incident, run = (str(uuid4()) for _ in range(3))
        here, keyed = point(where("T")), turn % 3 != 0
        beds = FOUGHT_BEDS if fight else ("bac", "EmergencyDepartment")
        opening = {"id": incident, "call_id": call, "position": here, "priority": "P2"}
        sending = {"run_id": run, "unit_id": van, "hospital_id": beds[0], "bed_kind": beds[1]}
        orders = [
            an_order("POST", "/calls", a_call(id=call), ("Call.Received", call), keyed),
            an_order("POST", "/incidents", opening, ("Incident.Opened", incident), keyed),
            an_order("POST", f"/incidents/{incident}/runs", sending, ("Run.Assigned", run), keyed),
        ]
        # a fought-for bed is given back, so that there is always one to fight for
        course = ("accepted", "en_route", "stood_down") if fight else ("en_route", "on_scene", "clear")
        for milestone in course:
            body: Json = {"milestone": milestone, "at": None}
            fact = ("Run.Progressed", run, milestone)
            orders.append(an_order("POST", f"/runs/{run}/milestones", body, fact, keyed))
        orders.append(
            an_order(
                "POST",
                f"/incidents/{incident}/close",
                {"reason": "xong"},
                ("Incident.Closed", incident),
                True,
            )
        )
        for order in orders:
            time.sleep(self.chance.uniform(0, LONGEST_THOUGHT_S))
            if not self._until_answered(client, order):
                return

    def _until_answered(self, client: httpx.Client, order: Order) -> bool:
        """Whether it was carried out. Only an answer ends the asking."""
        if "milestone" in order.body:
            order.body["at"] = now().isoformat()
        asked = time.monotonic()
        while (sent := time.monotonic()) - asked < PATIENCE_S:
            try:
                answer = order.send(client)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code >= 500:
                time.sleep(0.1)
                continue
            heard = time.monotonic()
            told = Heard(self.number, order, asked, sent, heard, answer.status_code, answer.json())
            self.record.longest_wait_s = max(self.record.longest_wait_s, heard - asked)
            (self.record.promised if answer.is_success else self.record.refused).append(told)
            return answer.is_success
        self.record.given_up.append(order)
        return False


def fought_vans() -> list[str]:
    return _vans()[:FOUGHT_FOR]


def vans_of(desk: int) -> tuple[list[str], list[str]]:
    """The vans of one desk, and those that all want."""
    own = _vans()[FOUGHT_FOR:][desk * OWN : (desk + 1) * OWN]
    assert len(own) == OWN, f"there is no van for desk {desk}"
    return own, fought_vans()


def _vans() -> list[str]:
    return [callsign for callsign in callsigns() if not callsign.startswith("M")]
