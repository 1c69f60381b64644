"""All the records of a period, and what belongs together in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from projections.figures.records import (
    CallRecord,
    DecisionRecord,
    DutyRecord,
    IncidentRecord,
    MissedRecord,
    RunRecord,
    UnitRecord,
)

Times = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Material:
    """It may hold more than belongs to the period: whoever counts asks for what lies within."""

    calls: Mapping[str, CallRecord] = field(default_factory=dict)
    missed: Sequence[MissedRecord] = ()
    incidents: Mapping[str, IncidentRecord] = field(default_factory=dict)
    runs: Mapping[str, RunRecord] = field(default_factory=dict)
    units: Mapping[str, UnitRecord] = field(default_factory=dict)
    duties: Sequence[DutyRecord] = ()
    decisions: Mapping[str, DecisionRecord] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """An incident with all that was done for it.

    called : when the first of its calls rang; where it has none left, when it was opened
    runs   : in the order they were sent
    """

    incident: IncidentRecord
    called: int
    runs: tuple[RunRecord, ...]


def cases(material: Material, start: int, end: int) -> Iterator[Case]:
    """The incidents whose first call rang within [start, end), by the time it rang."""
    found = []
    for incident in material.incidents.values():
        if incident.merged_into is not None:
            continue  # it is told as the other one
        if any(each not in material.calls for each in incident.call_ids):
            continue  # it rang before the book begins, so before the period
        rang = [material.calls[each].received for each in incident.call_ids if each in material.calls]
        called = min(rang, default=incident.opened)
        if start <= called < end:
            found.append((called, incident.id))
    for called, incident_id in sorted(found):
        incident = material.incidents[incident_id]
        runs = [
            run
            for each in incident.run_ids
            if (run := material.runs.get(each)) is not None and run.ended != "undone"
        ]
        yield Case(incident, called, tuple(sorted(runs, key=lambda run: (run.times["assigned"], run.id))))
