"""Two incidents turn out to be one, or one that was merged to be two: one decision, one save."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from dispatch.beds import Beds
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.patients import refuse_to_part
from domain.base import Aggregate
from domain.call_errors import NotMerged
from domain.errors import NoBedFree
from domain.incident import Incident
from domain.merging import merge, unmerge
from domain.values import Act, Milestone


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
    brought = stayed.absorbed[incident.id].run_ids if incident.id in stayed.absorbed else ()
    refuse_to_part(incident, stayed, list(brought), desk.log)
    call_ids, run_ids = unmerge(incident, stayed, command.act)
    moved = _moved(call_ids, run_ids, incident, True, command.act, desk)
    beds = Beds(desk, command.act)
    lost = None if _keep_again(incident, beds, desk) else incident.kept
    return Outcome(
        (stayed, incident, *moved, *beds.changed),
        {
            **_answer(incident, stayed),
            "bed_lost": {"hospital_id": lost[0], "bed_kind": lost[1]} if lost else None,
        },
    )


def _keep_again(incident: Incident, beds: Beds, desk: Desk) -> bool:
    """The bed that a hospital promised before anybody was sent, unless a run has it or had it. Whether all is
    well: False where none is free any more."""
    runs = [desk.log.run(each) for each in incident.run_ids]
    if incident.kept is None or any(run.milestone != Milestone.STOOD_DOWN for run in runs):
        return True
    with suppress(NoBedFree):
        beds.keep(incident, *incident.kept)
        return True
    return False


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
