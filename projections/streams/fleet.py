"""Where each unit is, what it does, and how far its position can be trusted."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from projections.streams.effects import Effect, Forward
from projections.streams.fleet_unit import Unit, alert_of, mark_of, row_of
from projections.streams.fold import NOTHING, Effects, Limits, earliest
from projections.streams.messages import DutyTold, Ping, SentTold, StageTold, Tick

SHOWN_EVERY = timedelta(seconds=5)
"""A unit that only moves is shown anew this often, by the time of its own pings."""
MARKED_EVERY = timedelta(seconds=60)
"""Its centre's count hears at least so often that it is still there."""


class Fleet:
    """Key: "centre/callsign". Pings keep the order of their own time; facts may come in any order."""

    name = "fleet"
    state = Unit

    def __init__(self, limits: Limits) -> None:
        self._stale_after = timedelta(seconds=limits.unit_position.red_s)

    def apply(
        self, unit: Unit | None, message: Ping | DutyTold | SentTold | StageTold | Tick
    ) -> tuple[Unit | None, Effects]:
        if isinstance(message, Tick):
            return (None, NOTHING) if unit is None else self._pass(unit, message.at)
        before = unit or Unit(message.centre, message.callsign)
        if isinstance(message, Ping):
            after = _moved(before, message)
            row = _row_is_due(before, message.at) or before.stale
        else:
            after = _told(before, message)
            row = True
        if after is before:
            return unit, NOTHING
        return _say(after, row, row and _mark_is_due(after))

    def due(self, unit: Unit) -> datetime | None:
        row_at = unit.shown.at + SHOWN_EVERY if unit.shown and unit.shown.at and _row_waits(unit) else None
        mark_at = (
            unit.marked.at + MARKED_EVERY if unit.marked and unit.marked.at and _mark_waits(unit) else None
        )
        return earliest(self._stale_at(unit), row_at, mark_at)

    def _stale_at(self, unit: Unit) -> datetime | None:
        return unit.ping.at + self._stale_after if unit.ping and not unit.stale else None

    def _pass(self, unit: Unit, now: datetime) -> tuple[Unit, Effects]:
        stale_at = self._stale_at(unit)
        lost = stale_at is not None and now >= stale_at
        after = replace(unit, stale=True) if lost else unit
        row = lost or (_row_waits(unit) and _row_is_due(unit, now))
        mark = lost or (_mark_waits(unit) and unit.marked is not None and _passed(unit.marked.at, now))
        return _say(after, row, mark) if row or mark else (unit, NOTHING)


def _moved(unit: Unit, ping: Ping) -> Unit:
    if unit.ping is not None and ping.at <= unit.ping.at:
        return unit
    return replace(unit, ping=ping, stale=False)


def _told(unit: Unit, told: DutyTold | SentTold | StageTold) -> Unit:
    heard = max(told.at, unit.told_at or told.at)
    match told:
        case DutyTold() if told.seq > unit.duty_seq:
            return replace(unit, duty=told.duty, duty_seq=told.seq, told_at=heard)
        case SentTold() if told.seq > unit.run_seq:
            number = told.incident_number
            return replace(unit, run_id=told.run_id, run_seq=told.seq, incident_number=number, told_at=heard)
        case StageTold() if told.seq > unit.milestone_seq:
            return replace(
                unit,
                milestone=told.milestone,
                milestone_run=told.run_id,
                milestone_seq=told.seq,
                told_at=heard,
            )
    return unit


def _row_waits(unit: Unit) -> bool:
    return unit.shown != unit.outlook


def _row_is_due(unit: Unit, at: datetime) -> bool:
    return unit.shown is None or unit.shown.at is None or at >= unit.shown.at + SHOWN_EVERY


def _mark_waits(unit: Unit) -> bool:
    return unit.marked != unit.outlook


def _mark_is_due(unit: Unit) -> bool:
    """Whether its mark would say something new, or has not been made for a while."""
    now, marked = unit.outlook, unit.marked
    if marked is None or (marked.status, marked.stale) != (now.status, now.stale):
        return True
    if now.at is None or marked.at is None:
        return True  # of a unit that sends no pings little is said, and that is told at once
    return _passed(marked.at, now.at)


def _passed(marked_at: datetime | None, now: datetime) -> bool:
    return marked_at is not None and now >= marked_at + MARKED_EVERY


def _say(unit: Unit, row: bool, mark: bool) -> tuple[Unit, Effects]:
    """What is to be told of the unit as it is now; an alert begins and ends with its reason."""
    effects: list[Effect] = []
    if row:
        effects.append(row_of(unit))
        unit = replace(unit, shown=unit.outlook)
    if mark:
        effects.append(Forward("squads", unit.centre, mark_of(unit)))
        unit = replace(unit, marked=unit.outlook)
    missed = unit.ping if unit.stale and unit.in_service else None
    if missed is not None and unit.missed_since is None:
        unit = replace(unit, missed_since=missed.at)
        effects.append(alert_of(unit, missed.at, None))
    elif missed is None and unit.missed_since is not None:
        effects.append(alert_of(unit, unit.missed_since, unit.newest_at))
        unit = replace(unit, missed_since=None)
    return unit, tuple(effects)
