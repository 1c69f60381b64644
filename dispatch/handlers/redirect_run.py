"""The patient goes to another hospital: one bed is let go and another held, in one save."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.base import Aggregate
from domain.values import Act


@dataclass(frozen=True, slots=True)
class RedirectRun:
    act: Act
    run_id: UUID
    hospital_id: str | None
    bed_kind: str | None
    reason: str | None


def redirect_run(command: RedirectRun, desk: Desk) -> Outcome:
    act, log = command.act, desk.log
    run = log.run(command.run_id)
    was_hospital, was_kind = run.hospital_id, run.bed_kind
    bed_kind = command.bed_kind if command.hospital_id else None
    run.redirect(command.hospital_id, bed_kind, checks.optional_words("reason", command.reason), act)
    changed: list[Aggregate] = [run]
    if (was_hospital, was_kind) != (command.hospital_id, bed_kind):
        if was_hospital is not None and was_kind is not None:
            ledger = log.ledger(log.hospital(was_hospital), was_kind)
            ledger.release(run.id, act)
            changed.append(ledger)
        if command.hospital_id is not None:
            hospital = log.hospital(command.hospital_id)
            if bed_kind is not None:
                ledger = log.ledger(hospital, bed_kind)
                ledger.hold(run.id, run.callsign, act.heard_at + desk.hold_for, hospital.name, act)
                changed.append(ledger)
    answer = {"run_id": str(run.id), "hospital_id": command.hospital_id, "bed_kind": bed_kind}
    return Outcome(tuple(changed), answer)
