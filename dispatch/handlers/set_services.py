"""When the services of a hospital are open: the hours it keeps, and what it says of one for now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.values import Act


@dataclass(frozen=True, slots=True)
class KeepHours:
    """`hours` names every service that is not always open."""

    act: Act
    hospital_id: str
    hours: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SayService:
    """`until` None: the hours of the service count again."""

    act: Act
    hospital_id: str
    service: str
    open: bool
    until: datetime | None
    reason: str | None = None


def keep_hours(command: KeepHours, desk: Desk) -> Outcome:
    hospital = desk.log.hospital(command.hospital_id)
    hospital.keep_hours(command.hours, False, command.act)
    return Outcome((hospital,), {"hospital_id": hospital.hospital_id, "hours": hospital.hours or {}})


def say_service(command: SayService, desk: Desk) -> Outcome:
    hospital = desk.log.hospital(command.hospital_id)
    service, act = command.service, command.act
    if command.until is None:
        hospital.service_as_usual(service, act)
    else:
        reason = checks.optional_words("reason", command.reason, 200)
        hospital.say_service(service, command.open, command.until, reason, act)
    until = command.until.isoformat() if command.until else None
    return Outcome((hospital,), {"hospital_id": hospital.hospital_id, "service": service, "until": until})
