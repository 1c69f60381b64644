"""The live picture for choosing: view rows joined with the newest positions."""

from collections.abc import Sequence
from datetime import datetime

from dispatch.policies.destination import BedsNow, HospitalNow
from dispatch.policies.send import UnitNow
from domain.values import Position
from projections.memory import MemoryViews
from projections.positions import LatestPositions


class Picture:
    """Satisfies `dispatch.advise.LivePicture`."""

    def __init__(self, views: MemoryViews, positions: LatestPositions) -> None:
        self._views, self._positions = views, positions

    def units_now(self) -> Sequence[UnitNow]:
        fleet = []
        for row in self._views.rows("units"):
            ping = self._positions.latest(row["callsign"])
            fleet.append(
                UnitNow(
                    unit_id=row["unit_id"],
                    callsign=row["callsign"],
                    kind=row["kind"],
                    capabilities=tuple(row["capabilities"]),
                    duty=row["duty"],
                    incident_number=row["incident_number"],
                    position=Position(ping.lat, ping.lon) if ping else None,
                    position_at=ping.at if ping else None,
                )
            )
        return fleet

    def hospitals_now(self) -> Sequence[HospitalNow]:
        places = []
        for row in self._views.rows("hospitals"):
            diversion = row["diversion"]
            places.append(
                HospitalNow(
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
            )
        return places


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
