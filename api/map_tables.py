"""All that keeps the PostGIS tables: the log's part, where units are, and what only roads can tell."""

from typing import Any

from psycopg import Connection

from api.coverage_keeper import coverage_keeper
from api.keeper import Keeper
from api.postgis_projector import PostgisProjector
from api.postgres.address import Address
from api.route_keeper import route_keeper
from dispatch.advise import LivePicture
from dispatch.application import DispatchLog
from dispatch.desk import Desk
from projections.postgis.positions import take_in_pings

PINGS_S = 1.0


class TablesOfLog:
    """The projector, and beside it the newest positions: a thousand units on the move make no save wait."""

    def __init__(self, source: DispatchLog, address: Address) -> None:
        self.projector = PostgisProjector(source, address)
        self._keepers = [self._positions(address)]

    def start(self) -> None:
        """Returns at once, and a database that is away stops nobody: the desk never waits for a map."""
        self.projector.start()
        for each in self._keepers:
            each.start()

    def stop(self) -> None:
        for each in self._keepers:
            each.stop()
        self.projector.stop()

    @property
    def faults(self) -> dict[str, str]:
        """What goes wrong just now, in sentences; empty where all is well."""
        told = {"projector": self.projector.fault, **{each.name: each.fault for each in self._keepers}}
        return {name: fault for name, fault in told.items() if fault is not None}

    def _positions(self, address: Address) -> Keeper:
        def work(connection: Connection[Any]) -> bool:
            if self.projector.working:  # where another process projects, it does this too
                take_in_pings(connection)
            return False

        return Keeper("position keeper", address, PINGS_S, work)


class MapTables(TablesOfLog):
    """In a running centre, which has roads."""

    def __init__(self, desk: Desk, picture: LivePicture, address: Address) -> None:
        super().__init__(desk.log, address)
        self._keepers += [route_keeper(address, desk.roads), coverage_keeper(address, desk, picture)]
