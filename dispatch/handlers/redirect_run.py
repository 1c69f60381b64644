"""The patient goes to another hospital: one bed is let go and another held, in one save.

Said of the hospital it goes to already, the promise of its bed is prolonged, or made anew where it lapsed.
"""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.beds import Beds
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.patients import redirect_aboard
from dispatch.referrals import ask_hospital
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
    beds = Beds(desk, act)
    moved: list[Aggregate] = []
    if (was_hospital, was_kind) != (command.hospital_id, bed_kind):
        beds.let_go(run.id, was_hospital, was_kind)
        moved += redirect_aboard(run, (was_hospital, was_kind), beds, log, command.reason, act)
    if command.hospital_id is not None:
        log.hospital(command.hospital_id)  # or UnknownHospital
        if not moved:  # those aboard have beds of their own
            beds.promise(run, log.incident(run.incident_id))
    changed: list[Aggregate] = [run, *moved, *beds.changed, *ask_hospital(run, desk, act)]
    answer = {"run_id": str(run.id), "hospital_id": command.hospital_id, "bed_kind": bed_kind}
    return Outcome(tuple(changed), answer)
