"""All that keeps the PostGIS tables of a running centre: the log's part, and what only its roads can tell."""

from api.coverage_keeper import CoverageKeeper
from api.postgis_projector import PostgisProjector
from api.postgres.address import Address
from api.route_keeper import RouteKeeper
from dispatch.advise import LivePicture
from dispatch.desk import Desk


class MapTables:
    """`start` returns at once, and a database that is away stops nobody: the desk never waits for a map."""

    def __init__(self, desk: Desk, picture: LivePicture, address: Address) -> None:
        self.projector = PostgisProjector(desk.log, address)
        self.routes = RouteKeeper(address, desk.roads)
        self.coverage = CoverageKeeper(address, desk, picture)

    def start(self) -> None:
        self.projector.start()
        self.routes.start()
        self.coverage.start()

    def stop(self) -> None:
        self.coverage.stop()
        self.routes.stop()
        self.projector.stop()

    @property
    def faults(self) -> dict[str, str]:
        """What goes wrong just now, in sentences; empty where all is well."""
        told = {
            "projector": self.projector.fault,
            "routes": self.routes.fault,
            "coverage": self.coverage.fault,
        }
        return {name: fault for name, fault in told.items() if fault is not None}
