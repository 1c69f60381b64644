"""Send one unit to one incident, with a bed held for the patient: one decision, one save."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from dispatch import checks
from dispatch.beds import Beds
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.base import Aggregate
from domain.decision import Decision
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
    DERIVED: ClassVar = ("decision_id", "advice", "eta_s")

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
    changed: list[Aggregate] = [incident, run, unit]
    if command.hospital_id is not None:
        log.hospital(command.hospital_id)  # or UnknownHospital
        beds = Beds(desk, act)
        beds.promise(run, incident)
        changed += beds.changed
    decision = _decision(command, desk)
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


def _decision(command: AssignUnit, desk: Desk) -> Decision | None:
    """The advice enters the log with the first assignment that follows it."""
    if command.advice is None or command.decision_id is None:
        return None
    standing = desk.log.whatever(command.decision_id)
    if isinstance(standing, Decision):
        return None
    if standing is not None:
        raise IdUsedTwice(command_id=command.decision_id)
    return Decision(
        decision_id=command.decision_id,
        incident_id=command.incident_id,
        run_id=command.run_id,
        advice=command.advice if isinstance(command.advice, Letters) else dict(command.advice),
        act=command.act,
    )
