"""A crew comes on duty, goes off duty, or its vehicle is out of service."""

from dataclasses import dataclass

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.run import refuse_the_future
from domain.values import Act, Duty


@dataclass(frozen=True, slots=True)
class SignUnit:
    act: Act
    callsign: str
    duty: Duty
    reason: str | None


def sign_unit(command: SignUnit, desk: Desk) -> Outcome:
    refuse_the_future(command.act.at, command.act.heard_at)
    unit = desk.log.unit(command.callsign)
    unit.sign(command.duty, checks.optional_words("reason", command.reason), command.act)
    return Outcome((unit,), {"callsign": unit.callsign, "duty": command.duty.value})
