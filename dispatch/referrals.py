"""Asking the hospital a run is bound for, in the same save as the choice of it."""

from datetime import timedelta

from dispatch.application import DispatchLog
from dispatch.desk import Desk
from domain.referral import Referral
from domain.run import Run
from domain.values import Act


def referral_of(log: DispatchLog, run: Run) -> Referral | None:
    return log.find(Referral, Referral.create_id(run.id))


def referral_for(log: DispatchLog, run: Run, act: Act) -> Referral:
    """That of the run, opened now where there was none."""
    return referral_of(log, run) or Referral(
        run_id=run.id,
        incident_id=run.incident_id,
        incident_number=run.incident_number,
        callsign=run.callsign,
        act=act,
    )


def ask_hospital(run: Run, desk: Desk, act: Act, *, fresh: bool = False) -> list[Referral]:
    """Ask the hospital the run is bound for, or take the question back where it is bound nowhere.

    fresh : the run begins with this act, so nobody was asked before
    """
    if run.hospital_id is None:
        asked = None if fresh else referral_of(desk.log, run)
        if asked is None:
            return []
        asked.withdraw(act)
        return [asked]
    referral = referral_for(desk.log, run, act)
    answer_by = act.heard_at + timedelta(seconds=desk.rules.acceptance.answer_s)
    referral.ask(run.hospital_id, run.bed_kind, answer_by, act)
    return [referral]
