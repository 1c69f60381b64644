"""A crew calls for help, or a check was missed; somebody takes it up, and says how it ended."""

from dataclasses import dataclass
from uuid import UUID

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.assignment_errors import NotOnScene, UnknownAlarm, UnknownOutcome
from domain.crew_safety import OUTCOMES, AlarmKind, CrewSafety
from domain.unit import Unit
from domain.values import Act, Milestone, Position

AT_THE_SCENE = (Milestone.ON_SCENE, Milestone.PATIENT_CONTACT)


@dataclass(frozen=True, slots=True)
class SoundSos:
    act: Act
    alarm_id: UUID
    callsign: str
    position: Position | None
    note: str | None


@dataclass(frozen=True, slots=True)
class MissCheck:
    """Time passed and nobody answered for the crew of this run."""

    act: Act
    alarm_id: UUID
    run_id: UUID


@dataclass(frozen=True, slots=True)
class AcknowledgeAlarm:
    act: Act
    callsign: str
    alarm_id: UUID


@dataclass(frozen=True, slots=True)
class EscalateAlarm:
    """Time passed and nobody took it up."""

    act: Act
    callsign: str
    alarm_id: UUID


@dataclass(frozen=True, slots=True)
class CloseAlarm:
    act: Act
    callsign: str
    alarm_id: UUID
    outcome: str
    note: str | None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """`alarm_id` is that of the alarm that goes off where all is not well."""

    act: Act
    run_id: UUID
    ok: bool
    alarm_id: UUID
    note: str | None


def sound_sos(command: SoundSos, desk: Desk) -> Outcome:
    """Never refused for anything but a crew nobody knows: whoever needs help gets it first."""
    unit = desk.log.unit(command.callsign)
    note = checks.optional_words("note", command.note)
    return _raised("sos", unit, command.alarm_id, command.position, note, command.act, desk)


def miss_check(command: MissCheck, desk: Desk) -> Outcome:
    run = desk.log.run(command.run_id)
    if run.milestone not in AT_THE_SCENE:
        return Outcome((), {"alarm_id": None, "callsign": run.callsign})
    unit = desk.log.unit(run.callsign)
    return _raised("welfare", unit, command.alarm_id, None, None, command.act, desk)


def acknowledge_alarm(command: AcknowledgeAlarm, desk: Desk) -> Outcome:
    safety = _known(command.callsign, command.alarm_id, desk)
    safety.acknowledge(command.alarm_id, command.act)
    return Outcome((safety,), {"alarm_id": str(command.alarm_id), "callsign": safety.callsign})


def escalate_alarm(command: EscalateAlarm, desk: Desk) -> Outcome:
    safety = _known(command.callsign, command.alarm_id, desk)
    safety.escalate(command.alarm_id, command.act)
    return Outcome((safety,), {"alarm_id": str(command.alarm_id), "callsign": safety.callsign})


def close_alarm(command: CloseAlarm, desk: Desk) -> Outcome:
    if command.outcome not in OUTCOMES:
        raise UnknownOutcome(outcome=command.outcome[:40], known=", ".join(OUTCOMES))
    safety = _known(command.callsign, command.alarm_id, desk)
    note = checks.optional_words("note", command.note)
    safety.close(command.alarm_id, command.outcome, note, command.act)
    return Outcome((safety,), {"alarm_id": str(command.alarm_id), "callsign": safety.callsign})


def check_in(command: CheckIn, desk: Desk) -> Outcome:
    run = desk.log.run(command.run_id)
    if run.milestone not in AT_THE_SCENE:
        raise NotOnScene(callsign=run.callsign)
    if not command.ok:
        unit = desk.log.unit(run.callsign)
        note = checks.optional_words("note", command.note)
        return _raised("sos", unit, command.alarm_id, None, note, command.act, desk)
    safety = _safety_of(run.callsign, command.act, desk)
    safety.check_in(run.id, run.incident_id, command.act)
    return Outcome((safety,), {"alarm_id": None, "callsign": run.callsign})


def _raised(
    kind: AlarmKind,
    unit: Unit,
    alarm_id: UUID,
    position: Position | None,
    note: str | None,
    act: Act,
    desk: Desk,
) -> Outcome:
    run = desk.log.run(unit.run_id) if unit.run_id is not None else None
    safety = _safety_of(unit.callsign, act, desk)
    standing = safety.raise_alarm(
        alarm_id, kind, run.id if run else None, run.incident_id if run else None, position, note, act
    )
    return Outcome((safety,), {"alarm_id": str(standing), "callsign": unit.callsign})


def _safety_of(callsign: str, act: Act, desk: Desk) -> CrewSafety:
    known = desk.log.find(CrewSafety, CrewSafety.create_id(callsign))
    return known or CrewSafety(callsign=callsign, act=act)


def _known(callsign: str, alarm_id: UUID, desk: Desk) -> CrewSafety:
    safety = desk.log.find(CrewSafety, CrewSafety.create_id(callsign))
    if safety is None or alarm_id not in {*safety.standing, *safety.closed}:
        raise UnknownAlarm(alarm_id=alarm_id)
    return safety
