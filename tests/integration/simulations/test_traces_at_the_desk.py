"""The morning of `test_traces.py` once more, at a live desk: somebody with a pencil gives every order at the
second it was reckoned for, without a simulation, its clock, its roads or its log. The facts must be the same.

What each line says is explained there. `send NTH UNIT` takes the unit from so many seconds of drive away,
and asks for a bed in the North Hospital at D; for the one at H the East Hospital is nearer, two steps down.
"""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dispatch.application import DispatchLog, memory_log
from dispatch.commands import carry_out
from dispatch.desk import Desk
from dispatch.handlers.assign_unit import AssignUnit, assign_unit
from dispatch.handlers.open_incident import OpenIncident, open_incident
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from dispatch.handlers.set_up_city import SetUpCity, set_up_city
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from dispatch.protocol_file import shipped_protocols
from domain.base import natural_id
from domain.decision import Decision
from domain.letters import Letters
from domain.values import Act, Duty, Position
from tests.integration.simulations.night import Night
from tests.integration.simulations.test_traces import CALLS, MORNING, morning
from tests.small_city import where

__all__ = ["morning"]

BY_HAND = """
0       ring 1
30      ring 2
60      open 1; send 1 C1 16.7
65      tell 1 accepted
90      open 2; send 2 C2 58.3
95      tell 2 accepted
120     tell 1 en_route
136.7   tell 1 on_scene; tell 1 patient_contact
150     tell 2 en_route
208.3   tell 2 on_scene; tell 2 patient_contact
500     ring 3
560     open 3
736.7   tell 1 transporting
745     tell 1 at_hospital
808.3   tell 2 clear; send 3 C2 16.7
813.3   tell 3 accepted
868.3   tell 3 en_route
885     tell 3 on_scene; tell 3 patient_contact
1160    ring 4
1185    tell 3 clear
1220    open 4; send 4 C2 33.3 dong
1225    tell 4 accepted
1280    tell 4 en_route
1300    ring 5
1310    ring 6
1313.3  tell 4 on_scene; tell 4 patient_contact
1360    open 5
1370    open 6
1413.3  tell 4 clear; send 6 C2 8.3
1418.3  tell 6 accepted
1473.3  tell 6 en_route
1481.6  tell 6 on_scene; tell 6 patient_contact
1581.6  tell 6 transporting
1606.6  tell 6 at_hospital
1645    tell 1 handed_over
1706.6  tell 6 handed_over
1756.6  tell 6 clear; send 5 C2 16.7
1761.6  tell 5 accepted
1816.6  tell 5 en_route
1833.3  tell 5 on_scene; tell 5 patient_contact
1933.3  tell 5 clear
1945    tell 1 clear
"""
THEIR_OWN = {Decision.Made: {"advice"}}
"""What the pencil knows nothing of: all that was weighed. A test of its own says who was first."""


class DeskWithAPencil:
    """Ids are the names that the simulation gives, so that facts can be held against each other."""

    def __init__(self, night: Night) -> None:
        self.night = night
        self.desk = Desk(
            log=memory_log(),
            roads=night.roads,
            protocols=shipped_protocols(),
            timezone=ZoneInfo(night.city.timezone),
            rules=night.rules,
            stations={station.id: station for station in night.city.stations},
        )
        self.orders = 0

    def begin(self) -> None:
        self.order(0, lambda act: SetUpCity(act, self.night.city), set_up_city)
        for unit in self.night.city.units:
            self.order(0, lambda act, unit=unit: SignUnit(act, unit.callsign, Duty.ON_DUTY, None), sign_unit)

    def order(self, second: float, make: Any, handler: Any) -> None:
        self.orders += 1
        its_id, at = natural_id("simulation", self.orders), MORNING + timedelta(seconds=second)
        carry_out(make(Act(at, at, "simulation", its_id, its_id)), handler, self.desk, lambda attempt: None)

    def do(self, second: float, what: str, nth: int, *more: str) -> None:
        getattr(self, what)(second, nth - 1, *more)

    def ring(self, second: float, nth: int) -> None:
        place, phone = self.place(nth), f"0900{nth:06d}"
        self.order(
            second,
            lambda act: ReceiveCall(act, self.id("call", nth), phone, None, place, None, "Cuộc gọi ghi lại"),
            receive_call,
        )

    def open(self, second: float, nth: int) -> None:
        _, _, priority, *_ = CALLS[nth]
        self.order(
            second,
            lambda act: OpenIncident(
                act, self.id("incident", nth), self.id("call", nth), self.place(nth), None, priority, 1
            ),
            open_incident,
        )

    def send(self, second: float, nth: int, callsign: str, drive_s: str, hospital: str = "bac") -> None:
        decision_id = natural_id("simulation", "decision", nth + 1, self.orders)
        self.order(
            second,
            lambda act: AssignUnit(
                act,
                self.run(nth),
                self.id("incident", nth),
                callsign,
                hospital,
                None,
                decision_id,
                None,
                Letters.of("{}"),
                float(drive_s),
            ),
            assign_unit,
        )

    def tell(self, second: float, nth: int, milestone: str) -> None:
        self.order(
            second, lambda act: ReportMilestone(act, self.run(nth), milestone, None, None), report_milestone
        )

    def id(self, kind: str, nth: int) -> Any:
        return natural_id("simulation", kind, nth)

    def run(self, nth: int) -> Any:
        return natural_id("simulation", "run", str(self.id("incident", nth)))

    def place(self, nth: int) -> Position:
        return where(CALLS[nth][1])


def facts_of(log: DispatchLog) -> list[tuple[str, float, int, dict[str, Any]]]:
    """What happened, when, as which fact of its thing, and all it says."""
    found = []
    for _, fact in log.select(1, 10**6):
        said = {
            name: value for name, value in vars(fact).items() if name not in THEIR_OWN.get(type(fact), ())
        }
        second = round((fact.act.at - MORNING).total_seconds(), 1)
        found.append((type(fact).__qualname__, second, fact.originator_version, said))
    return found


@pytest.fixture(scope="module")
def by_hand(morning: Night) -> DispatchLog:
    desk = DeskWithAPencil(morning)
    desk.begin()
    for line in BY_HAND.strip().splitlines():
        second, orders = line.split(maxsplit=1)
        for order in orders.split(";"):
            what, nth, *more = order.split()
            desk.do(float(second), what, int(nth), *more)
    return desk.desk.log


def test_the_simulation_writes_the_facts_of_a_desk_where_every_order_is_given_by_hand(
    morning: Night, by_hand: DispatchLog
) -> None:
    simulated, live = morning.full(log=memory_log()).log, facts_of(by_hand)
    assert simulated is not None
    found = facts_of(simulated)
    assert len(live) > 200
    for mine, theirs in zip(found, live, strict=True):
        assert mine == theirs


def test_what_was_weighed_names_the_unit_first_that_the_pencil_sends(morning: Night) -> None:
    log = morning.full().log
    assert log is not None
    told = [fact.advice.read() for _, fact in log.select(1, 10**6) if isinstance(fact, Decision.Made)]
    first = [next(row for row in each["units"] if row["free_in_s"] is None) for each in told]
    assert [(row["callsign"], row["eta_s"]) for row in first] == [
        ("C1", 16.7),
        ("C2", 58.3),
        ("C2", 16.7),
        ("C2", 33.3),
        ("C2", 8.3),
        ("C2", 16.7),
    ]
