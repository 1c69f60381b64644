"""What stands in a drawn shift, as far as whoever orders may know of it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from dispatch.application import DispatchLog
from dispatch.desk import Desk
from domain.base import Aggregate
from domain.bed_ledger import BedLedger
from domain.hospital import Hospital
from domain.roads import Roads
from domain.unit import Unit
from domain.values import Act
from tests.builders import an_id
from tests.drawn.chooser import Chooser

A = TypeVar("A", bound=Aggregate)

CITY = "hcmc"
ED = "EmergencyDepartment"
LOOKED_AT = 12
"""So many of a kind are looked at for one that fits, the newest first."""


class World:
    """things : ids of all that was ever made or changed, by kind, the newest last
    given  : how many orders of each kind were given, refused or not
    later  : kinds of orders that made no sense at the beginning, for want of things to name
    """

    def __init__(self, desk: Desk, units: Sequence[str], hospitals: Sequence[str], now: datetime) -> None:
        self.desk = desk
        self.log: DispatchLog = desk.log
        self.unit_names, self.hospital_names = tuple(units), tuple(hospitals)
        self.now = now
        self.things: dict[str, list[UUID]] = {}
        self.given: Counter[type] = Counter()
        self.later: frozenset[type] = frozenset()
        self.count = 0
        self._seen: dict[UUID, object | None] = {}

    def learn(self, changed: Sequence[Aggregate]) -> None:
        """What an order made or changed is there for the next ones."""
        for thing in changed:
            ids = self.things.setdefault(type(thing).__name__, [])
            if thing.id not in ids:
                ids.append(thing.id)
            self._seen.pop(thing.id, None)

    def act(self, chooser: Chooser) -> Act:
        """A minute after the order before; sometimes it happened a little earlier than it was heard."""
        self.count += 1
        self.now += timedelta(minutes=chooser.one_of([1, 1, 1, 1, 1, 3, 20, 61]))
        ago = timedelta(minutes=chooser.one_of([0, 0, 0, 0, 0, 0, 0, 2]))
        order = self.fresh("order")
        who = chooser.one_of(["linh", "linh", "linh", "minh"])
        return Act(self.now - ago, self.now, who, order, order)

    def fresh(self, stem: str) -> UUID:
        """An id nobody had before this order."""
        return an_id(f"{stem} {self.count}")

    # --- looking, without copying the same thing twice between two orders ----------------------

    def find(self, kind: type[A], its_id: UUID | None) -> A | None:
        if its_id is None:
            return None
        if its_id not in self._seen:
            self._seen[its_id] = self.log.whatever(its_id)
        found = self._seen[its_id]
        return found if isinstance(found, kind) else None

    def newest(self, kind: type[A], most: int = LOOKED_AT) -> list[A]:
        ids = self.things.get(kind.__name__, [])[: -most - 1 : -1]
        return [found for its_id in ids if (found := self.find(kind, its_id)) is not None]

    def every(self, kind: type[A]) -> list[A]:
        return self.newest(kind, most=len(self.things.get(kind.__name__, [])))

    def units(self) -> list[Unit]:
        return [unit for name in self.unit_names if (unit := self.find(Unit, Unit.create_id(name)))]

    def hospitals(self) -> list[Hospital]:
        ids = [Hospital.create_id(name) for name in self.hospital_names]
        return [hospital for its_id in ids if (hospital := self.find(Hospital, its_id))]

    def ledgers(self) -> list[BedLedger]:
        ids = [BedLedger.create_id(name, ED) for name in self.hospital_names]
        return [ledger for its_id in ids if (ledger := self.find(BedLedger, its_id))]

    def roads(self) -> Roads | None:
        return self.find(Roads, Roads.create_id(CITY))
