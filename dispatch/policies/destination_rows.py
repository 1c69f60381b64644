"""What going to each hospital costs in seconds, part by part, and the rows that say so."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

import msgspec

from dispatch.policies.as_before import AsBefore
from dispatch.policies.destination_rules import DestinationRules
from dispatch.policies.destination_words import (
    ALL_DIVERT,
    NEVER_REPORTED,
    handover_in_words,
    queue_in_words,
    trust_in_words,
)
from dispatch.policies.hospital_now import HospitalNow
from dispatch.policies.tenths import tenths
from dispatch.policies.words import (
    Words,
    age_in_words,
    closed_in_words,
    free_beds_in_words,
    kilometres_in_words,
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


class _Standing(NamedTuple):
    """What is said of a hospital besides the way there.

    trust       : in its count of beds, None where no bed is wanted
    free        : beds of the kind that is wanted
    reported_at : when they were counted
    """

    parts: dict[str, float]
    reasons: list[Words]
    trust: float | None
    stale: bool
    free: int | None = None
    reported_at: str | None = None


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
    ways = [way for _, way in reached]
    count, metres = len(ways), [way.distance_m for way in ways]
    # All at once: a hundred figures are told to a tenth in the time of forty.
    told = tenths([*(way.duration_s for way in ways), *metres, *(each / 1000 for each in metres)])
    eta_s, metres, kilometres = told[:count], told[count : 2 * count], told[2 * count :]
    said = kilometres_in_words(kilometres, ways)
    kind = needs.bed_kind
    standing = _standings([hospital for hospital, _ in reached], kind, rules, now)
    parts = [{"travel": seconds, **each.parts} for seconds, each in zip(eta_s, standing, strict=True)]
    scores = tenths([sum(each.values()) for each in parts])
    rows = []
    for i, (hospital, way) in enumerate(reached):
        stands = standing[i]
        reasons = [said[i], *stands.reasons]
        if way.from_closed_m or way.to_closed_m:
            reasons[1:1] = closed_in_words(way, "from_scene", "hospital")
        if turned_away[i]:
            reasons.insert(0, ALL_DIVERT)
        rows.append(
            RankedHospital(
                hospital.hospital_id,
                hospital.name,
                eta_s[i],
                metres[i],
                way.method,
                kind,
                stands.free,
                stands.reported_at,
                scores[i],
                parts[i],
                reasons,
                stands.trust,
                stands.stale,
                ["all_diverting"] if turned_away[i] else [],
            )
        )
    return rows


_stood_before = AsBefore()


def _standings(
    hospitals: Sequence[HospitalNow], kind: str | None, rules: DestinationRules, now: datetime
) -> list[_Standing]:
    """Kept where no count is trusted by its age. Under these rules: they stand for months."""
    kept: dict[str | None, tuple[DestinationRules, list[_Standing]]] = _stood_before.of(hospitals)
    ours, found = kept.get(kind, (None, []))
    if ours is not rules:
        found = [_standing(hospital, kind, rules, now) for hospital in hospitals]
        if all(each.reported_at is None for each in found):
            kept[kind] = rules, found
    return found


def _standing(hospital: HospitalNow, kind: str | None, rules: DestinationRules, now: datetime) -> _Standing:
    beds = hospital.beds.get(kind) if kind else None
    crowd = hospital.waiting, hospital.inbound, hospital.handover_s
    if beds is None or beds.reported_at is None:
        return _known(rules).of(None if beds is None else beds.free, *crowd)
    trust = confidence(beds.reported_at, rules, now)
    age_s = max(0.0, (now - beds.reported_at).total_seconds())
    counted = _Counted(beds.free, trust, age_in_words(int(age_s // 60)), age_s > rules.amber_after_s)
    return _judged(counted, *crowd, rules)._replace(reported_at=beds.reported_at.isoformat())


class _Counted(NamedTuple):
    """A count of free beds, and what it is worth. age : in words"""

    free: int
    trust: float
    age: Words
    stale: bool


def _judged(
    counted: _Counted | None, waiting: int, inbound: int, handover_s: float | None, rules: DestinationRules
) -> _Standing:
    parts: dict[str, float] = {}
    reasons: list[Words] = []
    if counted is not None:
        parts["data_age"] = round((1 - counted.trust) * rules.doubt_s, 1)
        reasons += (free_beds_in_words(counted.free), counted.age)
        if counted.stale:
            reasons.append(trust_in_words(round(100 * counted.trust)))
        if counted.free < rules.scarce_beds:
            parts["scarce"] = round((1 - counted.free / rules.scarce_beds) * rules.scarce_s, 1)
    if waiting or inbound:
        parts["queue"] = waiting * rules.waiting_s + inbound * rules.inbound_s
        reasons.append(queue_in_words(waiting, inbound))
    if handover_s is not None and handover_s > rules.usual_handover_s:
        longer_s = handover_s - rules.usual_handover_s
        parts["handover"] = round(rules.handover_weight * longer_s, 1)
        reasons.append(handover_in_words(round(handover_s / 60)))
    if counted is None:
        return _Standing(parts, reasons, None, False)
    return _Standing(parts, reasons, round(counted.trust, 3), counted.stale, counted.free)


class _Known:
    """What a hospital stands for whose beds nobody reported, or that needs none, hangs on four figures and
    not on the hour: it is said once. What is kept is never changed."""

    def __init__(self, rules: DestinationRules) -> None:
        self.rules = rules
        self.of = lru_cache(maxsize=4_096)(self._judged)

    def _judged(self, free: int | None, waiting: int, inbound: int, handover_s: float | None) -> _Standing:
        counted = None
        if free is not None:
            counted = _Counted(free, self.rules.assumed_confidence, NEVER_REPORTED, True)
        return _judged(counted, waiting, inbound, handover_s, self.rules)


_last = _Known(DestinationRules())


def _known(rules: DestinationRules) -> _Known:
    """Under these rules: they stand for months."""
    global _last
    known = _last
    if known.rules is not rules:
        _last = known = _Known(rules)
    return known
