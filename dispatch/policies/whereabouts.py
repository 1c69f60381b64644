"""Who could go at all, and from where: the free, those about to be free, and those whose position is lost."""

from collections.abc import Sequence
from datetime import datetime
from math import cos, hypot, radians

import msgspec

from dispatch.policies import send_words
from dispatch.policies.choice import AS_GOOD_AS_ANY, POSITION_LOST
from dispatch.policies.fleet import Task, UnitNow, free_and_seen, not_free, out_of_sight
from dispatch.policies.send_rules import SendRules
from dispatch.policies.words import Objection, Words
from domain.values import Milestone, Position

AT_HOSPITAL = (Milestone.AT_HOSPITAL, Milestone.HANDED_OVER)
METRES_A_DEGREE = 111_195.0


class Prospect(msgspec.Struct, frozen=True, gc=False):
    """Somebody whose road may be worth asking.

    place     : where its way would begin
    reserve   : why it is asked only where nobody else is left, None for one that always is
    free_in_s : predicted seconds until it is free, None for one that is
    """

    unit: UnitNow
    place: Position
    tier: int = AS_GOOD_AS_ANY
    flags: tuple[str, ...] = ()
    penalty_s: float = 0.0
    free_in_s: float | None = None
    reasons: tuple[Words, ...] = ()
    reserve: Objection | None = None


def prospects(
    fleet: Sequence[UnitNow], rules: SendRules, now: datetime
) -> tuple[list[Prospect], list[tuple[UnitNow, Objection]]]:
    """Those who could go, whatever they can do; and the others with why not."""
    able: list[Prospect] = []
    others: list[tuple[UnitNow, Objection]] = []
    for unit in fleet:
        if unit.position is not None and free_and_seen(unit, rules.stale_after_s, now):
            able.append(Prospect(unit, unit.position))
            continue
        found = _prospect(unit, rules, now)
        if isinstance(found, Prospect):
            able.append(found)
        else:
            others.append((unit, found))
    return able, others


def _prospect(unit: UnitNow, rules: SendRules, now: datetime) -> Prospect | Objection:
    """Of one that serves somebody or nobody, or is out of sight."""
    taken = not_free(unit)
    if taken is not None:
        return _soon_free(unit, rules, now) or taken
    lost = out_of_sight(unit, rules.stale_after_s, now)
    assert lost is not None, "who is free and in sight is asked in any case"
    return _lost(unit, lost, rules, now)


def _soon_free(unit: UnitNow, rules: SendRules, now: datetime) -> Prospect | None:
    """At a hospital, and predicted to be free within what the city still calls soon."""
    task = unit.task
    if unit.duty != "on_duty" or task is None or task.milestone not in AT_HOSPITAL:
        return None
    free_in_s = clears_in_s(task, rules, now)
    seen = out_of_sight(unit, rules.stale_after_s, now) is None
    place = unit.position if seen else task.hospital
    if free_in_s > rules.soon_within_s or place is None:
        return None
    said = send_words.free_in(max(1, round(free_in_s / 60)))
    return Prospect(unit, place, flags=("soon_free",), free_in_s=free_in_s, reasons=(said,))


def clears_in_s(task: Task, rules: SendRules, now: datetime) -> float:
    """Predicted seconds until a unit at a hospital is free: what is left of a usual handover there, and of
    getting ready again. Who takes longer than usual is expected any moment, never in the past."""
    elapsed_s = max(0.0, (now - task.since).total_seconds())
    if task.milestone == Milestone.HANDED_OVER:
        left_s = rules.clear_s - elapsed_s
    else:
        usual_s = rules.handover_s if task.handover_s is None else task.handover_s
        left_s = max(0.0, usual_s - elapsed_s) + rules.clear_s
    return round(max(rules.soon_least_s, left_s), 1)


def _lost(unit: UnitNow, lost: Objection, rules: SendRules, now: datetime) -> Prospect | Objection:
    """A silent unit stands at its station if it was last seen there; of another that is only a guess."""
    last, home = unit.position, unit.station
    at_home = last is not None and home is not None and metres_between(last, home) <= rules.at_station_m
    place = home if at_home or last is None else last
    if place is None:
        return lost
    said = send_words.COUNTED_FROM_STATION if place is home else send_words.COUNTED_FROM_LAST_PLACE
    if unit.position_at is not None and place is not home:
        said = send_words.last_seen(int(max(0.0, (now - unit.position_at).total_seconds()) // 60))
    return Prospect(
        unit,
        place,
        tier=POSITION_LOST,
        flags=("position_lost",),
        penalty_s=rules.lost_penalty_s,
        reasons=(said,),
        reserve=None if at_home else lost,
    )


def metres_between(one: Position, other: Position) -> float:
    """On a flat earth: good to a metre within a city."""
    north = one.lat - other.lat
    east = (one.lon - other.lon) * cos(radians(one.lat))
    return hypot(north, east) * METRES_A_DEGREE
