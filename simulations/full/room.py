"""The dispatch room of a simulation: log, roads, rules and cells, and the live picture of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.application import DispatchLog
from dispatch.commands import C, Outcome, carry_out
from dispatch.desk import Desk
from dispatch.handlers.set_up_city import SetUpCity, set_up_city
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from dispatch.policies.fleet import UnitNow
from dispatch.policies.hospital_now import HospitalNow
from dispatch.protocol_file import shipped_protocols
from dispatch.rules import Rules
from domain.base import natural_id
from domain.city import City
from domain.values import Act, Duty, Position, Travel
from projections.memory import MemoryViews
from projections.rows import FIRST
from projections.unit_board import UnitBoard
from routing.areas.grid import RoadGrid
from routing.times import RoadTimes
from simulations.full.quick_log import QuickLog
from simulations.full.wards import Wards
from simulations.full.whereabouts import Standing, Whereabouts
from simulations.ground.build import CityGround
from simulations.ground.roads import GroundRoads
from simulations.hospitals import NONE_TAKEN, ordinary_day
from simulations.rival import Rival
from simulations.week import on_duty, pace_at, week_s

ON_THE_BOARD = frozenset(UnitBoard.facts)
"""Of all others the board is not even asked: most facts of a night are receipts, offers, calls and beds."""


@dataclass(slots=True)
class Room:
    """Satisfies `dispatch.advise.LivePicture`. Crews come and go, drives have their pace and beds are taken
    as the rival has it; hospitals never turn anybody away.

    crews : id, kind and capabilities of each unit, which stay as they are all night
    """

    city: City
    desk: Desk
    ground: CityGround
    begins: datetime
    clock: Callable[[], float]
    rival: Rival = field(default_factory=Rival)
    views: MemoryViews = field(default_factory=lambda: MemoryViews((UnitBoard(),)))
    where: dict[str, Whereabouts] = field(default_factory=dict)
    bases: dict[str, int] = field(default_factory=dict)
    wards: Wards = field(default_factory=lambda: Wards((), False))
    kinds: dict[str, str] = field(default_factory=dict)
    crews: dict[str, tuple[str, str, tuple[str, ...]]] = field(default_factory=dict)
    orders: int = 0
    spots: dict[Position, int] = field(default_factory=dict)
    _fleet: tuple[float, int, list[UnitNow]] | None = None
    _now: tuple[float | None, datetime] = None, FIRST

    @property
    def now(self) -> datetime:
        """One and the same thing as long as the clock stands."""
        now_s = self.clock()
        if now_s != self._now[0]:
            self._now = now_s, self.begins + timedelta(seconds=now_s)
        return self._now[1]

    def __post_init__(self) -> None:
        """All that stays as it is all night; and every unit at its station."""
        self.spots = self.ground.spots()
        bases = [station.id for station in self.city.stations]
        for unit in self.city.units:
            base = self.bases[unit.callsign] = bases.index(unit.station)
            self.move(unit.callsign, Standing(int(self.ground.columns.base_spot[base])))
            self.kinds[unit.callsign] = str(unit.kind)
        taken = self.rival.taken if self.rival.beds else NONE_TAKEN
        self.wards = Wards(ordinary_day(self.city, taken), self.rival.beds)

    def open(self) -> None:
        """The city is set up and everybody signs on."""
        self.order(lambda act: SetUpCity(act, self.city), set_up_city)
        for unit in self.city.units:
            if on_duty(unit.callsign, 0.0, self.rival):
                self.sign(unit.callsign, Duty.ON_DUTY)

    def sign(self, callsign: str, duty: Duty) -> None:
        self.order(lambda act: SignUnit(act, callsign, duty, None), sign_unit)

    def pace(self, in_s: float = 0.0) -> float:
        """Of a drive that begins now, or after so many seconds."""
        return pace_at(self.clock() + in_s, week_s(self.begins), self.rival.pace)

    def order(self, make: Callable[[Act], C], handler: Callable[[C, Desk], Outcome]) -> dict[str, Any]:
        """Carry out an order as the live desk does, and follow what it wrote."""
        self.orders += 1
        its_id = natural_id("simulation", self.orders)
        now = self.now
        act = Act(now, now, "simulation", its_id, its_id)
        answer = carry_out(make(act), handler, self.desk, lambda attempt: None)
        new = self.desk.log.select(self.views.position + 1, 1_000)
        changes, _ = self.views.fold([each for each in new if type(each[1]) in ON_THE_BOARD])
        self.views.take(changes, new[-1][0] if new else answer.seq)
        return answer.body

    def go_on(
        self, where: dict[str, Whereabouts], orders: int, units: Sequence[dict[str, Any]], position: int
    ) -> None:
        """In the middle of a night. units : the rows of the unit board at this position of the log"""
        self.where, self.orders, self._fleet = where, orders, None
        rows = {"units": {row["id"]: row for row in units}}
        self.views = MemoryViews((UnitBoard(),), rows, position)

    def id_of(self, *names: object) -> UUID:
        return natural_id("simulation", *names)

    # --- the picture --------------------------------------------------------------------------

    def units_now(self) -> Sequence[UnitNow]:
        """Worked out once a moment, as long as nothing happens."""
        now_s, seq = self.clock(), self.views.position
        if self._fleet is None or self._fleet[:2] != (now_s, seq):
            self._fleet = now_s, seq, self._units(now_s)
        return self._fleet[2]

    def _units(self, now_s: float) -> list[UnitNow]:
        now, where, positions, crews = self.now, self.where, self.ground.positions, self.crews
        units = []
        for row in self.views.rows("units"):
            callsign = row["callsign"]
            crew = crews.get(callsign)
            if crew is None:
                crew = crews[callsign] = row["unit_id"], row["kind"], tuple(row["capabilities"])
            unit_id, kind, can = crew
            here = positions[where[callsign].seen(now_s)]
            units.append(
                UnitNow(unit_id, callsign, kind, can, row["duty"], row["incident_number"], here, now)
            )
        return units

    def anybody_free(self) -> bool:
        return any(row["run_id"] is None and row["duty"] == Duty.ON_DUTY for row in self.views.rows("units"))

    def hospitals_now(self) -> Sequence[HospitalNow]:
        return self.wards.at(self.clock())

    def spot(self, position: Position) -> int:
        """Of a place or a hospital of the ground. Raises KeyError."""
        return self.spots[position]

    def move(self, callsign: str, where: Whereabouts) -> None:
        self.where[callsign], self._fleet = where, None

    def way_on(self, scene: Position, hospital: Position, in_s: float) -> Travel | None:
        """Of a drive from a scene to a hospital that begins after so many seconds."""
        roads = self.desk.roads
        assert isinstance(roads, GroundRoads), "the room was opened with them"
        return roads.way_on(scene, hospital, self.pace(in_s))

    def place(self, callsign: str, now_s: float) -> Position:
        return self.ground.positions[self.where[callsign].seen(now_s)]


def room_of(
    city: City,
    rules: Rules,
    roads: RoadTimes,
    ground: CityGround,
    begins: datetime,
    clock: Callable[[], float],
    log: DispatchLog | None = None,
    rival: Rival | None = None,
) -> Room:
    """A room in the morning, before it is opened. The roads stay as they are all day.

    ground : of these roads, whose bases are the city's stations in their order
    log    : where all that happens is recorded; one for this writer alone where none is named
    rival  : who is on duty when, how quick drives are, whether beds are taken
    """
    rival, begins_s = rival or Rival(), week_s(begins)
    grid = RoadGrid(roads.still)
    grid.renew(rules.coverage.shrink_calls)
    grid.cells_of(ground.positions)  # wherever anybody will be: at once, it is a tenth of the time
    desk = Desk(
        log=QuickLog() if log is None else log,
        roads=GroundRoads(ground, roads, lambda: pace_at(clock(), begins_s, rival.pace)),
        protocols=shipped_protocols(),
        timezone=ZoneInfo(city.timezone),
        rules=rules,
        stations={station.id: station for station in city.stations},
        coverage=grid,
    )
    return Room(city, desk, ground, begins, clock, rival)
