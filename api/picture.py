"""The live picture for choosing: view rows joined with the newest positions."""

from collections.abc import Callable, Sequence
from datetime import datetime

from dispatch.policies.destination import BedsNow, HospitalNow
from dispatch.policies.send import UnitNow
from domain.values import Position
from projections.memory import MemoryViews
from projections.positions import LatestPositions, Ping
from projections.rows import Row


class Picture:
    """Satisfies `dispatch.advise.LivePicture`.

    Rows and pings are replaced and never changed: while both are the same objects, so is what was made of
    them. Any thread may ask; at worst two make the same thing.
    """

    def __init__(
        self, views: MemoryViews, positions: LatestPositions, place: Callable[[Ping], Position] | None = None
    ) -> None:
        """place : where the unit of a ping stands, on its street; else at latitude and longitude"""
        self._views, self._positions, self._place = views, positions, place or _by_its_numbers
        self._units: dict[str, tuple[Row, Ping | None, UnitNow]] = {}
        self._hospitals: dict[str, tuple[Row, HospitalNow]] = {}

    def units_now(self) -> Sequence[UnitNow]:
        return [self._unit(row) for row in self._views.rows("units")]

    def hospitals_now(self) -> Sequence[HospitalNow]:
        return [self._hospital(row) for row in self._views.rows("hospitals")]

    def _unit(self, row: Row) -> UnitNow:
        callsign = row["callsign"]
        ping = self._positions.latest(callsign)
        known = self._units.get(callsign)
        if known is not None and known[0] is row and known[1] is ping:
            return known[2]
        unit = UnitNow(
            unit_id=row["unit_id"],
            callsign=callsign,
            kind=row["kind"],
            capabilities=tuple(row["capabilities"]),
            duty=row["duty"],
            incident_number=row["incident_number"],
            position=self._place(ping) if ping else None,
            position_at=ping.at if ping else None,
        )
        self._units[callsign] = row, ping, unit
        return unit

    def _hospital(self, row: Row) -> HospitalNow:
        known = self._hospitals.get(row["id"])
        if known is not None and known[0] is row:
            return known[1]
        diversion = row["diversion"]
        hospital = HospitalNow(
            hospital_id=row["id"],
            name=row["name"],
            position=Position(row["position"]["lat"], row["position"]["lon"]),
            specialities=tuple(row["specialities"]),
            beds={
                kind: BedsNow(beds["free"], _moment(beds["reported_at"]))
                for kind, beds in row["beds"].items()
            },
            diverting_until=_moment(diversion["until"]) if diversion else None,
            diverted_services=tuple(diversion["services"]) if diversion else (),
        )
        self._hospitals[row["id"]] = row, hospital
        return hospital


def _by_its_numbers(ping: Ping) -> Position:
    return Position(ping.lat, ping.lon)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
