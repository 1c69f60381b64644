"""A clinician rings back somebody who waits: how are they now?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.handlers.triage_call import told
from dispatch.retriaging import answered, bring_to
from domain.errors import UnknownCall
from domain.safety_call import finding_named
from domain.values import Act


@dataclass(frozen=True, slots=True)
class RecordSafetyCall:
    """call_id, protocol, answers : where the questions were asked again; else `protocol` is None"""

    act: Act
    incident_id: UUID
    safety_call_id: UUID
    finding: str
    note: str | None
    call_id: UUID | None = None
    protocol: str | None = None
    answers: Mapping[str, str] | None = None


def record_safety_call(command: RecordSafetyCall, desk: Desk) -> Outcome:
    """The clock of the waiting begins anew; new answers are judged as those of the call were.

    Raises BadFinding, UnknownCall for one that does not belong to the incident, and what triage refuses.
    """
    finding = finding_named(command.finding)
    incident = desk.log.incident(command.incident_id)
    note = checks.optional_words("note", command.note)
    incident.record_safety_call(command.safety_call_id, finding.value, note, command.act)
    answer: dict[str, Any] = {"id": str(incident.id), "finding": finding.value, "triage": None}
    if command.protocol is None:
        return Outcome((incident,), answer)
    call_id = command.call_id or incident.triaged_by or incident.call_ids[0]
    if call_id not in incident.call_ids:
        raise UnknownCall(call_id=call_id)
    call = desk.log.call(call_id)
    card, said = answered(call, command.protocol, command.answers or {}, command.act, desk)
    moved = bring_to(incident, call, card, said, command.act, desk)
    answer["triage"] = {"call_id": str(call.id), **told(card, said), "incident": moved}
    return Outcome((incident, call), answer)
