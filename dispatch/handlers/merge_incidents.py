"""Two incidents turn out to be one, or one that was merged to be two: one decision, one save."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from dispatch.beds import Beds
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.base import Aggregate
from domain.call_errors import NotMerged
from domain.incident import Incident
from domain.merging import merge, unmerge
from domain.values import Act


@dataclass(frozen=True, slots=True)
class MergeIncidents:
    act: Act
    incident_id: UUID
    into: UUID


@dataclass(frozen=True, slots=True)
class UnmergeIncident:
    act: Act
    incident_id: UUID


def merge_incidents(command: MergeIncidents, desk: Desk) -> Outcome:
    """Calls and runs go into the other, and what callers said with them; nothing is lost."""
    incident, into = desk.log.incident(command.incident_id), desk.log.incident(command.into)
    merge(incident, into, command.act)
    for call_id in incident.call_ids:
        if call_id in incident.words:
            into.quote(call_id, *incident.words[call_id], command.act)
    beds = Beds(desk, command.act)
    beds.keep_no_longer(incident)
    moved = _moved(incident.call_ids, incident.run_ids, into, False, command.act, desk)
    return Outcome((into, incident, *moved, *beds.changed), _answer(incident, into))


def unmerge_incident(command: UnmergeIncident, desk: Desk) -> Outcome:
    """What it brought comes back, its runs as they stand now. What came after the merge stays where it is."""
    incident = desk.log.incident(command.incident_id)
    if incident.merged_into is None:
        raise NotMerged(number=incident.number)
    stayed = desk.log.incident(incident.merged_into[0])
    call_ids, run_ids = unmerge(incident, stayed, command.act)
    moved = _moved(call_ids, run_ids, incident, True, command.act, desk)
    return Outcome((stayed, incident, *moved), _answer(incident, stayed))


def _moved(
    call_ids: Iterable[UUID], run_ids: Iterable[UUID], to: Incident, back: bool, act: Act, desk: Desk
) -> list[Aggregate]:
    calls, runs = [desk.log.call(each) for each in call_ids], [desk.log.run(each) for each in run_ids]
    for call in calls:
        call.move(to.id, act)
    for run in runs:
        run.move(to.id, to.number, back, act)
    return [*calls, *runs]


def _answer(incident: Incident, other: Incident) -> dict[str, str | int]:
    return {
        "id": str(incident.id),
        "number": incident.number,
        "into": str(other.id),
        "into_number": other.number,
    }
