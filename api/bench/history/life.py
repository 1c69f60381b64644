"""A made-up life of a centre, day after day: every order goes through the handler that a dispatcher's would.

Numbers are like those of Ho Chi Minh City: some 900 calls a day, fewer than half of them emergencies, 128
units, 65 hospitals that count their beds three times a day.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from uuid import UUID

from api.bench.history.as_the_crow_flies import AsTheCrowFlies
from api.bench.history.bulk_log import BulkLog
from dispatch.application import DispatchLog
from dispatch.commands import C, Outcome, carry_out
from dispatch.desk import Desk
from dispatch.handlers.set_up_city import SetUpCity, set_up_city
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from dispatch.protocol_file import shipped_protocols
from domain.city import City
from domain.values import Act, Duty, Position

BEGIN = datetime(2026, 1, 1, 23, 30, tzinfo=UTC)  # half past six in Ho Chi Minh City, when the shifts change
Job = Callable[[], None]


@dataclass
class Life:
    """The clock, the chance and the hand of a centre that is made up.

    where : where each unit stands, by callsign; now : the moment that is being lived
    """

    target: DispatchLog
    city: City
    seed: int = 115
    now: datetime = BEGIN
    where: dict[str, Position] = field(default_factory=dict)
    agenda: list[tuple[datetime, int, Job]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.log = BulkLog(self.target)
        self.desk = Desk(
            log=self.log, roads=AsTheCrowFlies("bench"), protocols=shipped_protocols(), timezone=UTC
        )
        self._turn = count()
        stations = {station.id: station.position for station in self.city.stations}
        self.where = {unit.callsign: stations[unit.station] for unit in self.city.units}
        self.order(SetUpCity(self.act("city"), self.city), set_up_city)
        # The very things that the handlers change: to ask for each by its name would take most of the time.
        self.units = {each.callsign: self.log.unit(each.callsign) for each in self.city.units}
        self.hospitals = {each.id: self.log.hospital(each.id) for each in self.city.hospitals}
        self.ledgers = {
            each.id: [self.log.ledger(self.hospitals[each.id], kind) for kind in each.beds]
            for each in self.city.hospitals
        }
        for unit in self.city.units:
            self.order(SignUnit(self.act("crew"), unit.callsign, Duty.ON_DUTY, None), sign_unit)

    def live(self, facts: int, progress: Callable[[int], None]) -> None:
        """Until so many facts are in the log, or a few more: an order is never cut in two."""
        told = 0
        while self.log.facts < facts:
            self.now, _, job = heappop(self.agenda)
            job()
            if self.log.facts - told >= 50_000:
                told = self.log.facts
                progress(told)
        self.log.flush()

    def soon(self, seconds: float, job: Job) -> None:
        heappush(self.agenda, (self.now + timedelta(seconds=seconds), next(self._turn), job))

    def order(self, command: C, handler: Callable[[C, Desk], Outcome]) -> None:
        """Raises Refused: a life that gives orders which do not hold is a fault of the life."""
        carry_out(command, handler, self.desk, _no_pause)

    def act(self, actor: str, about: UUID | None = None, late_s: float = 0.0) -> Act:
        """late_s : so long ago it happened"""
        order = self.mint()
        return Act(self.now - timedelta(seconds=late_s), self.now, actor, order, about or order)

    def mint(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def about(self, seconds: float) -> float:
        """A duration with the long tail that durations have."""
        return seconds * self.chance.lognormvariate(0, 0.45)

    def near(self, spread: float = 0.05) -> Position:
        """Somewhere in the city, more often in the middle."""
        middle = self.city.centre
        return Position(
            round(middle.lat + self.chance.gauss(0, spread), 6),
            round(middle.lon + self.chance.gauss(0, spread), 6),
        )


def _no_pause(attempt: int) -> None:
    raise RuntimeError("nobody else writes here, and yet a race was lost")
