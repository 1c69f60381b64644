"""What going to each hospital costs in seconds, part by part, and the rows that say so."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from dispatch.policies.destination_rules import DestinationRules
from dispatch.policies.destination_words import (
    ALL_DIVERT,
    NEVER_REPORTED,
    handover_in_words,
    queue_in_words,
    trust_in_words,
)
from dispatch.policies.hospital_now import BedsNow, HospitalNow
from dispatch.policies.tenths import tenths
from dispatch.policies.words import (
    Words,
    age_in_words,
    closed_in_words,
    distance_in_words,
    free_beds_in_words,
)
from domain.values import Needs, Travel


class RankedHospital(msgspec.Struct, frozen=True, gc=False):
    """confidence : trust in the count, 1 for one just made; None where no bed is wanted
    stale         : the count is too old to be shown like the others
    flags         : "all_diverting" where it diverts, as all do that could take the patient; "all_full",
                    "all_closed", "all_lack" where nobody has a bed, the service open, or the service at all
    """

    hospital_id: str
    name: str
    eta_s: float
    distance_m: float
    method: str
    bed_kind: str | None
    free: int | None
    reported_at: str | None
    score: float
    parts: dict[str, float]
    reasons: list[Words]
    confidence: float | None = None
    stale: bool = False
    flags: list[str] = []


def confidence(reported_at: datetime | None, rules: DestinationRules, now: datetime) -> float:
    """Trust in a count: it halves with every half-life, smoothly, so no minute makes a sudden difference."""
    if reported_at is None:
        return rules.assumed_confidence
    age_s = max(0.0, (now - reported_at).total_seconds())
    return float(0.5 ** (age_s / rules.half_life_s))


class _Judged(NamedTuple):
    """What is said of a hospital. trust : in its count of beds, None where no bed is wanted"""

    parts: dict[str, float]
    reasons: list[Words]
    trust: float | None
    stale: bool


def in_rows(
    reached: Sequence[tuple[HospitalNow, Travel]],
    turned_away: Sequence[bool],
    needs: Needs,
    rules: DestinationRules,
    now: datetime,
) -> list[RankedHospital]:
    """In the order in which they come. A score is the sum of its parts to a tenth, as they are.

    turned_away : whether each diverts, and is asked all the same
    """
    eta_s = tenths([way.duration_s for _, way in reached])
    metres = tenths([way.distance_m for _, way in reached])
    judged = [
        _judged(hospital, way, seconds, needs, rules, now)
        for (hospital, way), seconds in zip(reached, eta_s, strict=True)
    ]
    scores = tenths([sum(each.parts.values()) for each in judged])
    return [
        _row(hospital, way.method, metres[i], judged[i], scores[i], needs.bed_kind, turned_away[i])
        for i, (hospital, way) in enumerate(reached)
    ]


def _row(
    hospital: HospitalNow,
    method: str,
    distance_m: float,
    judged: _Judged,
    score: float,
    bed_kind: str | None,
    turned_away: bool,
) -> RankedHospital:
    beds = hospital.beds.get(bed_kind) if bed_kind else None
    return RankedHospital(
        hospital.hospital_id,
        hospital.name,
        judged.parts["travel"],
        distance_m,
        method,
        bed_kind,
        beds.free if beds else None,
        beds.reported_at.isoformat() if beds and beds.reported_at else None,
        score,
        judged.parts,
        [ALL_DIVERT, *judged.reasons] if turned_away else judged.reasons,
        None if judged.trust is None else round(judged.trust, 3),
        judged.stale,
        ["all_diverting"] if turned_away else [],
    )


def _judged(
    hospital: HospitalNow, way: Travel, eta_s: float, needs: Needs, rules: DestinationRules, now: datetime
) -> _Judged:
    beds = hospital.beds.get(needs.bed_kind) if needs.bed_kind else None
    parts = {"travel": eta_s}
    reasons = [distance_in_words(way)]
    if way.from_closed_m or way.to_closed_m:
        reasons += closed_in_words(way, "from_scene", "hospital")
    trust: float | None = None
    stale = False
    if beds is not None:
        trust = confidence(beds.reported_at, rules, now)
        stale = _is_old(beds, rules, now)
        parts["data_age"] = round((1 - trust) * rules.doubt_s, 1)
        reasons += (free_beds_in_words(beds.free), _age(beds, now))
        if stale:
            reasons.append(trust_in_words(round(100 * trust)))
        if beds.free < rules.scarce_beds:
            parts["scarce"] = round((1 - beds.free / rules.scarce_beds) * rules.scarce_s, 1)
    _add_crowd(hospital, rules, parts, reasons)
    return _Judged(parts, reasons, trust, stale)


def _add_crowd(
    hospital: HospitalNow, rules: DestinationRules, parts: dict[str, float], reasons: list[Words]
) -> None:
    if hospital.waiting or hospital.inbound:
        parts["queue"] = hospital.waiting * rules.waiting_s + hospital.inbound * rules.inbound_s
        reasons.append(queue_in_words(hospital.waiting, hospital.inbound))
    if hospital.handover_s is not None and hospital.handover_s > rules.usual_handover_s:
        longer_s = hospital.handover_s - rules.usual_handover_s
        parts["handover"] = round(rules.handover_weight * longer_s, 1)
        reasons.append(handover_in_words(round(hospital.handover_s / 60)))


def _age(beds: BedsNow, now: datetime) -> Words:
    if beds.reported_at is None:
        return NEVER_REPORTED
    return age_in_words(int(max(0.0, (now - beds.reported_at).total_seconds()) // 60))


def _is_old(beds: BedsNow, rules: DestinationRules, now: datetime) -> bool:
    if beds.reported_at is None:
        return True
    return (now - beds.reported_at).total_seconds() > rules.amber_after_s
