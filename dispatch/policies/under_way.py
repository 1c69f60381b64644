"""A crew that drives to the scene has taken the order, though it pressed nothing: what its positions say.

It counts only for a unit that stood still when it was asked: who was driving already, home or to a post, says
nothing by driving on. And only where the road to the scene became shorter, by the seconds of drive: as the
crow flies one comes nearer on the wrong side of a river, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dispatch.policies.assignment_rules import OfferRules
from dispatch.policies.whereabouts import metres_between
from domain.values import Position

STANDS_MPS = 2.0
"""Slower than this nobody drives: a receiver that lies still says as much."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One position of a unit. speed_mps : as the receiver told it, None where it did not"""

    at: datetime
    place: Position
    speed_mps: float | None = None


@dataclass(frozen=True, slots=True)
class SetOut:
    """stood, seen : where it was when it was asked, and where it is; since : the first fix that shows it"""

    stood: Position
    seen: Position
    since: datetime
    moved_m: float


def set_out(fixes: Sequence[Fix], asked_at: datetime, rules: OfferRules) -> SetOut | None:
    """Whether a unit left where it stood when it was asked. None where it did not, where it was driving
    before, or where too little is known: one position alone may be a receiver's whim.

    fixes : of all the time since it was asked, and of `still_s` before or longer (a parked receiver is slow)
    """
    if rules.moved_m == 0:
        return None
    fixes = sorted(fixes, key=lambda fix: fix.at)
    before = [fix for fix in fixes if fix.at <= asked_at]
    since = [fix for fix in fixes if fix.at > asked_at]
    if not before or len(since) < 2:
        return None
    stood = before[-1]
    lately = [fix for fix in before if (asked_at - fix.at).total_seconds() <= rules.still_s]
    if any(metres_between(fix.place, stood.place) >= rules.moved_m / 2 for fix in lately):
        return None
    if any(map(_drives, [stood, *lately])):
        return None
    away = [fix for fix in since if metres_between(fix.place, stood.place) >= rules.moved_m]
    if away[-2:] != since[-2:]:
        return None
    moved_m = metres_between(away[-1].place, stood.place)
    return SetOut(stood.place, away[-1].place, away[0].at, round(moved_m, 1))


def _drives(fix: Fix) -> bool:
    return fix.speed_mps is not None and fix.speed_mps >= STANDS_MPS
