"""The figures of a period: the intervals, norms, outcomes and unit hours, by priority, ward, station ..."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, Literal

from domain.figures import Interval, Norm
from domain.outcome import Outcome
from projections.figures.clocks import Able, Reading, readings
from projections.figures.counting import Tally, response_norm, within
from projections.figures.hours import UnitHours, unit_hours
from projections.figures.material import Case, Material, cases
from projections.figures.records import as_time

By = Literal["priority", "ward", "station", "hospital", "hour"]
UNKNOWN = "unknown"
NOBODY = "nobody sent"
NO_HOSPITAL = "no hospital"
CHECKED_EVERY = 1_000
OF_CREWS = {"refused": Outcome.PATIENT_REFUSED, "dead_on_scene": Outcome.DIED}
"""What crews say of their run, in the words for incidents; the others are the same words."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a city measures by, and how it reads places.

    response_s : seconds to the first arrival, a priority
    ward_of    : the ward of a place (lat, lon), None where nobody knows
    able       : whether a unit can do what is needed
    """

    zone: tzinfo
    response_s: Mapping[str, int]
    norms: Sequence[Norm]
    able: Able
    ward_of: Callable[[float, float], str | None]


@dataclass(slots=True)
class Group:
    """What was counted under one key."""

    incidents: int = 0
    calls: int = 0
    tallies: dict[Interval, Tally] = field(default_factory=lambda: {each: Tally() for each in Interval})
    measured: dict[Interval, list[tuple[str | None, int]]] = field(
        default_factory=lambda: {each: [] for each in Interval}
    )
    outcomes: Counter[str] = field(default_factory=Counter)
    hours: list[UnitHours] = field(default_factory=list)

    def take(self, reading: Reading, priority: str) -> None:
        self.tallies[reading.interval].take(reading.seconds, reading.censored)
        if reading.seconds is not None:
            self.measured[reading.interval].append((priority, reading.seconds))

    def add(self, other: "Group") -> None:
        """What was counted there, too; unit hours are left out, for they belong to no incident."""
        self.incidents += other.incidents
        self.calls += other.calls
        self.outcomes += other.outcomes
        for interval in Interval:
            self.tallies[interval].add(other.tallies[interval])
            self.measured[interval] += other.measured[interval]


def figures(
    material: Material,
    start: int,
    end: int,
    by: By,
    yardstick: Yardstick,
    *,
    as_reported: bool = False,
    until: int | None = None,
    check: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Of [start, end): `{total, groups}`, each group with its key, ordered by it.

    An incident belongs to the period in which the first of its calls rang, and its runs with it, whenever
    they were. Unit hours are cut at the edges of the period.

    until : an instant; unit hours are counted up to there at most. The present, as a rule
    check : called now and then; what it raises ends the counting
    """
    groups = defaultdict[str, Group](Group)
    for number, case in enumerate(cases(material, start, end)):
        if number % CHECKED_EVERY == 0:
            check()
        priority = case.incident.priority
        key_of = _keys(case, by, material, yardstick)
        told = list(readings(case, material.units, yardstick.able, as_reported=as_reported))
        for reading in told:
            groups[key_of(reading)].take(reading, priority)
        # The incident itself is told where its response is.
        home = groups[key_of(next(each for each in told if each.interval is Interval.CALL_TO_SCENE))]
        home.incidents += 1
        home.calls += len(case.incident.call_ids)
        home.outcomes[str(_outcome(case))] += 1
    total = Group()
    for group in groups.values():
        total.add(group)
    hours = unit_hours(material, start, min(end, until or end), as_reported=as_reported)
    total.hours = list(hours.values())
    if by == "station":
        for each in hours.values():
            groups[_station(each.callsign, material)].hours.append(each)
    norms = [*(response_norm(*each) for each in sorted(yardstick.response_s.items())), *yardstick.norms]
    return {
        "total": {**_told(total, norms), "phone": _phone(material, start, end)},
        "groups": [{"key": key, **_told(groups[key], norms)} for key in sorted(groups)],
    }


def _keys(case: Case, by: By, material: Material, yardstick: Yardstick) -> Callable[[Reading], str]:
    """Under which key a reading of this case is counted. Station and hospital are those of the run that
    stopped the clock, or, where nobody did, of the one that might have."""
    if by == "station":
        return lambda reading: NOBODY if reading.run is None else _station(reading.run.callsign, material)
    if by == "hospital":
        return lambda reading: (reading.run and reading.run.hospital_id) or NO_HOSPITAL
    if by == "priority":
        key = case.incident.priority
    elif by == "ward":
        key = yardstick.ward_of(case.incident.lat, case.incident.lon) or UNKNOWN
    else:
        key = f"{as_time(case.called).astimezone(yardstick.zone).hour:02d}"
    return lambda _: key


def _station(callsign: str, material: Material) -> str:
    unit = material.units.get(callsign)
    return UNKNOWN if unit is None else unit.station_id


def _outcome(case: Case) -> str:
    """What came of it: as it was closed, or by what the runs did."""
    if case.incident.outcome is not None:
        return case.incident.outcome
    reached = {milestone for run in case.runs for milestone in run.times}
    if "transporting" in reached:
        return Outcome.CONVEYED
    if "on_scene" in reached:
        said = [run.outcome for run in case.runs if run.outcome is not None]
        return OF_CREWS.get(said[-1], said[-1]) if said else Outcome.TREATED_ON_SCENE
    if any(run.ended is None for run in case.runs):
        return "under_way"
    if case.incident.closed is None:
        return "waiting"
    return Outcome.CANCELLED if case.runs else "never_sent"


def _told(group: Group, norms: Sequence[Norm]) -> dict[str, Any]:
    staffed_s = sum(each.staffed_s for each in group.hours)
    busy_s = sum(each.busy_s for each in group.hours)
    transports = sum(each.transports for each in group.hours)
    return {
        "incidents": group.incidents,
        "calls": group.calls,
        "intervals": {str(each): tally.told() for each, tally in group.tallies.items()},
        "norms": [within(group.measured[norm.interval], norm) for norm in norms],
        "outcomes": dict(sorted(group.outcomes.items())),
        "unit_hours": {
            "units": len(group.hours),
            "staffed_s": staffed_s,
            "busy_s": busy_s,
            "utilisation": round(busy_s / staffed_s, 4) if staffed_s else None,
            "runs": sum(each.runs for each in group.hours),
            "transports": transports,
            "transports_per_hour": round(transports / (staffed_s / 3600), 4) if staffed_s else None,
        },
    }


def _phone(material: Material, start: int, end: int) -> dict[str, Any]:
    """What rang within the period, and what came of it."""
    calls = [call for call in material.calls.values() if start <= call.received < end]
    missed = sum(start <= each.rang < end for each in material.missed)
    return {
        "answered": len(calls),
        "abandoned": missed,
        "answered_share": round(len(calls) / (len(calls) + missed), 4) if calls or missed else None,
        "joined_incident": sum(call.status == "in_incident" for call in calls),
        "open": sum(call.status == "open" for call in calls),
        "closed": dict(
            sorted(Counter(call.outcome or "no code" for call in calls if call.status == "closed").items())
        ),
    }
