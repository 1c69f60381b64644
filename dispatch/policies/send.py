"""Whom to send: every free unit by road time, with its reasons, and every other with why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from dispatch.policies.words import (
    Objection,
    Words,
    closed_in_words,
    distance_in_words,
    turnout_in_words,
)
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

NO_WAY: Objection = ("no_way", "no way to the scene by road", "không có đường tới hiện trường")
FIRST_CARE_ONLY: Words = {
    "en": "first care only: a van must follow",
    "vi": "chỉ sơ cứu: cần xe cứu thương đi sau",
}


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


class RankedUnit(msgspec.Struct, frozen=True, gc=False):
    """score is the sum of parts, all in seconds; lower is better."""

    unit_id: str
    callsign: str
    kind: str
    eta_s: float
    distance_m: float
    method: str
    score: float
    parts: dict[str, float]
    reasons: list[Words]


class RejectedUnit(msgspec.Struct, frozen=True, gc=False):
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


def why_not(unit: UnitNow, needs: Needs, rules: SendRules, now: datetime) -> Objection | None:
    """A code and the words, English and Vietnamese, for passing a unit over before its road is asked."""
    return _not_free(unit) or lacks(unit, needs) or _out_of_sight(unit, rules, now)


def _not_free(unit: UnitNow) -> Objection | None:
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
    lacking = [capability for capability in needs.capabilities if not can(unit, capability)]
    if not lacking:
        return None
    if lacking == ["transport"]:
        return "cannot_transport", "cannot carry a patient", "không chở được bệnh nhân"
    return (
        "lacks_capability",
        f"lacks {', '.join(lacking)}",
        f"thiếu {', '.join(VIETNAMESE.get(each, each) for each in lacking)}",
    )


def _out_of_sight(unit: UnitNow, rules: SendRules, now: datetime) -> Objection | None:
    if unit.position is None or unit.position_at is None:
        return "no_position", "has not reported a position", "chưa báo vị trí"
    age_s = (now - unit.position_at).total_seconds()
    if age_s <= rules.stale_after_s:
        return None
    minutes, seconds = divmod(int(age_s), 60)
    return (
        "stale_position",
        f"position is {minutes}:{seconds:02d} old",
        f"vị trí đã cũ {minutes}:{seconds:02d}",
    )


def sift(
    candidates: Sequence[UnitNow], needs: Needs, rules: SendRules, now: datetime
) -> tuple[list[UnitNow], list[RejectedUnit]]:
    """Those whose road is worth asking, and the others with what `why_not` says."""
    able: list[UnitNow] = []
    rejected: list[RejectedUnit] = []
    lacking: dict[tuple[str, tuple[str, ...]], Objection | None] = {}  # a fleet has few kinds of crew
    for unit in candidates:
        crew = unit.kind, unit.capabilities
        if crew not in lacking:
            lacking[crew] = lacks(unit, needs)
        objection = _not_free(unit) or lacking[crew] or _out_of_sight(unit, rules, now)
        if objection is None:
            able.append(unit)
        else:
            rejected.append(_rejected(unit, objection))
    return able, rejected


def rank(
    able: Sequence[UnitNow],
    ways: Sequence[Travel | None],
    rejected: Sequence[RejectedUnit],
    rules: SendRules,
) -> UnitRanking:
    """Soonest first. The callsign settles ties, so that a replay agrees with itself.

    ways     : the way to the scene of each that is able, None where there is none
    rejected : those passed over already; they are told among the others
    """
    ranked: list[RankedUnit] = []
    passed_over = list(rejected)
    for unit, way in zip(able, ways, strict=True):
        if way is None:
            passed_over.append(_rejected(unit, NO_WAY))
            continue
        turnout_s = rules.turnout_s.get(unit.kind, 60.0)
        eta_s = round(way.duration_s, 1)
        reasons = [distance_in_words(way), turnout_in_words(turnout_s)]
        reasons += closed_in_words(way, "unit", "scene")
        if unit.kind == "motorbike":
            reasons.append(FIRST_CARE_ONLY)
        ranked.append(
            RankedUnit(
                unit_id=unit.unit_id,
                callsign=unit.callsign,
                kind=unit.kind,
                eta_s=eta_s,
                distance_m=round(way.distance_m, 1),
                method=way.method,
                score=round(eta_s + turnout_s, 1),
                parts={"travel": eta_s, "turnout": turnout_s},
                reasons=reasons,
            )
        )
    ranked.sort(key=lambda row: (row.score, row.callsign))
    passed_over.sort(key=lambda row: row.callsign)
    return UnitRanking(ranked, passed_over)


def rank_units(
    candidates: Sequence[UnitNow],
    travel: Mapping[str, Travel | None],
    needs: Needs,
    rules: SendRules,
    now: datetime,
) -> UnitRanking:
    """Sift and rank, where the ways are known beforehand.

    travel : callsign -> the way to the scene, None where there is none; needed only for units that
             `why_not` lets pass.
    """
    able, rejected = sift(candidates, needs, rules, now)
    return rank(able, [travel.get(unit.callsign) for unit in able], rejected, rules)


def _rejected(unit: UnitNow, objection: Objection) -> RejectedUnit:
    code, words, words_vi = objection
    return RejectedUnit(unit.unit_id, unit.callsign, words, words_vi, code)
