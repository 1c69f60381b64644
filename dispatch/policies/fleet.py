"""A unit as the policies see it: what it can do, where it stands, what it is busy with, its crew's day."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import msgspec

from dispatch.policies.words import Objection
from domain.values import Needs, Position

INCLUDES = {"ALS": frozenset({"ALS", "BLS"})}
"""A crew with advanced life support can do all that basic life support asks."""

VIETNAMESE = {
    "transport": "chở bệnh nhân",
    "motorbike": "xe máy",
    "neonatal": "hồi sức sơ sinh",
    "isolation": "cách ly",
    "bariatric": "chở người quá cân",
}
"""Capabilities in the dispatcher's words; ALS and BLS are said as they are written."""


@dataclass(frozen=True, slots=True)
class Task:
    """The run a unit is on, as far as choosing goes by it.

    priority, needs, scene : of its incident
    since      : when its milestone was reached
    handover_s : how long crews lately needed at that hospital, None where too few did
    """

    run_id: str
    incident_id: str
    priority: str
    needs: Needs
    scene: Position
    milestone: str
    since: datetime
    hospital_id: str | None = None
    hospital: Position | None = None
    handover_s: float | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A crew's day, as far as it was told."""

    on_since: datetime | None = None
    ends_at: datetime | None = None
    meal_due_at: datetime | None = None


class UnitNow(msgspec.Struct, frozen=True, gc=False):
    """A unit as it stands at the moment of choosing.

    station : where it is at home
    task    : None for a unit without a run, and where its incident is not known
    """

    unit_id: str
    callsign: str
    kind: str
    capabilities: tuple[str, ...]
    duty: str
    incident_number: int | None
    position: Position | None
    position_at: datetime | None
    station: Position | None = None
    task: Task | None = None
    shift: Shift | None = None


def can(unit: UnitNow, capability: str) -> bool:
    return _can(unit.kind, unit.capabilities, capability)


def _can(kind: str, capabilities: tuple[str, ...], capability: str) -> bool:
    if capability == "transport":
        return kind == "van"
    return any(capability in INCLUDES.get(own, {own}) for own in capabilities)


def not_free(unit: UnitNow) -> Objection | None:
    """A code and the words, English and Vietnamese, for a unit that serves somebody or nobody at all."""
    if unit.incident_number is not None:
        return (
            "busy",
            f"on incident {unit.incident_number}",
            f"đang phục vụ vụ {unit.incident_number}",
        )
    if unit.duty == "on_duty":
        return None
    if unit.duty == "out_of_service":
        return "out_of_service", "out of service", "ngưng hoạt động"
    return "off_duty", "off duty", "không trực"


def lacks(unit: UnitNow, needs: Needs) -> Objection | None:
    """What is needed and neither crew nor vehicle can do."""
    return _lacks(unit.kind, unit.capabilities, needs.capabilities)


@lru_cache(maxsize=4_096)
def _lacks(kind: str, capabilities: tuple[str, ...], wanted: tuple[str, ...]) -> Objection | None:
    """Asked for every unit several times an advice; a fleet has few kinds of crew."""
    lacking = [capability for capability in wanted if not _can(kind, capabilities, capability)]
    if not lacking:
        return None
    if lacking == ["transport"]:
        return "cannot_transport", "cannot carry a patient", "không chở được bệnh nhân"
    return (
        "lacks_capability",
        f"lacks {', '.join(lacking)}",
        f"thiếu {', '.join(VIETNAMESE.get(each, each) for each in lacking)}",
    )


def free_and_seen(unit: UnitNow, stale_after_s: float, now: datetime) -> bool:
    """Whether neither `not_free` nor `out_of_sight` objects: asked of every unit, so without words."""
    return (
        unit.incident_number is None
        and unit.duty == "on_duty"
        and unit.position is not None
        and unit.position_at is not None
        and (now - unit.position_at).total_seconds() <= stale_after_s
    )


def out_of_sight(unit: UnitNow, stale_after_s: float, now: datetime) -> Objection | None:
    """That nobody knows where it is, or has not known for too long."""
    if unit.position is None or unit.position_at is None:
        return "no_position", "has not reported a position", "chưa báo vị trí"
    age_s = (now - unit.position_at).total_seconds()
    if age_s <= stale_after_s:
        return None
    minutes, seconds = divmod(int(age_s), 60)
    return (
        "stale_position",
        f"position is {minutes}:{seconds:02d} old",
        f"vị trí đã cũ {minutes}:{seconds:02d}",
    )
