"""A hospital as dispatch sees it: where it is, what it can do, and whether it turns units away."""

from datetime import datetime, timedelta
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.errors import BadDiversion, NotDiverting
from domain.values import Act, Position

LONGEST_DIVERSION = timedelta(hours=24)
"""A diversion always has an end; one that is still needed is said again."""


class Hospital(Aggregate):
    TOPIC = "Hospital"

    class Listed(Beginning):
        TOPIC = "Hospital.Listed"
        hospital_id: str
        code: str
        name: str
        name_en: str
        position: Position
        specialities: tuple[str, ...]

    class DiversionStarted(Fact):
        TOPIC = "Hospital.DiversionStarted"
        hospital_id: str
        reason: str
        services: tuple[str, ...]  # empty: everything
        until: datetime

    class DiversionEnded(Fact):
        TOPIC = "Hospital.DiversionEnded"
        hospital_id: str
        cause: str  # "ended" by people or "expired" by time

    @event(Listed)
    def __init__(
        self,
        hospital_id: str,
        code: str,
        name: str,
        name_en: str,
        position: Position,
        specialities: tuple[str, ...],
        act: Act,
    ) -> None:
        self.hospital_id = hospital_id
        self.code = code
        self.name = name
        self.position = position
        self.specialities = tuple(specialities)
        self.diverting_until: datetime | None = None

    @staticmethod
    def create_id(hospital_id: str) -> UUID:
        return natural_id("hospitals", hospital_id)

    def divert(self, reason: str, services: tuple[str, ...], until: datetime, act: Act) -> None:
        if not act.heard_at < until <= act.heard_at + LONGEST_DIVERSION:
            raise BadDiversion(
                until=until.isoformat(), limit_hours=int(LONGEST_DIVERSION.total_seconds() // 3600)
            )
        self._diversion_started(
            hospital_id=self.hospital_id, reason=reason, services=services, until=until, act=act
        )

    def end_diversion(self, act: Act) -> None:
        if self.diverting_until is None:
            raise NotDiverting(hospital=self.name, hospital_id=self.hospital_id)
        self._diversion_ended(hospital_id=self.hospital_id, cause="ended", act=act)

    def expire_diversion(self, act: Act) -> None:
        if self.diverting_until is not None and self.diverting_until <= act.heard_at:
            self._diversion_ended(hospital_id=self.hospital_id, cause="expired", act=act)

    @event(DiversionStarted)
    def _diversion_started(
        self, hospital_id: str, reason: str, services: tuple[str, ...], until: datetime, act: Act
    ) -> None:
        self.diverting_until = until

    @event(DiversionEnded)
    def _diversion_ended(self, hospital_id: str, cause: str, act: Act) -> None:
        self.diverting_until = None
