"""Advice for one incident: every unit and every hospital, judged on the picture of this moment.

The advice holds all it was made from, so that a stored decision explains itself without the world around it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from dispatch.desk import Desk
from dispatch.policies import destination, send
from dispatch.policies.destination import HospitalNow, HospitalRanking
from dispatch.policies.send import UnitNow, UnitRanking
from domain.values import Needs, Position, Travel


class LivePicture(Protocol):
    """The fleet and the hospitals as they stand now."""

    def units_now(self) -> Sequence[UnitNow]: ...

    def hospitals_now(self) -> Sequence[HospitalNow]: ...


@dataclass(frozen=True, slots=True)
class Need:
    """The incident as far as choosing is concerned."""

    incident_id: str
    position: Position
    needs: Needs


@dataclass(frozen=True, slots=True)
class Advice:
    decision_id: UUID
    at: datetime
    need: Need
    units: UnitRanking
    hospitals: HospitalRanking
    fleet: tuple[UnitNow, ...]
    map_version: str
    traffic_version: str

    def eta_of(self, unit: str) -> float | None:
        """Seconds until the unit would be on scene, turnout included; None where it was not ranked."""
        for row in self.units.units:
            if unit in (row.callsign, row.unit_id):
                return row.parts["turnout"] + row.parts["travel"]
        return None

    def as_json(self) -> dict[str, Any]:
        """What is answered: the ranking with its reasons."""
        return {
            "decision_id": str(self.decision_id),
            "incident_id": self.need.incident_id,
            "at": self.at.isoformat(),
            "needs": {
                "capabilities": list(self.need.needs.capabilities),
                "bed_kind": self.need.needs.bed_kind,
                "speciality": self.need.needs.speciality,
            },
            "units": [_row(unit) for unit in self.units.units],
            "rejected": [_row(unit) for unit in self.units.rejected],
            "hospitals": [_row(place) for place in self.hospitals.hospitals],
            "hospitals_rejected": [_row(place) for place in self.hospitals.rejected],
            "map_version": self.map_version,
            "traffic_version": self.traffic_version,
        }

    def with_inputs(self, desk: Desk) -> dict[str, Any]:
        """What is stored with an assignment: the answer, and all that made it."""
        inputs = {
            "scene": [self.need.position.lat, self.need.position.lon],
            "positions": {
                unit.callsign: [unit.position.lat, unit.position.lon, unit.position_at.isoformat()]
                for unit in self.fleet
                if unit.position is not None and unit.position_at is not None
            },
            "send_rules": {
                "stale_after_s": desk.send_rules.stale_after_s,
                "turnout_s": dict(desk.send_rules.turnout_s),
            },
            "destination_rules": _row(desk.destination_rules),
        }
        return {**self.as_json(), "inputs": inputs}


def _row(thing: Any) -> dict[str, Any]:
    """A flat dataclass as JSON. Not `asdict`: its deep copies took half of the dispatcher's wait."""
    return {field.name: getattr(thing, field.name) for field in fields(thing)}


def advise(need: Need, picture: LivePicture, desk: Desk, now: datetime, decision_id: UUID) -> Advice:
    """Rank every unit and every hospital for one incident.

    Roads are asked only for those that could go: one question a profile, not one a unit.
    """
    fleet = tuple(picture.units_now())
    places = tuple(picture.hospitals_now())
    return Advice(
        decision_id=decision_id,
        at=now,
        need=need,
        units=send.rank_units(
            fleet, _ways_to_scene(need, fleet, desk, now), need.needs, desk.send_rules, now
        ),
        hospitals=destination.rank_hospitals(
            places, _ways_to_hospitals(need, places, desk, now), need.needs, desk.destination_rules, now
        ),
        fleet=fleet,
        map_version=desk.roads.map_version,
        traffic_version=desk.roads.traffic_version,
    )


def _ways_to_scene(
    need: Need, fleet: Sequence[UnitNow], desk: Desk, now: datetime
) -> Mapping[str, Travel | None]:
    able: dict[str, list[tuple[str, Position]]] = {}
    for unit in fleet:
        if unit.position is not None and send.why_not(unit, need.needs, desk.send_rules, now) is None:
            able.setdefault(unit.kind, []).append((unit.callsign, unit.position))
    ways: dict[str, Travel | None] = {}
    for profile, members in able.items():
        origins = [position for _, position in members]
        times = desk.roads.to_scene(origins, need.position, profile)
        ways.update({callsign: way for (callsign, _), way in zip(members, times, strict=True)})
    return ways


def _ways_to_hospitals(
    need: Need, places: Sequence[HospitalNow], desk: Desk, now: datetime
) -> Mapping[str, Travel | None]:
    able = [place for place in places if destination.why_not(place, need.needs, now) is None]
    times = desk.roads.from_scene(need.position, [place.position for place in able], "van")
    return {place.hospital_id: way for place, way in zip(able, times, strict=True)}
