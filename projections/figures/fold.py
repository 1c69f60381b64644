"""From facts to records: which records a fact touches, and what each is after it. Pure."""

from typing import Final, cast
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.base import Fact
from domain.call import Call
from domain.caller import Caller
from domain.decision import Decision
from domain.incident import Incident
from domain.letters import Letters
from domain.run import Run
from domain.run_course import ENDS
from domain.unit import Unit
from domain.values import Milestone
from projections.figures.records import (
    DAY_US,
    CallRecord,
    DecisionRecord,
    DutyRecord,
    IncidentRecord,
    Kept,
    MissedRecord,
    RunRecord,
    UnitRecord,
    instant,
)
from projections.rows import id_text

Key = tuple[str, str]
"""Kind of record, and its id."""

SOONEST = 20
DUTIES = (Unit.WentOnDuty, Unit.WentOffDuty, Unit.TakenOutOfService)
OF_UNITS = (Unit.Commissioned, *DUTIES)
OF_CALLS = (
    Call.Received,
    Call.Joined,
    Call.Moved,
    Call.Separated,
    Call.Closed,
    Call.Concluded,
)
OF_INCIDENTS = (
    Incident.Opened,
    Incident.CallJoined,
    Incident.Reprioritised,
    Incident.Relocated,
    Incident.CallSeparated,
    Incident.Merged,
    Incident.Unmerged,
    Incident.Absorbed,
    Incident.GaveBack,
    Incident.Closed,
    Incident.Concluded,
)
OF_RUNS = (
    Run.Assigned,
    Run.Progressed,
    Run.Redirected,
    Run.Corrected,
    Run.Undone,
    Run.Moved,
    Run.OutcomeTold,
)
FACTS: Final = (
    *OF_CALLS,
    *OF_INCIDENTS,
    *OF_RUNS,
    *OF_UNITS,
    Decision.Made,
    Caller.Missed,
)
"""The kinds of facts that figures are made of."""


def keys(fact: Fact) -> tuple[Key, ...]:
    """The records a fact touches."""
    match fact:
        case Run.Assigned(incident_id=incident_id):
            return ("runs", id_text(fact.originator_id)), ("incidents", id_text(incident_id))
        case Run.Moved(incident_id=incident_id, was_incident_id=was):
            run = "runs", id_text(fact.originator_id)
            return run, ("incidents", id_text(incident_id)), ("incidents", id_text(was))
        case Caller.Missed(missed_id=missed_id):
            return (("missed", id_text(missed_id)),)
        case Unit.Commissioned(callsign=callsign):
            return (("units", callsign),)
        case Unit.WentOnDuty() | Unit.WentOffDuty() | Unit.TakenOutOfService():
            return (("duties", f"{fact.callsign}/{instant(fact.act.at) // DAY_US}"),)
        case Decision.Made():
            return (("decisions", id_text(fact.originator_id)),)
    for kind, facts in (("calls", OF_CALLS), ("incidents", OF_INCIDENTS), ("runs", OF_RUNS)):
        if isinstance(fact, facts):
            return ((kind, id_text(fact.originator_id)),)
    return ()


def after(key: Key, before: Kept | None, fact: Fact, seq: int) -> Kept | None:
    """The record `key` after the fact; the very same one where the fact changes nothing of it."""
    kind, its_id = key
    match kind:
        case "calls":
            return _call(its_id, cast(CallRecord | None, before), fact)
        case "incidents":
            return _incident(its_id, cast(IncidentRecord | None, before), fact)
        case "runs":
            return _run(its_id, cast(RunRecord | None, before), fact)
        case "duties":
            return _duty(its_id, cast(DutyRecord | None, before), fact, seq)
        case "units" if isinstance(fact, Unit.Commissioned):
            return UnitRecord(its_id, fact.kind, tuple(fact.capabilities), fact.station_id)
        case "missed" if isinstance(fact, Caller.Missed):
            return MissedRecord(its_id, instant(fact.rang_at))
        case "decisions" if isinstance(fact, Decision.Made):
            return _decision(its_id, fact)
    return before


def _call(its_id: str, before: CallRecord | None, fact: Fact) -> CallRecord | None:
    if isinstance(fact, Call.Received):
        return CallRecord(its_id, instant(fact.act.at))
    if before is None:
        return None
    match fact:
        case Call.Joined(incident_id=incident_id) | Call.Moved(incident_id=incident_id):
            return replace(before, status="in_incident", incident_id=id_text(incident_id))
        case Call.Separated():
            return replace(before, status="open", incident_id=None)
        case Call.Closed():
            return replace(before, status="closed")
        case Call.Concluded(outcome=outcome):
            return replace(before, outcome=str(outcome))
    return before


def _incident(its_id: str, before: IncidentRecord | None, fact: Fact) -> IncidentRecord | None:
    if isinstance(fact, Incident.Opened):
        return IncidentRecord(
            its_id,
            instant(fact.act.at),
            str(fact.priority),
            tuple(fact.needs.capabilities),
            fact.position.lat,
            fact.position.lon,
            (id_text(fact.call_id),),
        )
    if before is None:
        return None
    match fact:
        case Incident.CallJoined(call_id=call_id):
            return replace(before, call_ids=_and(before.call_ids, call_id))
        case Incident.CallSeparated(call_id=call_id):
            return replace(before, call_ids=_less(before.call_ids, call_id))
        case Incident.Absorbed(call_ids=call_ids):
            return replace(before, call_ids=_and(before.call_ids, *call_ids))
        case Incident.GaveBack(call_ids=call_ids):
            return replace(before, call_ids=_less(before.call_ids, *call_ids))
        case Incident.Merged(into_id=into_id):
            return replace(before, merged_into=id_text(into_id))
        case Incident.Unmerged(call_ids=call_ids):
            return replace(before, merged_into=None, call_ids=_and((), *call_ids))
        case Incident.Reprioritised(priority=priority, needs=needs):
            return replace(before, priority=str(priority), capabilities=tuple(needs.capabilities))
        case Incident.Relocated(position=position):
            return replace(before, lat=position.lat, lon=position.lon)
        case Incident.Closed():
            return replace(before, closed=instant(fact.act.at))
        case Incident.Concluded(outcome=outcome):
            return replace(before, outcome=str(outcome))
        case Run.Assigned():
            return replace(before, run_ids=_and(before.run_ids, fact.originator_id))
        case Run.Moved(incident_id=incident_id):
            change = _and if id_text(incident_id) == its_id else _less
            return replace(before, run_ids=change(before.run_ids, fact.originator_id))
    return before


def _run(its_id: str, before: RunRecord | None, fact: Fact) -> RunRecord | None:
    if isinstance(fact, Run.Assigned):
        sent = {str(Milestone.ASSIGNED): instant(fact.act.at)}
        return RunRecord(
            its_id,
            id_text(fact.incident_id),
            fact.callsign,
            fact.hospital_id,
            sent,
            dict(sent),
            eta_s=fact.eta_s,
            decision_id=None if fact.decision_id is None else id_text(fact.decision_id),
            overridden=fact.override_reason is not None,
        )
    if before is None:
        return None
    match fact:
        case Run.Progressed(milestone=milestone, hospital_id=hospital_id):
            told = {str(milestone): instant(fact.act.at)}
            return replace(
                before,
                hospital_id=hospital_id,
                times={**before.times, **told},
                reported={**before.reported, **told},
                ended=str(milestone) if milestone in ENDS else before.ended,
            )
        case Run.Redirected(hospital_id=hospital_id):
            return replace(before, hospital_id=hospital_id)
        case Run.Corrected(milestone=milestone, happened_at=happened_at):
            mended = {**before.times, str(milestone): instant(happened_at)}
            return replace(before, times=mended)
        case Run.Moved(incident_id=incident_id):
            return replace(before, incident_id=id_text(incident_id))
        case Run.OutcomeTold(outcome=outcome):
            return replace(before, outcome=str(outcome))
        case Run.Undone(milestone=milestone, back_to=back_to):
            return _undone(before, str(milestone), back_to)
    return before


def _undone(before: RunRecord, milestone: str, back_to: str | None) -> RunRecord:
    """One milestone less; where nothing stands any more it was a mistake, and is no run at all."""
    if back_to is None:
        return replace(before, ended="undone")
    times, reported = (
        {name: at for name, at in each.items() if name != milestone}
        for each in (before.times, before.reported)
    )
    ended = before.ended if before.ended != milestone else None
    return replace(before, times=times, reported=reported, ended=ended)


def _duty(its_id: str, before: DutyRecord | None, fact: Fact, seq: int) -> DutyRecord | None:
    if not isinstance(fact, DUTIES):
        return before
    change = instant(fact.act.at), seq, isinstance(fact, Unit.WentOnDuty)
    changes = sorted((*(before.changes if before else ()), change))
    return DutyRecord(its_id, fact.callsign, tuple(changes))


class _Offered(msgspec.Struct):
    callsign: str
    parts: dict[str, float] = {}
    eta_s: float | None = None
    free_in_s: float | None = None
    flags: tuple[str, ...] = ()

    @property
    def could_go(self) -> bool:
        """At once, and able: those about to be free are shown beside the others, and so are the unable."""
        return self.free_in_s is None and "lacks_capability" not in self.flags


class _Advice(msgspec.Struct):
    """As much of the advice as figures ask for."""

    units: list[_Offered] = []


def _decision(its_id: str, fact: Decision.Made) -> DecisionRecord:
    """Advice that cannot be read, from whatever time, is advice that named nobody."""
    try:
        if isinstance(fact.advice, Letters):
            advice = msgspec.json.decode(fact.advice.utf8, type=_Advice)
        else:
            advice = msgspec.convert(dict(fact.advice), type=_Advice)
    except (msgspec.ValidationError, msgspec.DecodeError):
        advice = _Advice()
    offered = [row for row in advice.units if row.could_go]
    arrivals = sorted((arrival, row.callsign) for row in offered if (arrival := _arrival(row)) is not None)
    return DecisionRecord(
        its_id,
        instant(fact.act.at),
        len(offered),
        offered[0].callsign if offered else None,
        tuple((callsign, arrival) for arrival, callsign in arrivals[:SOONEST]),
    )


def _arrival(row: _Offered) -> float | None:
    """From sending to the scene, as a run's `eta_s` has it: turnout and driving, no penalty."""
    travel = row.parts.get("travel", row.eta_s)
    return None if travel is None else travel + row.parts.get("turnout", 0.0)


def _and(ids: tuple[str, ...], *more: UUID) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ids, *map(id_text, more))))


def _less(ids: tuple[str, ...], *left: UUID) -> tuple[str, ...]:
    gone = set(map(id_text, left))
    return tuple(each for each in ids if each not in gone)
