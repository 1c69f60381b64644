"""An offer that was declined, or lapsed, goes to the next unit, or back to the dispatcher."""

from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.handlers.assign_unit import AssignUnit, assign_unit
from dispatch.offering import standing_offer
from domain.errors import Conflict, NoBedFree, RunAlreadyOpened
from domain.incident import Incident
from domain.offer import Why
from domain.values import Act


@dataclass(frozen=True, slots=True)
class PassOnOffer:
    """orders  : to send the next, the best first; none where the dispatcher is to choose
    serving : the runs that serve the incident as the choice was made: where others came meanwhile, people
              have it in hand and nobody is sent
    """

    # The same offer passed on twice is one order, whoever was to be the next.
    DERIVED: ClassVar = ("why", "orders", "serving")

    act: Act
    run_id: UUID
    why: Why
    orders: tuple[AssignUnit, ...]
    serving: tuple[UUID, ...]


def pass_on_offer(command: PassOnOffer, desk: Desk) -> Outcome:
    run = desk.log.run(command.run_id)
    offer = standing_offer(run, desk)
    if offer is None or offer.settled or not run.is_over:  # a no may be taken back meanwhile
        return Outcome((), {"run_id": str(run.id), "next_run_id": None, "callsign": None})
    sent = _first_that_goes(command, desk)
    order, changed = (sent[0], sent[1].changed) if sent else (None, ())
    offer.pass_on(
        command.why, order.run_id if order else None, _callsign(sent[1]) if sent else None, command.act
    )
    answer = {
        "run_id": str(run.id),
        "next_run_id": str(order.run_id) if order else None,
        "callsign": offer.next_callsign,
    }
    return Outcome((*changed, offer), answer)


def _first_that_goes(command: PassOnOffer, desk: Desk) -> tuple[AssignUnit, Outcome] | None:
    """The first order that can be carried out. A bed that is gone keeps no patient waiting."""
    for order in command.orders:
        for attempt in (order, replace(order, bed_kind=None)):
            try:
                outcome = assign_unit(attempt, desk)
            except NoBedFree:
                continue
            except RunAlreadyOpened:
                return None
            except Conflict:
                break
            return None if _somebody_came(outcome, order, command.serving) else (attempt, outcome)
    return None


def _somebody_came(outcome: Outcome, order: AssignUnit, known: tuple[UUID, ...]) -> bool:
    incident = next(each for each in outcome.changed if isinstance(each, Incident))
    return bool(set(incident.serving) - {order.run_id, *known})


def _callsign(outcome: Outcome) -> str:
    return str(outcome.answer["callsign"])
