"""Send one unit to one incident, with a bed held for the patient: one decision, one save."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from dispatch import checks
from dispatch.advice_behind import Advised, Sent, advice_behind
from dispatch.beds import Beds
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.offering import offer_of
from dispatch.referrals import ask_hospital
from domain.base import Aggregate
from domain.errors import IdUsedTwice, RunAlreadyOpened
from domain.letters import Letters
from domain.run import Run, refuse_the_future
from domain.values import Act


@dataclass(frozen=True, slots=True)
class AssignUnit:
    """`advice` is the recommendation the dispatcher looked at, `decision_id` its name.

    Without a bed_kind no bed is held: a dispatcher is never blocked by a hospital.
    """

    # Looked up by us while the order was passed on: no part of what was ordered.
    DERIVED: ClassVar = ("decision_id", "advice", "eta_s", "turn", "advised")

    act: Act
    run_id: UUID
    incident_id: UUID
    unit: str
    hospital_id: str | None
    bed_kind: str | None
    decision_id: UUID | None
    override_reason: str | None
    advice: Mapping[str, Any] | Letters | None
    eta_s: float | None
    confirm_place: bool = False  # the place was read to the caller, or is certain otherwise
    turn: int = 1  # of those who are offered it one after the other
    advised: Advised | None = None  # who stood where in the advice


def assign_unit(command: AssignUnit, desk: Desk) -> Outcome:
    act, log = command.act, desk.log
    refuse_the_future(act.at, act.heard_at)
    standing = log.whatever(command.run_id)
    if isinstance(standing, Run):
        raise RunAlreadyOpened(run_id=command.run_id, callsign=standing.callsign)
    if standing is not None or command.run_id == command.decision_id:
        raise IdUsedTwice(command_id=command.run_id)
    incident = log.incident(command.incident_id)
    unit = log.unit(command.unit)
    unit.assign(command.run_id, incident.id, incident.number, act)
    if command.confirm_place:
        incident.confirm_place(act)
    incident.open_run(command.run_id, unit.callsign, act)
    run = Run(
        incident_id=incident.id,
        incident_number=incident.number,
        unit_id=unit.id,
        callsign=unit.callsign,
        hospital_id=command.hospital_id,
        bed_kind=command.bed_kind if command.hospital_id else None,
        decision_id=command.decision_id,
        override_reason=checks.optional_words("override_reason", command.override_reason),
        eta_s=command.eta_s,
        act=act,
        run_id=command.run_id,
    )
    run.brief(*incident.caller_words(), act)
    changed: list[Aggregate] = [incident, run, unit]
    if command.hospital_id is not None:
        log.hospital(command.hospital_id)  # or UnknownHospital
        beds = Beds(desk, act)
        beds.promise(run, incident)
        changed += beds.changed
        changed += ask_hospital(run, desk, act, fresh=True)
    offer = offer_of(run, unit, incident.priority, command.turn, desk, act)
    if offer is not None:
        changed.append(offer)
    sent = Sent(
        incident,
        run.id,
        unit.callsign,
        command.decision_id,
        command.override_reason,
        command.advice,
        command.advised,
    )
    decision = advice_behind(sent, desk, act)
    if decision is not None:
        changed.append(decision)
    answer = {
        "run_id": str(run.id),
        "incident_id": str(incident.id),
        "unit_id": str(unit.id),
        "callsign": unit.callsign,
        "hospital_id": command.hospital_id,
        "bed_kind": run.bed_kind,
    }
    return Outcome(tuple(changed), answer)
