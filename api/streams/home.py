"""The streams of a centre by itself: what folds, what shows, and what gives orders, as one thing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from api.alarms import Alarms
from api.streams.desk_lines import DeskLines
from api.streams.orders import Arrivals
from api.streams.own_centre import Carry, OwnCentre, RowOf
from api.streams.stream_keeper import StreamKeeper
from dispatch.application import DispatchLog
from domain.city import City
from projections.positions import Ping
from projections.streams.effects import Effect
from projections.streams.fold import limits_of


class HomeStreams:
    """orders : None where workers of the region give them, or nobody is to"""

    def __init__(
        self,
        log: DispatchLog,
        name: str,
        city: City,
        alarms: Alarms,
        clock: Callable[[], datetime],
        arrival_stay_s: float = 10.0,
    ) -> None:
        """name : of the centre, as a region would call it; ids are made of it"""
        self._clock, self._zone = clock, ZoneInfo(city.timezone)
        self._limits = limits_of(city.targets, arrival_stay_s)
        self.lines = DeskLines(alarms)
        self.orders: OwnCentre | None = None
        self.keeper = StreamKeeper(log, name, self._limits, self._told, clock)

    def give_orders(self, carry: Carry, row_of: RowOf, arrivals: Arrivals) -> None:
        """From the start on, what is found becomes notes and, where that is wanted, milestones."""
        self.orders = OwnCentre(carry, row_of, self._zone, self._clock, arrivals, self._limits)

    def start(self, positions: Iterable[Ping]) -> None:
        """positions : where units were last, before anybody listened"""
        if self.orders is not None:
            self.orders.start()
        self.keeper.start(positions)

    def stop(self) -> None:
        self.keeper.stop()
        if self.orders is not None:
            self.orders.stop()

    def _told(self, effects: Sequence[Effect]) -> None:
        self.lines.hear(effects)
        if self.orders is not None:
            self.orders.hear(effects)
