"""On which street every unit is, as far as its fixes tell: what the ranking goes by, rather than nearness.

The nearest street is often the wrong one: the other carriageway, the road below a bridge. Heading and the fix
before tell them apart (`routing.matching.follow`). Between two fixes it is thought to drive on
(`routing.matching.reckon`): that is for maps and people; choosing goes by what was seen.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from domain.values import OnStreet, Position
from projections.positions import Ping
from routing.matching.follow import Followed, Follower
from routing.matching.reckon import Reckoned, Reckoner
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
        self._reckon = {kind: Reckoner(road_map, follow.roads) for kind, follow in self._follow.items()}
        self._streets, self._names = road_map.streets, road_map.names
        self._known: dict[str, tuple[Ping, Followed]] = {}
        lat, lon = float(road_map.streets.node_lat[0]), float(road_map.streets.node_lon[0])
        for kind, follow in self._follow.items():
            self._reckon[kind](follow(lat, lon, 0.0, 10.0, 5.0, follow(lat, lon)), 10.0, 1.0)

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
        on = self._on(ping)
        if on is None:
            return Position(ping.lat, ping.lon)
        return OnStreet(ping.lat, ping.lon, self._version, on.edge, on.along_m, on.direction, on.gap_m)

    def street(self, ping: Ping) -> str | None:
        """The name of the street it is on; None where there is none, or nobody named it."""
        on = self._on(ping)
        if on is None:
            return None
        return self._names[int(self._streets.way_name[self._streets.edge_way[on.edge]])] or None

    def by_now(self, ping: Ping, moment: datetime) -> Reckoned | None:
        """Where it is thought to be at `moment`, if it drove on; None where nothing speaks for that."""
        on, reckon = self._on(ping), self._reckon.get(self._kind_of(ping.callsign) or "")
        if on is None or reckon is None:
            return None
        found = reckon(on, ping.speed_mps, (moment - ping.at).total_seconds())
        return found if found.ahead_m > 0 else None

    def _on(self, ping: Ping) -> Followed | None:
        known = self._known.get(ping.callsign)
        if known is None or known[0] is not ping:
            self.hear(ping)
            known = self._known.get(ping.callsign)
        if known is None or known[0] is not ping or known[1].edge < 0:
            return None
        return known[1]
