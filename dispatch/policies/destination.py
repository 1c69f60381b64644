"""Where to take the patient: hospitals that have what is needed, by road time, beds and freshness of data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from dispatch.policies.words import (
    Objection,
    Words,
    age_in_words,
    closed_in_words,
    distance_in_words,
    free_beds_in_words,
)
from domain.values import Needs, Position, Travel

NO_WAY: Objection = ("no_way", "no way there by road", "không có đường tới")
NEVER_REPORTED: Words = {"en": "beds never reported", "vi": "chưa từng báo giường"}


@dataclass(frozen=True, slots=True)
class DestinationRules:
    """Old counts are doubted, in seconds of drive: settings of a city."""

    amber_after_s: float = 3600.0
    red_after_s: float = 7200.0
    amber_penalty_s: float = 120.0
    red_penalty_s: float = 300.0


@dataclass(frozen=True, slots=True)
class BedsNow:
    free: int
    reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class HospitalNow:
    hospital_id: str
    name: str
    position: Position
    specialities: tuple[str, ...]
    beds: Mapping[str, BedsNow]
    diverting_until: datetime | None
    diverted_services: tuple[str, ...]


class RankedHospital(msgspec.Struct, frozen=True, gc=False):
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


class RejectedHospital(msgspec.Struct, frozen=True, gc=False):
    hospital_id: str
    name: str
    reason: str
    reason_vi: str
    code: str


@dataclass(frozen=True, slots=True)
class HospitalRanking:
    hospitals: list[RankedHospital]
    rejected: list[RejectedHospital]


def why_not(hospital: HospitalNow, needs: Needs, now: datetime) -> Objection | None:
    """A code and the words for passing a hospital over before its road is asked."""
    if needs.speciality is not None and needs.speciality not in hospital.specialities:
        return "lacks_speciality", f"no {needs.speciality}", f"không có chuyên khoa {needs.speciality}"
    if hospital.diverting_until is not None and hospital.diverting_until > now:
        wanted = {needs.speciality, needs.bed_kind}
        if not hospital.diverted_services or wanted & set(hospital.diverted_services):
            until = hospital.diverting_until.isoformat(timespec="minutes")
            return "diverting", f"diverting until {until}", f"ngưng nhận đến {until}"
    if needs.bed_kind is not None:
        beds = hospital.beds.get(needs.bed_kind)
        if beds is None:
            return "lacks_bed_kind", f"keeps no {needs.bed_kind} beds", f"không có giường {needs.bed_kind}"
        if beds.free <= 0:
            return "no_bed", f"no {needs.bed_kind} bed free", f"hết giường {needs.bed_kind}"
    return None


def sift(
    candidates: Sequence[HospitalNow], needs: Needs, now: datetime
) -> tuple[list[HospitalNow], list[RejectedHospital]]:
    """Those whose road is worth asking, and the others with what `why_not` says."""
    able: list[HospitalNow] = []
    rejected: list[RejectedHospital] = []
    for hospital in candidates:
        objection = why_not(hospital, needs, now)
        if objection is None:
            able.append(hospital)
        else:
            rejected.append(_rejected(hospital, objection))
    return able, rejected


def rank(
    able: Sequence[HospitalNow],
    ways: Sequence[Travel | None],
    rejected: Sequence[RejectedHospital],
    needs: Needs,
    rules: DestinationRules,
    now: datetime,
) -> HospitalRanking:
    """Lowest sum of seconds first; the id settles ties.

    ways     : the way from the scene to each that is able, None where there is none
    rejected : those passed over already; they are told among the others
    """
    ranked: list[RankedHospital] = []
    passed_over = list(rejected)
    for hospital, way in zip(able, ways, strict=True):
        if way is None:
            passed_over.append(_rejected(hospital, NO_WAY))
            continue
        beds = hospital.beds.get(needs.bed_kind) if needs.bed_kind else None
        eta_s = round(way.duration_s, 1)
        parts = {"travel": eta_s}
        reasons = [distance_in_words(way), *closed_in_words(way, "from_scene", "hospital")]
        if beds is not None:
            doubt, words_of_age = _doubt(beds.reported_at, rules, now)
            parts["data_age"] = doubt
            reasons += (free_beds_in_words(beds.free), words_of_age)
        ranked.append(
            RankedHospital(
                hospital_id=hospital.hospital_id,
                name=hospital.name,
                eta_s=eta_s,
                distance_m=round(way.distance_m, 1),
                method=way.method,
                bed_kind=needs.bed_kind,
                free=beds.free if beds else None,
                reported_at=beds.reported_at.isoformat() if beds and beds.reported_at else None,
                score=round(sum(parts.values()), 1),
                parts=parts,
                reasons=reasons,
            )
        )
    ranked.sort(key=lambda row: (row.score, row.hospital_id))
    passed_over.sort(key=lambda row: row.hospital_id)
    return HospitalRanking(ranked, passed_over)


def rank_hospitals(
    candidates: Sequence[HospitalNow],
    travel: Mapping[str, Travel | None],
    needs: Needs,
    rules: DestinationRules,
    now: datetime,
) -> HospitalRanking:
    """Sift and rank, where the ways are known beforehand.

    travel : hospital_id -> the way from the scene; needed only where `why_not` lets pass.
    """
    able, rejected = sift(candidates, needs, now)
    ways = [travel.get(hospital.hospital_id) for hospital in able]
    return rank(able, ways, rejected, needs, rules, now)


def _rejected(hospital: HospitalNow, objection: Objection) -> RejectedHospital:
    code, words, words_vi = objection
    return RejectedHospital(hospital.hospital_id, hospital.name, words, words_vi, code)


def _doubt(reported_at: datetime | None, rules: DestinationRules, now: datetime) -> tuple[float, Words]:
    """Seconds of doubt for the age of a count, and the words for it."""
    if reported_at is None:
        return rules.red_penalty_s, NEVER_REPORTED
    age_s = max(0.0, (now - reported_at).total_seconds())
    words = age_in_words(int(age_s // 60))
    if age_s > rules.red_after_s:
        return rules.red_penalty_s, words
    if age_s > rules.amber_after_s:
        return rules.amber_penalty_s, words
    return 0.0, words
