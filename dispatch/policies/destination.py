"""Where to take the patient: hospitals that have what is needed, by road time, beds and freshness of data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.values import Needs, Position, Travel


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


@dataclass(frozen=True, slots=True)
class RankedHospital:
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
    reasons: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class RejectedHospital:
    hospital_id: str
    name: str
    reason: str
    reason_vi: str
    code: str


@dataclass(frozen=True, slots=True)
class HospitalRanking:
    hospitals: list[RankedHospital]
    rejected: list[RejectedHospital]


def why_not(hospital: HospitalNow, needs: Needs, now: datetime) -> tuple[str, str, str] | None:
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


def rank_hospitals(
    candidates: Sequence[HospitalNow],
    travel: Mapping[str, Travel | None],
    needs: Needs,
    rules: DestinationRules,
    now: datetime,
) -> HospitalRanking:
    """Lowest sum of seconds first; the id settles ties.

    travel : hospital_id -> the way from the scene; needed only where `why_not` lets pass.
    """
    ranked: list[RankedHospital] = []
    rejected: list[RejectedHospital] = []
    for hospital in candidates:
        objection = why_not(hospital, needs, now)
        way = travel.get(hospital.hospital_id) if objection is None else None
        if objection is None and way is None:
            objection = ("no_way", "no way there by road", "không có đường tới")
        if objection is not None or way is None:
            code, words, words_vi = objection or ("no_way", "", "")
            rejected.append(RejectedHospital(hospital.hospital_id, hospital.name, words, words_vi, code))
            continue
        beds = hospital.beds.get(needs.bed_kind) if needs.bed_kind else None
        parts = {"travel": round(way.duration_s, 1)}
        reasons = [_distance_in_words(way)]
        if beds is not None:
            doubt, words_of_age = _doubt(beds.reported_at, rules, now)
            parts["data_age"] = doubt
            reasons += [{"en": f"{beds.free} free", "vi": f"còn {beds.free} giường"}, words_of_age]
        ranked.append(
            RankedHospital(
                hospital_id=hospital.hospital_id,
                name=hospital.name,
                eta_s=round(way.duration_s, 1),
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
    rejected.sort(key=lambda row: row.hospital_id)
    return HospitalRanking(ranked, rejected)


def _distance_in_words(way: Travel) -> dict[str, str]:
    km = way.distance_m / 1000
    if way.method == "road":
        return {"en": f"{km:.1f} km by road", "vi": f"{km:.1f} km đường bộ"}
    return {"en": f"{km:.1f} km, straight line estimate", "vi": f"{km:.1f} km, ước tính đường chim bay"}


def _doubt(
    reported_at: datetime | None, rules: DestinationRules, now: datetime
) -> tuple[float, dict[str, str]]:
    """Seconds of doubt for the age of a count, and the words for it."""
    if reported_at is None:
        words = {"en": "beds never reported", "vi": "chưa từng báo giường"}
        return rules.red_penalty_s, words
    age_s = max(0.0, (now - reported_at).total_seconds())
    minutes = int(age_s // 60)
    words = {"en": f"counted {minutes} min ago", "vi": f"cập nhật {minutes} phút trước"}
    if age_s > rules.red_after_s:
        return rules.red_penalty_s, words
    if age_s > rules.amber_after_s:
        return rules.amber_penalty_s, words
    return 0.0, words
