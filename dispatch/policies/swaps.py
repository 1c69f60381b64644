"""Pre-emption: a unit bound for something less urgent, what it would save here and what that costs there."""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from dispatch.policies.choice import AS_GOOD_AS_ANY, Asked, Candidate
from dispatch.policies.fleet import Task, UnitNow, free_and_seen, lacks, out_of_sight
from dispatch.policies.send_rules import SendRules
from domain.values import Milestone, Position, Travel

TAKEABLE = (Milestone.ASSIGNED, Milestone.ACCEPTED, Milestone.EN_ROUTE)
"""Who has arrived stays with the patient."""

Ways = Callable[[Sequence[UnitNow], Position], Sequence[Travel | None]]
"""From where each of some units stands to a place; None where there is no way."""


class Cost(msgspec.Struct, frozen=True, gc=False):
    """What the other incident pays: who would serve it instead, and how much later; nulls: nobody could."""

    priority: str
    instead: str | None
    delay_s: float | None


class Swap(msgspec.Struct, frozen=True, gc=False):
    """eta_s : until the unit is here; gain_s : how much sooner than the best who is free, null: nobody is"""

    unit_id: str
    callsign: str
    kind: str
    run_id: str
    incident_id: str
    incident_number: int
    eta_s: float
    gain_s: float | None
    cost: Cost


def swaps(
    fleet: Sequence[UnitNow],
    asked: Asked,
    scene: Position,
    found: Sequence[Candidate],
    ways: Ways,
    rules: SendRules,
    now: datetime,
) -> list[Swap]:
    """The best few that save enough, the greatest gain first.

    found : who could go to this incident otherwise
    """
    bound = [unit for unit in fleet if _takeable(unit, asked, rules, now)]
    if not bound or rules.swaps_offered == 0:
        return []
    free = [each.arrival_s for each in found if each.free_in_s is None and each.tier == AS_GOOD_AS_ANY]
    best_s = min(free, default=None)
    offers: list[tuple[float, str, UnitNow]] = []
    for unit, way in zip(bound, ways(bound, scene), strict=True):
        if way is None:
            continue
        eta_s = round(way.duration_s, 1) + _turnout_left_s(unit, rules)
        if best_s is None or best_s - eta_s >= rules.swap_gain_s:
            offers.append((eta_s, unit.callsign, unit))
    offers.sort(key=lambda offer: offer[:2])
    spare = [unit for unit in fleet if free_and_seen(unit, rules.stale_after_s, now)]
    return [
        Swap(
            unit.unit_id,
            callsign,
            unit.kind,
            task.run_id,
            task.incident_id,
            unit.incident_number or 0,
            round(eta_s, 1),
            None if best_s is None else round(best_s - eta_s, 1),
            _cost(unit, task, spare, ways, rules),
        )
        for eta_s, callsign, unit in offers[: rules.swaps_offered]
        if (task := unit.task) is not None
    ]


def _takeable(unit: UnitNow, asked: Asked, rules: SendRules, now: datetime) -> bool:
    task = unit.task
    return (
        task is not None
        and unit.duty == "on_duty"
        and task.milestone in TAKEABLE
        and task.priority > asked.priority  # P3 is less urgent than P1
        and lacks(unit, asked.needs) is None
        and out_of_sight(unit, rules.stale_after_s, now) is None
    )


def _turnout_left_s(unit: UnitNow, rules: SendRules) -> float:
    """Who drives already needs none."""
    rolling = unit.task is not None and unit.task.milestone == Milestone.EN_ROUTE
    return 0.0 if rolling else rules.turnout_s.get(unit.kind, 60.0)


def _cost(unit: UnitNow, task: Task, spare: Sequence[UnitNow], ways: Ways, rules: SendRules) -> Cost:
    able = [other for other in spare if lacks(other, task.needs) is None]
    (own, *others) = ways([unit, *able], task.scene)
    arrivals = [
        (way.duration_s + rules.turnout_s.get(other.kind, 60.0), other.callsign)
        for other, way in zip(able, others, strict=True)
        if way is not None
    ]
    if not arrivals:
        return Cost(task.priority, None, None)
    soonest_s, callsign = min(arrivals)
    planned_s = (0.0 if own is None else own.duration_s) + _turnout_left_s(unit, rules)
    return Cost(task.priority, callsign, round(max(0.0, soonest_s - planned_s), 1))
