"""One incident as the streams watch it: does it wait longer for a unit than its priority allows?"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from domain.values import Milestone
from projections.streams.effects import Alert, Effect, Forward, effect_id
from projections.streams.fold import NOTHING, Effects, Limits
from projections.streams.messages import IncidentTold, Tick, WaitTold
from projections.streams.patience import Patience, patience

KEPT = timedelta(hours=24)
KIND = "waiting_incident"


class Incident(Struct, frozen=True):
    """spells : how many times it has waited; each wait is an alert of its own
    done   : a unit has done what there was to do: it waits for nobody, though it is not closed yet
    """

    centre: str
    incident_id: str
    version: int = 0
    number: int | None = None
    priority: str | None = None
    serving: frozenset[str] = frozenset()
    spells: int = 0
    served: bool = False
    done: bool = False
    waiting: Patience | None = None
    over_at: datetime | None = None


class Incidents:
    """Key: "centre/incident id". Every fact of an incident comes from one aggregate, so their order holds."""

    name = "incidents"
    state = Incident

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def apply(
        self, incident: Incident | None, message: IncidentTold | Tick
    ) -> tuple[Incident | None, Effects]:
        if isinstance(message, Tick):
            return (None, NOTHING) if incident is None else _wait(incident, message.at)
        if incident is not None and message.version <= incident.version:
            return incident, NOTHING
        before = incident or Incident(message.centre, message.incident_id)
        return self._tell(replace(before, version=message.version), message)

    def due(self, incident: Incident) -> datetime | None:
        if incident.over_at is not None:
            return incident.over_at + KEPT
        return incident.waiting.due if incident.waiting else None

    def _tell(self, incident: Incident, told: IncidentTold) -> tuple[Incident, Effects]:
        match told.what:
            case "opened":
                named = replace(incident, number=told.number, priority=told.priority)
                return self._begin(named, told.at), NOTHING
            case "reprioritised":
                return self._hurry(replace(incident, priority=told.priority), told.at)
            case "run_opened" if told.run_id:
                serving = incident.serving | {told.run_id}
                return _end(replace(incident, serving=serving), told.at, served=True)
            case "run_ended" if told.run_id:
                done = incident.done or told.outcome == Milestone.CLEAR
                left = replace(incident, serving=incident.serving - {told.run_id}, done=done)
                waits_again = not (left.serving or done or left.waiting or left.over_at)
                return (self._begin(left, told.at) if waits_again else left), NOTHING
            case "closed":
                return _end(replace(incident, over_at=told.at), told.at, served=False)
            case "reopened":
                open_again = replace(incident, over_at=None)
                waits = not (open_again.serving or open_again.done)
                return (self._begin(open_again, told.at) if waits else open_again), NOTHING
        return incident, NOTHING

    def _begin(self, incident: Incident, at: datetime) -> Incident:
        wait = patience(KIND, at, self._limits.waiting(incident.priority))
        return replace(incident, waiting=wait, spells=incident.spells + 1)

    def _hurry(self, incident: Incident, at: datetime) -> tuple[Incident, Effects]:
        """Another priority: the same wait, by another limit. What was said of it stands."""
        if incident.waiting is None:
            return incident, NOTHING
        limit = self._limits.waiting(incident.priority)
        waiting = replace(incident.waiting, amber_s=limit.amber_s, red_s=limit.red_s)
        return replace(incident, waiting=waiting), NOTHING


def _end(incident: Incident, at: datetime, served: bool) -> tuple[Incident, Effects]:
    """The wait is over: somebody comes, or nobody needs to."""
    waiting = incident.waiting
    if waiting is None:
        return incident, NOTHING
    effects: list[Effect] = []
    if level := waiting.worst(at):
        effects.append(_alert(incident, waiting, level, at))
    if served and not incident.served:
        wait_s = max(0.0, (at - waiting.since).total_seconds())
        told = WaitTold(incident.centre, incident.incident_id, at, wait_s)
        effects.append(Forward("figures", incident.centre, told))
    return replace(incident, waiting=None, served=incident.served or served), tuple(effects)


def _wait(incident: Incident, now: datetime) -> tuple[Incident | None, Effects]:
    if incident.over_at is not None:
        return (None, NOTHING) if now >= incident.over_at + KEPT else (incident, NOTHING)
    waiting = incident.waiting
    if waiting is None or waiting.due is None or now < waiting.due:
        return incident, NOTHING
    level = waiting.worst(now)
    seen = replace(incident, waiting=replace(waiting, seen=level))
    return seen, (_alert(incident, waiting, level, None),)


def _alert(incident: Incident, waiting: Patience, level: str, ended_at: datetime | None) -> Alert:
    return Alert(
        id=effect_id(incident.centre, incident.incident_id, KIND, incident.spells),
        kind=KIND,
        level="red" if level == "red" else "amber",
        centre=incident.centre,
        subject=incident.incident_id,
        since=waiting.since,
        incident_id=incident.incident_id,
        incident_number=incident.number,
        ended_at=ended_at,
    )
