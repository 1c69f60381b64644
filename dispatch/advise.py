"""Advice for one incident: every unit and every hospital, judged on the picture of this moment.

The advice holds all it was made from, so that a stored decision explains itself without the world around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec

from dispatch.desk import Desk
from dispatch.policies import destination, send
from dispatch.policies.destination import HospitalNow, HospitalRanking
from dispatch.policies.send import UnitNow, UnitRanking
from domain.letters import Letters
from domain.ports import Roads
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

    def answer(self) -> dict[str, Any]:
        """What is answered: the ranking with its reasons. Its rows are no plain JSON yet."""
        needs = self.need.needs
        return {
            "decision_id": str(self.decision_id),
            "incident_id": self.need.incident_id,
            "at": self.at.isoformat(),
            "needs": {
                "capabilities": needs.capabilities,
                "bed_kind": needs.bed_kind,
                "speciality": needs.speciality,
            },
            "units": self.units.units,
            "rejected": self.units.rejected,
            "hospitals": self.hospitals.hospitals,
            "hospitals_rejected": self.hospitals.rejected,
            "map_version": self.map_version,
            "traffic_version": self.traffic_version,
        }

    def inputs(self, desk: Desk) -> dict[str, Any]:
        """All that made the answer: places, times of their reports, and the rules."""
        return {
            "scene": (self.need.position.lat, self.need.position.lon),
            "positions": {
                unit.callsign: (unit.position.lat, unit.position.lon, unit.position_at)
                for unit in self.fleet
                if unit.position is not None
            },
            "send_rules": desk.rules.send,
            "destination_rules": desk.rules.destination,
        }

    def written(self, desk: Desk) -> "WrittenAdvice":
        """The same in letters, to be answered, kept and stored as it was shown."""
        write = msgspec.json.encode
        return WrittenAdvice(
            self.decision_id, self.need.incident_id, write(self.answer()), write(self.inputs(desk))
        )


class WrittenAdvice(msgspec.Struct, frozen=True, gc=False):
    """Advice as it was shown. In letters because thousands are kept: as objects they would cost ten times
    the memory, and every sweep of the garbage collector would walk through them.

    answer, inputs : JSON, as `Advice.answer` and `Advice.inputs` say
    """

    decision_id: UUID
    incident_id: str
    answer: bytes
    inputs: bytes

    @property
    def size(self) -> int:
        return len(self.answer) + len(self.inputs)

    def letters(self) -> Letters:
        """The answer, and all that made it: what is stored with an assignment."""
        return Letters(f'{self.answer[:-1].decode()},"inputs":{self.inputs.decode()}}}')

    def eta_of(self, unit: str) -> float | None:
        """Seconds until the unit would be on scene, turnout included; None where it was not ranked.

        unit : callsign or id
        """
        for row in msgspec.json.decode(self.answer, type=_Answer).units:
            if unit in (row.callsign, row.unit_id):
                return row.parts["turnout"] + row.parts["travel"]
        return None


class _Row(msgspec.Struct):
    callsign: str
    unit_id: str
    parts: dict[str, float]


class _Answer(msgspec.Struct):
    """As much of an answer as is asked for."""

    units: list[_Row]


def advise(need: Need, picture: LivePicture, desk: Desk, now: datetime, decision_id: UUID) -> Advice:
    """Rank every unit and every hospital for one incident.

    Roads are asked only for those that could go: one question a profile, not one a unit.
    """
    fleet = tuple(picture.units_now())
    units, other_units = send.sift(fleet, need.needs, desk.rules.send, now)
    places, other_places = destination.sift(picture.hospitals_now(), need.needs, now)
    roads = desk.roads.still()
    ways_there = roads.from_scene(need.position, [place.position for place in places], "van")
    return Advice(
        decision_id=decision_id,
        at=now,
        need=need,
        units=send.rank(units, _ways_to_scene(need.position, units, roads), other_units, desk.rules.send),
        hospitals=destination.rank(places, ways_there, other_places, need.needs, desk.rules.destination, now),
        fleet=fleet,
        map_version=roads.map_version,
        traffic_version=roads.traffic_version,
    )


def _ways_to_scene(scene: Position, units: Sequence[UnitNow], roads: Roads) -> list[Travel | None]:
    """The way of each unit, None where there is none."""
    members: dict[str, list[int]] = {}
    for i, unit in enumerate(units):
        members.setdefault(unit.kind, []).append(i)
    ways: list[Travel | None] = [None] * len(units)
    for profile, chosen in members.items():
        origins = [position for i in chosen if (position := units[i].position) is not None]
        for i, way in zip(chosen, roads.to_scene(origins, scene, profile), strict=True):
            ways[i] = way
    return ways
