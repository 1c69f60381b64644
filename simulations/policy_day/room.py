"""The dispatch room of a day that is played: log, roads, rules and cells, and the live picture of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.application import memory_log
from dispatch.commands import C, Outcome, carry_out
from dispatch.desk import Desk
from dispatch.handlers.set_up_city import SetUpCity, set_up_city
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from dispatch.policies.fleet import UnitNow
from dispatch.policies.hospital_now import BedsNow, HospitalNow
from dispatch.protocol_file import shipped_protocols
from dispatch.rules import Rules
from domain.base import natural_id
from domain.city import City
from domain.values import Act, Duty, Position
from projections.memory import MemoryViews
from projections.unit_board import UnitBoard
from routing.areas.grid import RoadGrid
from routing.times import RoadTimes
from simulations.policy_day.whereabouts import Drive, standing


@dataclass(slots=True)
class Room:
    """Satisfies `dispatch.advise.LivePicture`. Every crew is on duty all day; hospitals have their beds of an
    ordinary day and never turn anybody away."""

    city: City
    desk: Desk
    begins: datetime
    clock: Callable[[], float]
    views: MemoryViews = field(default_factory=lambda: MemoryViews((UnitBoard(),)))
    drives: dict[str, Drive] = field(default_factory=dict)
    hospitals: list[HospitalNow] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    orders: int = 0

    @property
    def now(self) -> datetime:
        return self.begins + timedelta(seconds=self.clock())

    def open(self) -> None:
        """The city is set up and everybody signs on, each at its station."""
        self.order(lambda act: SetUpCity(act, self.city), set_up_city)
        for unit in self.city.units:
            station = self.city.station(unit.station)
            assert station is not None, "a city file is checked for that"
            self._sign_on(unit.callsign)
            self.drives[unit.callsign] = standing(station.position, 0.0)
            self.kinds[unit.callsign] = str(unit.kind)
        self.hospitals = [
            HospitalNow(
                hospital_id=each.id,
                name=each.name,
                position=each.position,
                specialities=each.specialities,
                beds={
                    str(kind): BedsNow(beds.staffed, None, beds.staffed) for kind, beds in each.beds.items()
                },
                diverting_until=None,
                diverted_services=(),
            )
            for each in self.city.hospitals
        ]

    def _sign_on(self, callsign: str) -> None:
        self.order(lambda act: SignUnit(act, callsign, Duty.ON_DUTY, None), sign_unit)

    def order(self, make: Callable[[Act], C], handler: Callable[[C, Desk], Outcome]) -> dict[str, Any]:
        """Carry out an order as the live desk does, and follow what it wrote."""
        self.orders += 1
        its_id = natural_id("policy-day", self.orders)
        act = Act(self.now, self.now, "policy day", its_id, its_id)
        answer = carry_out(make(act), handler, self.desk, lambda attempt: None)
        for seq, fact in self.desk.log.select(self.views.position + 1, 1_000):
            self.views.apply(seq, fact)
        return answer.body

    def id_of(self, *names: object) -> UUID:
        return natural_id("policy-day", *names)

    # --- the picture --------------------------------------------------------------------------

    def units_now(self) -> Sequence[UnitNow]:
        now_s, now = self.clock(), self.now
        return [
            UnitNow(
                unit_id=row["unit_id"],
                callsign=row["callsign"],
                kind=row["kind"],
                capabilities=tuple(row["capabilities"]),
                duty=row["duty"],
                incident_number=row["incident_number"],
                position=self.place(row["callsign"], now_s),
                position_at=now,
            )
            for row in self.views.rows("units")
        ]

    def hospitals_now(self) -> Sequence[HospitalNow]:
        return self.hospitals

    def place(self, callsign: str, now_s: float) -> Position:
        return self.drives[callsign].place(now_s)


def open_room(
    city: City, rules: Rules, roads: RoadTimes, begins: datetime, clock: Callable[[], float]
) -> Room:
    """A room in the morning. The roads stay as they are all day."""
    grid = RoadGrid(roads.still)
    grid.renew(rules.coverage.shrink_calls)
    desk = Desk(
        log=memory_log(),
        roads=roads,
        protocols=shipped_protocols(),
        timezone=ZoneInfo(city.timezone),
        rules=rules,
        stations={station.id: station for station in city.stations},
        coverage=grid,
    )
    room = Room(city, desk, begins, clock)
    room.open()
    return room
