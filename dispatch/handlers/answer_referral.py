"""Between a run and a hospital: will you take them, yes or elsewhere, nobody answers; and what is coming."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.referrals import referral_for, referral_of
from domain.care_errors import NothingAsked
from domain.referral import Referral
from domain.run import Run, refuse_the_future
from domain.values import Act


@dataclass(frozen=True, slots=True)
class AnswerReferral:
    """`proposed` is the next hospital as the desk would choose it now."""

    DERIVED: ClassVar = ("proposed",)

    act: Act
    run_id: UUID
    hospital_id: str
    answer: str
    reason: str | None = None
    proposed: str | None = None


@dataclass(frozen=True, slots=True)
class GiveUpReferral:
    DERIVED: ClassVar = ("proposed",)

    act: Act
    run_id: UUID
    proposed: str | None = None


@dataclass(frozen=True, slots=True)
class PreAlert:
    """`packet` is plain JSON: what the crew tells of the patient."""

    act: Act
    run_id: UUID
    packet: Mapping[str, Any]


def answer_referral(command: AnswerReferral, desk: Desk) -> Outcome:
    run = desk.log.run(command.run_id)
    referral = _asked(run, command.hospital_id, desk)
    reason = checks.optional_words("reason", command.reason, 200)
    referral.answer(command.hospital_id, command.answer, reason, command.proposed, command.act)
    answer = {"run_id": str(run.id), "answer": command.answer, "proposed": command.proposed}
    return Outcome((referral,), answer)


def give_up_referral(command: GiveUpReferral, desk: Desk) -> Outcome:
    run = desk.log.run(command.run_id)
    referral = _asked(run, run.hospital_id or "", desk)
    if not run.is_over:
        referral.give_up(command.proposed, command.act)
    return Outcome((referral,), {"run_id": str(run.id), "proposed": command.proposed})


def pre_alert(command: PreAlert, desk: Desk) -> Outcome:
    refuse_the_future(command.act.at, command.act.heard_at)
    run = desk.log.run(command.run_id)
    referral = referral_for(desk.log, run, command.act)
    referral.pre_alert(dict(command.packet), command.act)
    return Outcome((referral,), {"run_id": str(run.id), "hospital_id": run.hospital_id})


def _asked(run: Run, hospital_id: str, desk: Desk) -> Referral:
    referral = referral_of(desk.log, run)
    if referral is None:
        raise NothingAsked(callsign=run.callsign, hospital=hospital_id)
    return referral
