"""The first of the advice goes by itself, unless a dispatcher stops it in time.

What is sent takes the very same way as what a dispatcher sends; only the act says `auto`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.handlers.assign_unit import AssignUnit, assign_unit
from dispatch.one_copy import OneCopy
from domain.assignment_errors import NothingProposed
from domain.auto_dispatch import AutoDispatch
from domain.base import Aggregate
from domain.errors import Conflict, NoBedFree
from domain.incident import Incident
from domain.values import Act


@dataclass(frozen=True, slots=True)
class ProposeDispatch:
    """callsigns : the first complete plan, whoever is first on top"""

    act: Act
    incident_id: UUID
    callsigns: tuple[str, ...]
    hospital_id: str | None
    bed_kind: str | None
    decision_id: UUID


@dataclass(frozen=True, slots=True)
class VetoDispatch:
    act: Act
    incident_id: UUID
    reason: str | None


@dataclass(frozen=True, slots=True)
class SendByItself:
    """orders : one for each unit that was proposed; bedless : the same without a bed"""

    DERIVED: ClassVar = ("orders", "bedless")

    act: Act
    incident_id: UUID
    orders: tuple[AssignUnit, ...]
    bedless: tuple[AssignUnit, ...]


def propose_dispatch(command: ProposeDispatch, desk: Desk) -> Outcome:
    incident, act, rules = desk.log.incident(command.incident_id), command.act, desk.rules.auto_dispatch
    auto = _known(incident, desk) or AutoDispatch(incident_id=incident.id, number=incident.number, act=act)
    answer = {"incident_id": str(incident.id), "callsigns": list(command.callsigns)}
    in_hand = incident.serving or incident.closed_reason is not None or incident.place_doubted
    if in_hand or not auto.open_to_proposals:
        return Outcome((), answer)
    auto.propose(
        command.callsigns,
        command.hospital_id,
        command.bed_kind,
        command.decision_id,
        rules.veto_s,
        act.heard_at + timedelta(seconds=rules.veto_s),
        act,
    )
    return Outcome((auto,), answer)


def veto_dispatch(command: VetoDispatch, desk: Desk) -> Outcome:
    incident = desk.log.incident(command.incident_id)
    auto = _known(incident, desk)
    if auto is None:
        raise NothingProposed(number=incident.number, why="", why_vi="")
    auto.veto(checks.optional_words("reason", command.reason, 200), command.act)
    return Outcome((auto,), {"incident_id": str(incident.id)})


def send_by_itself(command: SendByItself, desk: Desk) -> Outcome:
    """All of the plan or nothing: where one of it was taken meanwhile, the proposal is dropped."""
    incident = desk.log.incident(command.incident_id)
    auto = _known(incident, desk)
    answer = {"incident_id": str(incident.id), "run_ids": [str(order.run_id) for order in command.orders]}
    if auto is None or auto.state != "proposed":
        return Outcome((), {**answer, "run_ids": []})
    if incident.serving or incident.closed_reason is not None:
        auto.drop("by_hand" if incident.serving else "closed", command.act)
        return Outcome((auto,), {**answer, "run_ids": []})
    if incident.place_doubted:
        auto.drop("place_in_doubt", command.act)
        return Outcome((auto,), {**answer, "run_ids": []})
    changed = _carry_out(command, desk)
    if changed is None:
        auto.drop("not_free", command.act)
        return Outcome((auto,), {**answer, "run_ids": []})
    auto.send(tuple(order.run_id for order in command.orders), command.act)
    return Outcome((*changed, auto), answer)


def _carry_out(command: SendByItself, desk: Desk) -> tuple[Aggregate, ...] | None:
    """What changes, None where a unit of it cannot go."""
    for orders in (command.orders, command.bedless):
        one = OneCopy(desk)
        try:
            for order in orders:
                one.keep(assign_unit(order, one.desk).changed)
        except NoBedFree:
            continue  # a patient does not wait for a bed
        except Conflict:
            return None
        return one.changed
    return None


def _known(incident: Incident, desk: Desk) -> AutoDispatch | None:
    return desk.log.find(AutoDispatch, AutoDispatch.create_id(incident.id))
