"""Send a whole response plan: every run of it in one save, or none."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.handlers.assign_unit import AssignUnit, assign_unit
from dispatch.one_copy import OneCopy
from domain.choosing_errors import NoRuns
from domain.values import Act

MOST_RUNS = 60


@dataclass(frozen=True, slots=True)
class SendResponse:
    """runs : what was ordered, in plain words; orders : the same with all that was looked up beside it"""

    DERIVED: ClassVar = ("orders",)

    act: Act
    response_id: UUID
    incident_id: UUID
    runs: tuple[tuple[Any, ...], ...]
    orders: tuple[AssignUnit, ...]


def send_response(command: SendResponse, desk: Desk) -> Outcome:
    """Raises what sending one of them raises: then nobody was sent, and the refusal names who it was."""
    orders = command.orders
    ids, units = {each.run_id for each in orders}, {each.unit for each in orders}
    if not 1 <= len(orders) <= MOST_RUNS or len(ids) < len(orders) or len(units) < len(orders):
        raise NoRuns(most=MOST_RUNS)
    one = OneCopy(desk)
    sent: list[dict[str, Any]] = []
    for order in orders:
        outcome = assign_unit(order, one.desk)
        one.keep(outcome.changed)
        sent.append(outcome.answer)
    answer = {"response_id": str(command.response_id), "incident_id": str(command.incident_id), "runs": sent}
    return Outcome(one.changed, answer)
