"""On which street every unit is, as far as its fixes tell: what the ranking goes by, rather than nearness.

The nearest street is often the wrong one: the other carriageway, the road below a bridge. Heading and the fix
before tell them apart (`routing.matching.follow`).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from domain.values import OnStreet, Position
from projections.positions import Ping
from routing.matching.follow import Followed, Follower
from routing.profiles import profile_index
from routing.road_map import RoadMap

FORGOTTEN: Final = timedelta(minutes=3)
"""After so long a silence the fix before says nothing of the street any more."""


class UnitStreets:
    """Any thread may tell and ask; of two pings at once for one unit, one is remembered."""

    def __init__(self, road_map: RoadMap, kind_of: Callable[[str], str | None]) -> None:
        """kind_of : van or motorbike for a callsign, None where nobody knows it. Compiles what it needs."""
        self._version, self._kind_of = road_map.version, kind_of
        self._follow = {kind: Follower(road_map, profile_index(kind)) for kind in ("van", "motorbike")}
        self._known: dict[str, tuple[Ping, Followed]] = {}
        lat, lon = float(road_map.streets.node_lat[0]), float(road_map.streets.node_lon[0])
        for follow in self._follow.values():
            follow(lat, lon, 0.0, 10.0, 5.0, follow(lat, lon))

    def hear(self, ping: Ping) -> None:
        """Note the newest ping of a unit, in the order of their times."""
        follow = self._follow.get(self._kind_of(ping.callsign) or "")
        if follow is None:
            return
        before = self._known.get(ping.callsign)
        if before is not None and before[0] is ping:
            return
        fresh = before is not None and timedelta() <= ping.at - before[0].at <= FORGOTTEN
        last = before[1] if before is not None and fresh else None
        found = follow(ping.lat, ping.lon, ping.heading_deg, ping.speed_mps, ping.accuracy_m, last)
        self._known[ping.callsign] = ping, found

    def place(self, ping: Ping) -> Position:
        """Where the unit is; on its street, where there is one."""
        known = self._known.get(ping.callsign)
        if known is None or known[0] is not ping:
            self.hear(ping)
            known = self._known.get(ping.callsign)
        if known is None or known[0] is not ping or known[1].edge < 0:
            return Position(ping.lat, ping.lon)
        on = known[1]
        return OnStreet(ping.lat, ping.lon, self._version, on.edge, on.along_m, on.direction, on.gap_m)
