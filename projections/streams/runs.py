"""One run as the streams watch it: answered late, long on scene or at the hospital; and where it drives."""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from domain.run_course import ENDS
from domain.values import Milestone
from projections.streams.effects import Alert, Effect, Forward, effect_id
from projections.streams.fold import NOTHING, Effects, Limits
from projections.streams.messages import BoundTold, LateTold, RunTold, Tick
from projections.streams.patience import Patience, patience

KEPT = timedelta(hours=24)
"""How long an ended run is remembered, so that news of it told again changes nothing."""
ON_ITS_WAY = (Milestone.TRANSPORTING, Milestone.AT_HOSPITAL, Milestone.HANDED_OVER)


BEGINS: dict[str, str] = {
    "late_acknowledgement": Milestone.ASSIGNED,
    "long_on_scene": Milestone.ON_SCENE,
    "long_handover": Milestone.AT_HOSPITAL,
}
"""With which milestone each kind of wait begins."""


class Run(Struct, frozen=True):
    """version : of the last fact heard; over_at : when it ended."""

    centre: str
    run_id: str
    incident_id: str
    incident_number: int
    callsign: str
    version: int
    milestone: str = str(Milestone.ASSIGNED)
    hospital_id: str | None = None
    waiting: Patience | None = None
    over_at: datetime | None = None


class Runs:
    """Key: "centre/run id". Every fact of a run comes from one aggregate, so their order holds."""

    name = "runs"
    state = Run

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def apply(self, run: Run | None, message: RunTold | Tick) -> tuple[Run | None, Effects]:
        if isinstance(message, Tick):
            return (None, NOTHING) if run is None else _wait(run, message.at)
        if run is not None and message.version <= run.version:
            return run, NOTHING
        before = run or Run(
            message.centre, message.run_id, message.incident_id, message.incident_number, message.callsign, 0
        )
        return self._tell(before, message)

    def due(self, run: Run) -> datetime | None:
        if run.over_at is not None:
            return run.over_at + KEPT
        return run.waiting.due if run.waiting else None

    def _tell(self, before: Run, told: RunTold) -> tuple[Run, Effects]:
        if told.what == "moved":
            return _moved(before, told), NOTHING
        if told.what == "corrected":
            return _corrected(before, told)
        milestone = told.milestone or before.milestone
        waiting, ended = self._waiting(before, told, milestone)
        run = replace(
            before,
            version=told.version,
            milestone=milestone,
            hospital_id=told.hospital_id,
            waiting=waiting,
            over_at=told.at if milestone in ENDS else None,
        )
        return run, (*ended, *_whereto(before, run, told))

    def _waiting(self, before: Run, told: RunTold, milestone: str) -> tuple[Patience | None, Effects]:
        """What is waited for now, and what ended with that: an alert, or one nobody had time to raise."""
        following = self._patience(milestone, told.at)
        running = before.waiting
        if told.what == "assigned" or running is None:
            return following, NOTHING
        if following is not None and following.kind == running.kind:
            return running, NOTHING  # patient contact: on scene since the same moment
        level = running.worst(told.at)
        if not level:
            return following, NOTHING
        effects: list[Effect] = [_alert(before, running, level, told.at)]
        late = bool(running.level_at(told.at))
        if late != bool(running.seen):
            effects += _counted(before, running, late)
        return following, tuple(effects)

    def _patience(self, milestone: str, at: datetime) -> Patience | None:
        match milestone:
            case Milestone.ASSIGNED:
                return patience("late_acknowledgement", at, self._limits.acknowledge)
            case Milestone.ON_SCENE | Milestone.PATIENT_CONTACT:
                return patience("long_on_scene", at, self._limits.on_scene)
            case Milestone.AT_HOSPITAL:
                return patience("long_handover", at, self._limits.handover)
        return None


def _moved(run: Run, told: RunTold) -> Run:
    """It serves another incident, and does what it did."""
    return replace(
        run, version=told.version, incident_id=told.incident_id, incident_number=told.incident_number
    )


def _corrected(run: Run, told: RunTold) -> tuple[Run, Effects]:
    """The wait that runs began at another time, and so did the alert that stands. What was said of one that
    is over is not unsaid."""
    run = replace(run, version=told.version)
    if run.over_at is not None and told.milestone == run.milestone:
        return replace(run, over_at=told.at), NOTHING
    waiting = run.waiting
    if waiting is None or BEGINS[waiting.kind] != told.milestone:
        return run, NOTHING
    moved = replace(waiting, since=told.at)
    effects = (_alert(run, moved, moved.seen, None),) if moved.seen else NOTHING
    return replace(run, waiting=moved), effects


def _wait(run: Run, now: datetime) -> tuple[Run | None, Effects]:
    if run.over_at is not None:
        return (None, NOTHING) if now >= run.over_at + KEPT else (run, NOTHING)
    waiting = run.waiting
    if waiting is None or waiting.due is None or now < waiting.due:
        return run, NOTHING
    level = waiting.worst(now)
    effects: list[Effect] = [_alert(run, waiting, level, None)]
    if not waiting.seen:
        effects += _counted(run, waiting, True)
    return replace(run, waiting=replace(waiting, seen=level)), tuple(effects)


def _counted(run: Run, waiting: Patience, late: bool) -> list[Effect]:
    """A late acknowledgement is a figure too, in the minute in which it became late.

    late : false where time had passed before the answer was told, and the answer says it was in time
    """
    if waiting.kind != "late_acknowledgement":
        return []
    return [Forward("figures", run.centre, LateTold(run.centre, run.run_id, waiting.late_at, late))]


def _alert(run: Run, waiting: Patience, level: str, ended_at: datetime | None) -> Alert:
    return Alert(
        id=effect_id(run.centre, run.run_id, waiting.kind),
        kind=waiting.kind,
        level="red" if level == "red" else "amber",
        centre=run.centre,
        subject=run.run_id,
        since=waiting.since,
        run_id=run.run_id,
        incident_id=run.incident_id,
        incident_number=run.incident_number,
        callsign=run.callsign,
        ended_at=ended_at,
    )


def _whereto(before: Run, run: Run, told: RunTold) -> list[Forward]:
    """Tell the hospitals who drives to them. Before that a unit may stand at one: its station is there."""
    was = before.hospital_id if before.milestone in ON_ITS_WAY else None
    now = run.hospital_id if run.milestone in ON_ITS_WAY else None
    if was == now:
        return []
    left = [_bound(run, was, told, False)] if was else []
    return left + ([_bound(run, now, told, True)] if now else [])


def _bound(run: Run, hospital_id: str, told: RunTold, bound: bool) -> Forward:
    message = BoundTold(
        centre=run.centre,
        kind="hospital",
        place_id=hospital_id,
        run_id=run.run_id,
        incident_id=run.incident_id,
        callsign=run.callsign,
        seq=told.seq,
        at=told.at,
        bound=bound,
    )
    return Forward("places", f"{run.centre}/hospital/{hospital_id}", message)
