"""The centre writes to a crew; the crew says that it has read it."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.crew_message import LONGEST, CrewMessage
from domain.crew_message_errors import NobodyAboard, UnknownMessage
from domain.errors import IdUsedTwice
from domain.values import Act, Duty


@dataclass(frozen=True, slots=True)
class MessageCrew:
    act: Act
    message_id: UUID
    callsign: str
    words: str


@dataclass(frozen=True, slots=True)
class ReadMessage:
    act: Act
    message_id: UUID


def message_crew(command: MessageCrew, desk: Desk) -> Outcome:
    words = checks.words("text", command.words, LONGEST)
    unit = desk.log.unit(command.callsign)
    if unit.duty == Duty.OFF_DUTY:
        raise NobodyAboard(callsign=unit.callsign)
    if desk.log.taken(command.message_id):
        raise IdUsedTwice(command_id=command.message_id)
    run = desk.log.run(unit.run_id) if unit.run_id is not None else None
    message = CrewMessage(
        message_id=command.message_id,
        callsign=unit.callsign,
        words=words,
        incident_id=run.incident_id if run else None,
        run_id=run.id if run else None,
        act=command.act,
    )
    return _told(message)


def read_message(command: ReadMessage, desk: Desk) -> Outcome:
    message = desk.log.find(CrewMessage, command.message_id)
    if message is None:
        raise UnknownMessage(message_id=command.message_id)
    message.acknowledge(command.act)
    return _told(message)


def _told(message: CrewMessage) -> Outcome:
    return Outcome((message,), {"message_id": str(message.id), "callsign": message.callsign})
