"""After the urgency changed: which of those on the way are no longer needed, and what is missing."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from dispatch.policies.fleet import UnitNow
from dispatch.policies.plan_rules import ResponsePlan, Slot
from dispatch.policies.plans import Sized, fits


class Serving(NamedTuple):
    """A unit on a run for the incident. at_scene : it arrived, or is further on; nobody calls it back."""

    run_id: str
    unit: UnitNow
    at_scene: bool


class Balance(NamedTuple):
    surplus: tuple[Serving, ...]
    missing: tuple[Slot, ...]


def balance(plan: ResponsePlan, size: Sized, serving: Sequence[Serving]) -> Balance:
    """Each part of the plan is held by one unit; who holds none and is not there yet may be stood down.

    Those at the scene hold their part first; then whoever can do least that is enough, so that the more
    able crews become free; then the earlier sent. A motorbike that goes ahead may keep its part, but is
    not missed.
    """
    left = sorted(serving, key=lambda each: (not each.at_scene, "ALS" in each.unit.capabilities))
    missing = []
    for slot, needed in sorted(_wanted(plan, size), key=lambda each: not _wants_advanced(each[0], size)):
        holder = next((each for each in left if fits(each.unit, slot, size.needs)), None)
        if holder is not None:
            left.remove(holder)
        elif needed:
            missing.append(slot)
    return Balance(tuple(each for each in left if not each.at_scene), tuple(missing))


def _wanted(plan: ResponsePlan, size: Sized) -> list[tuple[Slot, bool]]:
    """Every part, as often as the patients ask for it, and whether it is missed where nobody holds it."""
    return [
        (slot, slot.when == "always")
        for slot in plan.slots
        if slot.from_alarm <= size.alarm_level
        for _ in range(ceil(size.patients / slot.per_patients) if slot.per_patients else 1)
    ]


def _wants_advanced(slot: Slot, size: Sized) -> bool:
    return "ALS" in (size.needs.capabilities if slot.capabilities is None else slot.capabilities)
