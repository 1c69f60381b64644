"""A hospital turns units away for a while, or takes them again."""

from dataclasses import dataclass
from datetime import datetime

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.run import refuse_the_future
from domain.values import Act


@dataclass(frozen=True, slots=True)
class StartDiversion:
    act: Act
    hospital_id: str
    reason: str
    services: tuple[str, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class EndDiversion:
    act: Act
    hospital_id: str


def start_diversion(command: StartDiversion, desk: Desk) -> Outcome:
    refuse_the_future(command.act.at, command.act.heard_at)
    hospital = desk.log.hospital(command.hospital_id)
    reason = checks.words("reason", command.reason, 200)
    services = tuple(checks.service(service) for service in command.services)
    hospital.divert(reason, services, command.until, command.act)
    return Outcome((hospital,), {"hospital_id": hospital.hospital_id, "until": command.until.isoformat()})


def end_diversion(command: EndDiversion, desk: Desk) -> Outcome:
    refuse_the_future(command.act.at, command.act.heard_at)
    hospital = desk.log.hospital(command.hospital_id)
    hospital.end_diversion(command.act)
    return Outcome((hospital,), {"hospital_id": hospital.hospital_id})
