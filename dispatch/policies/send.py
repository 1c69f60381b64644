"""Whom to send: every free unit by road time, with its reasons, and every other with why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.values import Needs, Position, Travel

INCLUDES = {"ALS": frozenset({"ALS", "BLS"})}
"""A crew with advanced life support can do all that basic life support asks."""

VIETNAMESE = {
    "transport": "chở bệnh nhân",
    "motorbike": "xe máy",
    "neonatal": "hồi sức sơ sinh",
    "isolation": "cách ly",
}
"""Capabilities in the dispatcher's words; ALS and BLS are said as they are written."""


@dataclass(frozen=True, slots=True)
class SendRules:
    """Settings of a city, not constants of the code.

    stale_after_s : a position older than this says too little to send anyone by it
    turnout_s     : from the call to the wheels turning, by kind of unit (NFPA 1710 allows 60 s)
    """

    stale_after_s: float = 120.0
    turnout_s: Mapping[str, float] = field(default_factory=lambda: {"van": 60.0, "motorbike": 60.0})


@dataclass(frozen=True, slots=True)
class UnitNow:
    """A unit as it stands at the moment of choosing."""

    unit_id: str
    callsign: str
    kind: str
    capabilities: tuple[str, ...]
    duty: str
    incident_number: int | None
    position: Position | None
    position_at: datetime | None


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """score is the sum of parts, all in seconds; lower is better."""

    unit_id: str
    callsign: str
    kind: str
    eta_s: float
    distance_m: float
    method: str
    score: float
    parts: dict[str, float]
    reasons: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class RejectedUnit:
    unit_id: str
    callsign: str
    reason: str
    reason_vi: str
    code: str


@dataclass(frozen=True, slots=True)
class UnitRanking:
    units: list[RankedUnit]
    rejected: list[RejectedUnit]


def can(unit: UnitNow, capability: str) -> bool:
    if capability == "transport":
        return unit.kind == "van"
    return any(capability in INCLUDES.get(own, {own}) for own in unit.capabilities)


def why_not(unit: UnitNow, needs: Needs, rules: SendRules, now: datetime) -> tuple[str, str, str] | None:
    """A code and the words, English and Vietnamese, for passing a unit over before its road is asked."""
    if unit.incident_number is not None:
        return (
            "busy",
            f"on incident {unit.incident_number}",
            f"đang phục vụ vụ {unit.incident_number}",
        )
    if unit.duty != "on_duty":
        if unit.duty == "out_of_service":
            return "out_of_service", "out of service", "ngưng hoạt động"
        return "off_duty", "off duty", "không trực"
    lacking = [capability for capability in needs.capabilities if not can(unit, capability)]
    if lacking:
        if lacking == ["transport"]:
            return "cannot_transport", "cannot carry a patient", "không chở được bệnh nhân"
        return (
            "lacks_capability",
            f"lacks {', '.join(lacking)}",
            f"thiếu {', '.join(VIETNAMESE.get(each, each) for each in lacking)}",
        )
    if unit.position is None or unit.position_at is None:
        return "no_position", "has not reported a position", "chưa báo vị trí"
    age_s = (now - unit.position_at).total_seconds()
    if age_s > rules.stale_after_s:
        minutes, seconds = divmod(int(age_s), 60)
        return (
            "stale_position",
            f"position is {minutes}:{seconds:02d} old",
            f"vị trí đã cũ {minutes}:{seconds:02d}",
        )
    return None


def rank_units(
    candidates: Sequence[UnitNow],
    travel: Mapping[str, Travel | None],
    needs: Needs,
    rules: SendRules,
    now: datetime,
) -> UnitRanking:
    """Soonest first. The callsign settles ties, so that a replay agrees with itself.

    travel : callsign -> the way to the scene, None where there is none; needed only for units that
             `why_not` lets pass.
    """
    ranked: list[RankedUnit] = []
    rejected: list[RejectedUnit] = []
    for unit in candidates:
        objection = why_not(unit, needs, rules, now)
        way = travel.get(unit.callsign) if objection is None else None
        if objection is None and way is None:
            objection = ("no_way", "no way to the scene by road", "không có đường tới hiện trường")
        if objection is not None or way is None:
            code, words, words_vi = objection or ("no_way", "", "")
            rejected.append(RejectedUnit(unit.unit_id, unit.callsign, words, words_vi, code))
            continue
        parts = {"travel": round(way.duration_s, 1), "turnout": rules.turnout_s.get(unit.kind, 60.0)}
        ranked.append(
            RankedUnit(
                unit_id=unit.unit_id,
                callsign=unit.callsign,
                kind=unit.kind,
                eta_s=round(way.duration_s, 1),
                distance_m=round(way.distance_m, 1),
                method=way.method,
                score=round(sum(parts.values()), 1),
                parts=parts,
                reasons=_reasons(unit, way, parts),
            )
        )
    ranked.sort(key=lambda row: (row.score, row.callsign))
    rejected.sort(key=lambda row: row.callsign)
    return UnitRanking(ranked, rejected)


def _reasons(unit: UnitNow, way: Travel, parts: Mapping[str, float]) -> list[dict[str, str]]:
    km = way.distance_m / 1000
    by_road = way.method == "road"
    reasons = [
        {
            "en": f"{km:.1f} km by road" if by_road else f"{km:.1f} km, straight line estimate",
            "vi": f"{km:.1f} km đường bộ" if by_road else f"{km:.1f} km, ước tính đường chim bay",
        },
        {"en": f"turnout {parts['turnout']:.0f} s", "vi": f"xuất phát {parts['turnout']:.0f} giây"},
    ]
    if unit.kind == "motorbike":
        reasons.append(
            {
                "en": "first care only: a van must follow",
                "vi": "chỉ sơ cứu: cần xe cứu thương đi sau",
            }
        )
    return reasons
