"""A dispatch centre at work: the desk, the live views, the telemetry and the feed, joined by `api.wiring`."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import IO, TYPE_CHECKING, Any

from api.accounts.store import AccountStore
from api.alarms import Alarms
from api.dress import Dress
from api.feed import Feed
from api.figure_keeper import FigureKeeper
from api.follower import Follower, PictureBehind
from api.hand import now
from api.inbound import InboundTimes
from api.live_coverage import LiveCoverage
from api.live_traffic import LiveTraffic
from api.move_ups import MoveUps
from api.observe.orders import OrderTraces, WatchedOrder
from api.observe.vitals import Vitals
from api.picture import Picture
from api.planning.keeper import Simulations
from api.planning.shelf import Shelf
from api.ready_to_look import ReadyToLook
from api.shown import ShownAdvice as ShownAdvice
from api.snapshot_keeper import SnapshotKeeper
from api.stores import Stores
from api.streams.home import HomeStreams
from api.telemetry import Telemetry
from api.view_keeper import ViewKeeper
from dispatch.commands import C, Outcome, carry_out
from dispatch.desk import Desk
from domain.city import City
from domain.ports import Gazetteer
from projections.memory import MemoryViews
from projections.rows import Row

if TYPE_CHECKING:
    from api.first_run.drill import DrillCrews
    from api.look_ahead import LookAheads
    from api.map_tables import MapTables
    from api.unit_streets import UnitStreets


def _look_aheads() -> "LookAheads":
    from api.look_ahead import LookAheads  # which reads a centre

    return LookAheads()


@dataclass(frozen=True, slots=True)
class MapShown:
    """Which map is open: its version, its file, and whether it is a real place."""

    version: str
    name: str
    kind: str  # "extract" or "drawn"
    bounds: tuple[float, float, float, float]  # west, south, east, north
    folder: Path


@dataclass(slots=True)
class Centre:
    city: City
    map: MapShown
    desk: Desk
    views: MemoryViews
    follower: Follower
    keeper: ViewKeeper
    past: SnapshotKeeper
    telemetry: Telemetry
    picture: Picture
    streets: "UnitStreets"
    feed: Feed
    traffic: LiveTraffic
    alarms: Alarms
    streams: HomeStreams
    dress: Dress
    figures: FigureKeeper
    inbound: InboundTimes
    gazetteer: Gazetteer
    failing_roads: Callable[[], Sequence[str]]  # the kinds of questions the road engine fails at now
    accounts: AccountStore
    epoch: str
    demo: bool
    shown: ShownAdvice
    stores: Stores
    lock: IO[str]
    shelf: Shelf
    simulations: Simulations
    maps: "MapTables | None" = None  # on PostgreSQL alone
    drill: "DrillCrews | None" = None  # where this is an exercise, and nothing is counted
    covering: LiveCoverage | None = None
    move_ups: MoveUps = field(default_factory=MoveUps)
    city_files: Path | None = None
    look_aheads: "LookAheads" = field(default_factory=_look_aheads)
    ready_to_look: ReadyToLook | None = None
    vitals: Vitals = field(default_factory=Vitals)
    started_at: datetime = field(default_factory=now)
    traces: OrderTraces | None = None

    def close(self) -> None:
        """Stop following, store what waits, let the data folder go."""
        self.simulations.stop()
        if self.ready_to_look is not None:
            self.ready_to_look.stop()
        if self.drill is not None:
            self.drill.stop()
        if self.maps is not None:
            self.maps.stop()
        if self.covering is not None:
            self.covering.stop()
        self.streams.stop()
        self.figures.stop()
        self.telemetry.stop()
        self.follower.stop()
        self.traffic.stop()
        self.keeper.stop()
        self.past.stop()
        self.stores.close()
        self.lock.close()

    def row(self, view: str, key: str) -> Row | None:
        """A row of the live views. One that is missing is missed only once they have all of the log.

        Raises PictureBehind where they cannot follow, OperationalError where the log does not answer.
        """
        row = self.views.row(view, key)
        if row is not None:
            return row
        if not self.follower.wait_for(self.desk.log.position()):
            raise PictureBehind
        return self.views.row(view, key)

    def order(self, command: C, handler: Callable[[C, Desk], Outcome]) -> dict[str, Any]:
        """Carry out a command, wait until the live views have it, and say where in the log it stands.

        Raises whatever `Refused` the handler raises; nothing is changed then.
        """
        with WatchedOrder(command, handler, self.traces) as order:
            answer = carry_out(command, order.handler, self.desk, jittered_pause, lost=order.lost)
            order.stored(answer)
            self.follower.wait_for(answer.seq)
        return {**answer.body, "seq": answer.seq, "repeated": answer.repeated}


_CHANCE = Random()


def jittered_pause(attempt: int) -> None:
    """Full jitter, at most 2, 4, 8 ... 128 ms: rivals that lost together do not meet again together."""
    time.sleep(_CHANCE.uniform(0, 0.001 * 2 ** min(attempt, 7)))
