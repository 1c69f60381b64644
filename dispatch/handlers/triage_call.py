"""The answers of a caller become a determinant."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.policies.triage import determine
from domain.errors import UnknownProtocol
from domain.values import Act


@dataclass(frozen=True, slots=True)
class TriageCall:
    act: Act
    call_id: UUID
    protocol: str
    answers: Mapping[str, str]


def triage_call(command: TriageCall, desk: Desk) -> Outcome:
    """Said again with more answers it is judged again; the newest outcome counts."""
    protocol = desk.protocols.get(command.protocol)
    if protocol is None:
        raise UnknownProtocol(protocol=command.protocol)
    call = desk.log.call(command.call_id)
    determinant = determine(protocol, command.answers)
    call.triage(
        protocol=protocol.id,
        protocol_version=protocol.version,
        answers=dict(command.answers),
        determinant=determinant.code,
        priority=determinant.priority,
        act=command.act,
    )
    answer = {
        "id": str(call.id),
        "determinant": determinant.code,
        "title": dict(determinant.title),
        "priority": determinant.priority,
        "instructions": [dict(instruction) for instruction in determinant.instructions],
        "protocol_version": protocol.version,
        "signed_off": protocol.signed_off,
    }
    return Outcome((call,), answer)
