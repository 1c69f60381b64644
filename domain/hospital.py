"""A hospital as dispatch sees it: where it is, what it can do, and whether it turns units away."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.care_errors import BadServiceEnd, LacksService
from domain.errors import BadDiversion, DiversionOvertaken, NotDiverting
from domain.service_hours import SaidOfService, read_hours
from domain.values import Act, Position

LONGEST_DIVERSION = timedelta(hours=24)
"""A diversion always has an end; one that is still needed is said again."""
LONGEST_SAID = timedelta(days=7)
"""What is said of a service for now always has an end; what lasts longer belongs into its hours."""


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

    class HoursKept(Fact):
        """When services are open, as texts such as "07:00-17:00"; one that is not named is always open."""

        TOPIC = "Hospital.HoursKept"
        hospital_id: str
        hours: dict[str, list[str]]
        assumed: bool  # true where the city file says so and not the hospital

    class ServiceSaid(Fact):
        """A service is open, or closed, for now, whatever its hours say."""

        TOPIC = "Hospital.ServiceSaid"
        hospital_id: str
        service: str
        open: bool
        until: datetime
        reason: str | None

    class ServiceAsUsual(Fact):
        """The hours of a service count again."""

        TOPIC = "Hospital.ServiceAsUsual"
        hospital_id: str
        service: str

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
        self.diversion_said_at: datetime | None = None
        self.hours: dict[str, list[str]] | None = None
        self.services: dict[str, SaidOfService] = {}

    @staticmethod
    def create_id(hospital_id: str) -> UUID:
        return natural_id("hospitals", hospital_id)

    def divert(self, reason: str, services: tuple[str, ...], until: datetime, act: Act) -> None:
        self._insist_on_news(act)
        if not act.heard_at < until <= act.heard_at + LONGEST_DIVERSION:
            raise BadDiversion(
                until=until.isoformat(), limit_hours=int(LONGEST_DIVERSION.total_seconds() // 3600)
            )
        self._diversion_started(
            hospital_id=self.hospital_id, reason=reason, services=services, until=until, act=act
        )

    def end_diversion(self, act: Act) -> None:
        self._insist_on_news(act)
        if self.diverting_until is None:
            raise NotDiverting(hospital=self.name, hospital_id=self.hospital_id)
        self._diversion_ended(hospital_id=self.hospital_id, cause="ended", act=act)

    def expire_diversion(self, act: Act) -> None:
        if self.diverting_until is not None and self.diverting_until <= act.heard_at:
            self._diversion_ended(hospital_id=self.hospital_id, cause="expired", act=act)

    def keep_hours(self, hours: Mapping[str, tuple[str, ...]], assumed: bool, act: Act) -> None:
        """All hours at once; said unchanged, nothing happens."""
        for service, texts in hours.items():
            self._insist_on(service)
            read_hours(texts)
        kept = {service: list(texts) for service, texts in sorted(hours.items())}
        if kept != self.hours:
            self._hours_kept(hospital_id=self.hospital_id, hours=kept, assumed=assumed, act=act)

    def say_service(self, service: str, is_open: bool, until: datetime, reason: str | None, act: Act) -> None:
        self._insist_on(service)
        if not act.heard_at < until <= act.heard_at + LONGEST_SAID:
            hours = int(LONGEST_SAID.total_seconds() // 3600)
            raise BadServiceEnd(until=until.isoformat(), limit_hours=hours)
        self._service_said(
            hospital_id=self.hospital_id, service=service, open=is_open, until=until, reason=reason, act=act
        )

    def service_as_usual(self, service: str, act: Act) -> None:
        self._insist_on(service)
        if service in self.services:
            self._service_as_usual(hospital_id=self.hospital_id, service=service, act=act)

    def _insist_on_news(self, act: Act) -> None:
        """What waited on a tablet for its line must not undo what people said since."""
        said_at = self.diversion_said_at
        if said_at is not None and act.at < said_at:
            raise DiversionOvertaken(hospital=self.name, at=act.at.isoformat(), known_at=said_at.isoformat())

    def _insist_on(self, service: str) -> None:
        if service not in self.specialities:
            offers = ", ".join(self.specialities)
            raise LacksService(hospital=self.name, service=service[:60], offers=offers)

    @event(DiversionStarted)
    def _diversion_started(
        self, hospital_id: str, reason: str, services: tuple[str, ...], until: datetime, act: Act
    ) -> None:
        self.diverting_until = until
        self.diversion_said_at = act.at

    @event(DiversionEnded)
    def _diversion_ended(self, hospital_id: str, cause: str, act: Act) -> None:
        self.diverting_until = None
        if cause == "ended":
            self.diversion_said_at = act.at

    @event(HoursKept)
    def _hours_kept(self, hospital_id: str, hours: dict[str, list[str]], assumed: bool, act: Act) -> None:
        self.hours = hours

    @event(ServiceSaid)
    def _service_said(
        self, hospital_id: str, service: str, open: bool, until: datetime, reason: str | None, act: Act
    ) -> None:
        self.services[service] = SaidOfService(open, until, reason)

    @event(ServiceAsUsual)
    def _service_as_usual(self, hospital_id: str, service: str, act: Act) -> None:
        self.services.pop(service, None)
