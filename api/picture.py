"""The live picture for choosing: view rows joined with the newest positions."""

from collections.abc import Callable, Mapping, Sequence
from operator import is_

from api.usual_handovers import UsualHandovers
from dispatch.of_rows import hospital_now, shift_of, task_of
from dispatch.policies.destination import HospitalNow
from dispatch.policies.fleet import Task, UnitNow
from domain.values import Position
from projections.memory import MemoryViews
from projections.positions import LatestPositions, Ping
from projections.rows import Row

Seen = tuple[Row, Ping | None, Row | None, float | None]
"""What a unit was made of: its row, its ping, its incident's row, the usual handover where it is."""


class Picture:
    """Satisfies `dispatch.advise.LivePicture`.

    Rows and pings are replaced and never changed: while both are the same objects, so is what was made of
    them. Any thread may ask; at worst two make the same thing.
    """

    def __init__(
        self,
        views: MemoryViews,
        positions: LatestPositions,
        place: Callable[[Ping], Position] | None = None,
        stations: Mapping[str, Position] | None = None,
    ) -> None:
        """place    : where the unit of a ping stands, on its street; else at latitude and longitude
        stations : where each stands; for units that nobody has seen
        """
        self._views, self._positions, self._place = views, positions, place or _by_its_numbers
        self._stations = stations or {}
        self._whole = {"incidents", "hospitals", "runs"} <= set(views.names)
        self._handovers = UsualHandovers(views)
        self._units: dict[str, tuple[Seen, UnitNow]] = {}
        self._hospitals: dict[str, tuple[Row, HospitalNow]] = {}

    def units_now(self) -> Sequence[UnitNow]:
        return [self._unit(row) for row in self._views.rows("units")]

    def hospitals_now(self) -> Sequence[HospitalNow]:
        return [self._hospital(row) for row in self._views.rows("hospitals")]

    def _unit(self, row: Row) -> UnitNow:
        callsign = row["callsign"]
        ping = self._positions.latest(callsign)
        incident = self._incident(row)
        usual_s = self._handovers.at(row["hospital_id"]) if incident and row["hospital_id"] else None
        seen = row, ping, incident, usual_s
        known = self._units.get(callsign)
        if known is not None and all(map(is_, known[0], seen)):
            return known[1]
        unit = UnitNow(
            unit_id=row["unit_id"],
            callsign=callsign,
            kind=row["kind"],
            capabilities=tuple(row["capabilities"]),
            duty=row["duty"],
            incident_number=row["incident_number"],
            position=self._place(ping) if ping else None,
            position_at=ping.at if ping else None,
            station=self._stations.get(row["station_id"]),
            task=self._task(row, incident, usual_s) if incident else None,
            shift=shift_of(row.get("shift")),
        )
        self._units[callsign] = seen, unit
        return unit

    def _incident(self, row: Row) -> Row | None:
        """Of the unit's run. Pictures of the past may be of units alone."""
        if not self._whole or row["incident_id"] is None:
            return None
        return self._views.row("incidents", row["incident_id"])

    def _task(self, row: Row, incident: Row, usual_s: float | None) -> Task:
        hospital = self._views.row("hospitals", row["hospital_id"]) if row["hospital_id"] else None
        return task_of(row, incident, hospital, usual_s)

    def _hospital(self, row: Row) -> HospitalNow:
        known = self._hospitals.get(row["id"])
        if known is not None and known[0] is row:
            return known[1]
        hospital = hospital_now(row)
        self._hospitals[row["id"]] = row, hospital
        return hospital


def _by_its_numbers(ping: Ping) -> Position:
    return Position(ping.lat, ping.lon)
