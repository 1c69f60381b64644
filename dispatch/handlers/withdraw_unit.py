"""A station takes its car for itself, and lets the centre have it again."""

from dataclasses import dataclass
from datetime import datetime

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.assignment_errors import BadUntil
from domain.values import Act


@dataclass(frozen=True, slots=True)
class WithdrawUnit:
    """until : when it comes back by itself, None where the station will say"""

    act: Act
    callsign: str
    reason: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ReturnUnit:
    act: Act
    callsign: str


def withdraw_unit(command: WithdrawUnit, desk: Desk) -> Outcome:
    if command.until is not None and command.until <= command.act.heard_at:
        raise BadUntil(until=command.until.isoformat())
    unit = desk.log.unit(command.callsign)
    unit.withdraw(checks.words("reason", command.reason, 200), command.until, command.act)
    return Outcome((unit,), {"callsign": unit.callsign, "duty": unit.duty})


def return_unit(command: ReturnUnit, desk: Desk) -> Outcome:
    unit = desk.log.unit(command.callsign)
    unit.give_back(command.act)
    return Outcome((unit,), {"callsign": unit.callsign, "duty": unit.duty})
