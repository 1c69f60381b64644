"""Where to take the patient: hospitals that have what is needed, by road time, beds, crowd and age of news.

Everything counts in seconds of drive: the score of a hospital is the sum of the parts it shows
(`destination_rows.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from dispatch.policies.as_before import AsBefore
from dispatch.policies.destination_rows import RankedHospital as RankedHospital
from dispatch.policies.destination_rows import confidence as confidence
from dispatch.policies.destination_rows import in_rows
from dispatch.policies.destination_rules import DestinationRules as DestinationRules
from dispatch.policies.destination_words import bypass_in_words
from dispatch.policies.hospital_now import BedsNow as BedsNow
from dispatch.policies.hospital_now import HospitalNow as HospitalNow
from dispatch.policies.hospital_objections import diverts as diverts
from dispatch.policies.hospital_objections import keeps_hours, lacks, no_bed
from dispatch.policies.hospital_objections import why_not as why_not
from dispatch.policies.last_resort import easier, marked_if_full, marked_if_without
from dispatch.policies.nearby import flat_metres
from dispatch.policies.words import Objection, Words
from domain.values import Needs, Position, Travel

NO_WAY: Objection = ("no_way", "no way there by road", "không có đường tới")
BYPASSED = frozenset({"lacks_speciality", "service_closed", "lacks_bed_kind", "no_bed", "diverting"})
MOST_BYPASSED = 2
"""Nearer hospitals that are named with the first choice; the others stand among the rejected."""


class RejectedHospital(msgspec.Struct, frozen=True, gc=False):
    """crow_m : metres from the scene as the crow flies, where the scene was said"""

    hospital_id: str
    name: str
    reason: str
    reason_vi: str
    code: str
    crow_m: float | None = None


@dataclass(frozen=True, slots=True)
class HospitalRanking:
    hospitals: list[RankedHospital]
    rejected: list[RejectedHospital]


def sift(
    candidates: Sequence[HospitalNow],
    needs: Needs,
    now: datetime,
    scene: Position | None = None,
    last_resort: bool = True,
) -> tuple[list[HospitalNow], list[RejectedHospital]]:
    """Those whose road is worth asking, and the others with what `why_not` says.

    Where all that could take the patient divert, the least loaded of them is asked all the same: somebody
    has to, and no crew drives round in circles. The same where none has a bed left. Where nobody at all has
    what is needed, less is asked for, until somebody is found.

    last_resort : False as advice was before it knew the last of these
    """
    able, passed_over = _sifted(candidates, needs, now)
    if not able:
        others = [each for each, _ in passed_over]
        able = _least_loaded(others, needs, now) or _fullest_last(others, needs, now)
        if last_resort and not able:
            able = _last_resort(others, needs, now)
    asked = {hospital.hospital_id for hospital in able}
    rejected = [_rejected(each, why, scene) for each, why in passed_over if each.hospital_id not in asked]
    return able, rejected


def rank(
    able: Sequence[HospitalNow],
    ways: Sequence[Travel | None],
    rejected: Sequence[RejectedHospital],
    needs: Needs,
    rules: DestinationRules,
    now: datetime,
    scene: Position | None = None,
) -> HospitalRanking:
    """Lowest sum of seconds first; the id settles ties.

    ways     : the way from the scene to each that is able, None where there is none
    rejected : those passed over already; they are told among the others
    scene    : where it is said, the first choice names what nearer hospitals it bypasses, and why
    """
    passed_over = list(rejected)
    reached: list[tuple[HospitalNow, Travel]] = []
    for hospital, way in zip(able, ways, strict=True):
        if way is None:
            passed_over.append(_rejected(hospital, NO_WAY, scene))
        else:
            reached.append((hospital, way))
    turned_away = [
        hospital.diverting_until is not None and diverts(hospital, needs, now) for hospital, _ in reached
    ]
    ranked = in_rows(reached, turned_away, needs, rules, now)
    wanted = needs.speciality
    for i, (hospital, _) in enumerate(reached):
        if ranked[i].bed_kind is not None:
            ranked[i] = marked_if_full(ranked[i])
        if wanted is not None and (wanted not in hospital.specialities or keeps_hours(hospital)):
            ranked[i] = marked_if_without(ranked[i], lacks(hospital, needs, now), wanted)
    ranked.sort(key=lambda row: (row.score, row.hospital_id))
    passed_over.sort(key=lambda row: row.hospital_id)
    if ranked and scene is not None:
        first = next(each for each in able if each.hospital_id == ranked[0].hospital_id)
        ranked[0].reasons.extend(_bypasses(flat_metres(scene, first.position), passed_over))
    return HospitalRanking(ranked, passed_over)


def rank_hospitals(
    candidates: Sequence[HospitalNow],
    travel: Mapping[str, Travel | None],
    needs: Needs,
    rules: DestinationRules,
    now: datetime,
    scene: Position | None = None,
) -> HospitalRanking:
    """Sift and rank, where the ways are known beforehand.

    travel : hospital_id -> the way from the scene; needed only where `why_not` lets pass.
    """
    able, rejected = sift(candidates, needs, now, scene)
    ways = [travel.get(hospital.hospital_id) for hospital in able]
    return rank(able, ways, rejected, needs, rules, now, scene)


_sifted_before = AsBefore()


def _sifted(
    candidates: Sequence[HospitalNow], needs: Needs, now: datetime
) -> tuple[list[HospitalNow], list[tuple[HospitalNow, Objection]]]:
    """Those to whom nothing objects, and the others with what does. It is kept where it hangs on no hour."""
    kept = _sifted_before.of(candidates)
    found: tuple[list[HospitalNow], list[tuple[HospitalNow, Objection]]] | None = kept.get(needs)
    if found is None:
        found = [], []
        for hospital in candidates:
            objection = why_not(hospital, needs, now)
            if objection is None:
                found[0].append(hospital)
            else:
                found[1].append((hospital, objection))
        if not any(each.diverting_until is not None or keeps_hours(each) for each in candidates):
            kept[needs] = found
    return found


# --- whom to ask all the same ----------------------------------------------------------------------


def _least_loaded(candidates: Sequence[HospitalNow], needs: Needs, now: datetime) -> list[HospitalNow]:
    """Of those that would do but for a diversion the one with the smallest crowd a bed, if there is any."""
    would_do = [each for each in candidates if not lacks(each, needs, now) and not no_bed(each, needs)]
    return sorted(would_do, key=lambda each: (_load(each, needs.bed_kind), each.hospital_id))[:1]


def _fullest_last(candidates: Sequence[HospitalNow], needs: Needs, now: datetime) -> list[HospitalNow]:
    """Of those that lack nothing but a free bed the least loaded, before it any that does not divert."""

    def only_full(each: HospitalNow) -> bool:
        beds = each.beds.get(needs.bed_kind) if needs.bed_kind else None
        return beds is not None and beds.free <= 0 < beds.staffed and not lacks(each, needs, now)

    def order(each: HospitalNow) -> tuple[bool, float, str]:
        return diverts(each, needs, now), _load(each, needs.bed_kind), each.hospital_id

    return sorted(filter(only_full, candidates), key=order)[:1]


def _last_resort(candidates: Sequence[HospitalNow], needs: Needs, now: datetime) -> list[HospitalNow]:
    """The speciality is let go before the bed, and the bed last of all."""

    def willing(asked: Sequence[HospitalNow], less: Needs, now: datetime) -> list[HospitalNow]:
        return [each for each in asked if not why_not(each, less, now) and not diverts(each, needs, now)]

    for wanted in (needs, Needs(needs.capabilities, None, needs.speciality)):
        for take in (willing, _least_loaded, _fullest_last):
            for asked, less in easier(candidates, wanted):
                if able := take(asked, less, now):
                    return able
    return []


def _load(hospital: HospitalNow, kind: str | None) -> float:
    """Patients in beds of the kind, held for, at the door and on the way, a staffed bed."""
    beds = hospital.beds.get(kind) if kind else None
    crowd = hospital.waiting + hospital.inbound
    if beds is None:
        return float(crowd)
    return (beds.staffed - beds.free + crowd) / max(1, beds.staffed)


def _rejected(hospital: HospitalNow, objection: Objection, scene: Position | None) -> RejectedHospital:
    code, words, words_vi = objection
    crow_m = None if scene is None else round(flat_metres(scene, hospital.position), 1)
    return RejectedHospital(hospital.hospital_id, hospital.name, words, words_vi, code, crow_m)


def _bypasses(first_m: float, passed_over: Sequence[RejectedHospital]) -> list[Words]:
    """Those nearer as the crow flies than the first choice, the nearest of them, and why they are not it."""
    nearer = sorted(
        (row.crow_m, row.hospital_id, row)
        for row in passed_over
        if row.crow_m is not None and row.crow_m < first_m and row.code in BYPASSED
    )
    return [bypass_in_words(row.name, row.reason, row.reason_vi) for _, _, row in nearer[:MOST_BYPASSED]]
