"""The answers of a caller become a determinant, and change the incident if there is one already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.policies.card import Protocol, Step
from dispatch.policies.triage import Judgement
from dispatch.policies.urgency import urgency_of
from dispatch.retriaging import answered, bring_to, incident_of
from domain.values import Act


@dataclass(frozen=True, slots=True)
class TriageCall:
    act: Act
    call_id: UUID
    protocol: str
    answers: Mapping[str, str]


def triage_call(command: TriageCall, desk: Desk) -> Outcome:
    """Said again with more answers it is judged again; the newest outcome counts.

    Raises UnknownProtocol, UnknownAnswer, BadNumber, CallAlreadySettled, OlderAnswers.
    """
    call = desk.log.call(command.call_id)
    card, said = answered(call, command.protocol, command.answers, command.act, desk)
    answer = {"id": str(call.id), **told(card, said), "incident": None}
    incident = incident_of(call, desk)
    if incident is None:
        return Outcome((call,), answer)
    answer["incident"] = bring_to(incident, call, card, said, command.act, desk)
    return Outcome((call, incident), answer)


def told(card: Protocol, said: Judgement) -> dict[str, Any]:
    """The outcome as a desk reads it."""
    determinant = said.determinant
    urgency = urgency_of(determinant.priority)
    return {
        "determinant": determinant.code,
        "title": dict(determinant.title),
        "priority": determinant.priority,
        "urgency": {"code": urgency.code, **urgency.title},
        "plan": determinant.plan,
        "send_now": said.send_now,
        "settled": said.settled,
        "next_questions": [question.id for question in said.next_questions],
        "instructions": [step_told(step) for step in determinant.instructions],
        "leads_to": determinant.leads_to,
        "protocol": card.id,
        "protocol_version": card.version,
        "signed_off": card.signed_off,
    }


def step_told(step: Step) -> dict[str, Any]:
    return {"id": step.id, **step.text, "metronome_bpm": step.metronome_bpm, "every_s": step.every_s}
