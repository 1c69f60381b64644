"""When a crew's day ends and when it should eat: choosing weighs it."""

from dataclasses import dataclass
from datetime import datetime

from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.values import Act


@dataclass(frozen=True, slots=True)
class TellShift:
    act: Act
    callsign: str
    on_since: datetime | None
    ends_at: datetime | None
    meal_due_at: datetime | None


def tell_shift(command: TellShift, desk: Desk) -> Outcome:
    unit = desk.log.unit(command.callsign)
    unit.tell_shift(command.on_since, command.ends_at, command.meal_due_at, command.act)
    return Outcome((unit,), {"callsign": unit.callsign})
