"""What a new call may be about: five people ring for one crash.

Place, time and kind are told apart, each 0..1, and weighed; the same telephone says more than all of them. A
score proposes and never decides: the taker joins with one order, and separates with another.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import cos, hypot, radians
from typing import NamedTuple

from dispatch.policies.call_rules import CallRules
from dispatch.policies.words import Words
from domain.values import Position

M_PER_DEGREE = 111_195.0  # of latitude, on the mean sphere
EARLY_S = 60.0
"""An incident may have been opened a little after its second caller began to speak."""

PLACE, TIME, KIND = 0.5, 0.25, 0.25
"""What each weighs; they sum to 1. The place tells most: two crashes at one crossing are rare."""
UNKNOWN_KIND = 0.5
SAME_PHONE = 0.9
"""The least that the same telephone scores."""


@dataclass(frozen=True, slots=True)
class Said:
    """A call as far as it can be compared. position is None while nobody knows where it is."""

    at: datetime
    position: Position | None = None
    complaint: str = ""
    determinant: str | None = None
    phone: str | None = None  # normalised


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """phones : of all who rang for it, normalised"""

    incident_id: str
    number: int
    position: Position
    opened_at: datetime
    complaint: str
    determinant: str | None = None
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """distance_m is None where the call has no place yet: then the telephone alone speaks for it."""

    incident_id: str
    number: int
    complaint: str
    distance_m: float | None
    age_s: float
    score: float
    reasons: tuple[Words, ...]


class Likeness(NamedTuple):
    score: float
    distance_m: float | None
    reasons: tuple[Words, ...]


def proposals(
    said: Said, incidents: Iterable[OpenIncident], rules: CallRules, most: int = 5
) -> list[Proposal]:
    """The open incidents that the call may be about, the likeliest first; of equals the nearest."""
    found = []
    for incident in incidents:
        age_s = (said.at - incident.opened_at).total_seconds()
        alike = likeness(said, incident, age_s, rules)
        if alike is not None and alike.score >= rules.alike_from:
            found.append(
                Proposal(
                    incident.incident_id,
                    incident.number,
                    incident.complaint,
                    None if alike.distance_m is None else round(alike.distance_m, 1),
                    age_s,
                    round(alike.score, 3),
                    alike.reasons,
                )
            )
    found.sort(key=lambda one: (-one.score, one.distance_m or 0.0, one.number))
    return found[:most]


def likeness(said: Said, incident: OpenIncident, age_s: float, rules: CallRules) -> Likeness | None:
    """None where it cannot be: too far, or too long ago.

    Place falls from 1 at the spot to 0 at `near_m`, time from 1 to 0 at `near_s`, both in a straight line;
    kind is 1 for the same determinant, else the share of the rarer one's words that both use.
    """
    if age_s < -EARLY_S:
        return None
    again = said.phone is not None and said.phone in incident.phones and age_s <= rules.same_phone_s
    distance_m = None if said.position is None else flat_metres(said.position, incident.position)
    near = distance_m is not None and distance_m <= rules.near_m and age_s <= rules.near_s
    if not near and not again:
        return None
    score, reasons = 0.0, []
    if near and distance_m is not None:
        kind, why = _kind(said, incident)
        closeness = 1 - distance_m / rules.near_m
        freshness = 1 - max(0.0, age_s) / rules.near_s
        score = PLACE * closeness + TIME * freshness + KIND * kind
        reasons = [_apart(distance_m), _ago(age_s), *why]
    if again:
        score = max(score, SAME_PHONE)
        reasons.insert(0, {"en": "the same telephone", "vi": "cùng số điện thoại"})
    return Likeness(score, distance_m, tuple(reasons))


def _kind(said: Said, incident: OpenIncident) -> tuple[float, list[Words]]:
    if said.determinant and incident.determinant:
        if said.determinant == incident.determinant:
            return 1.0, [{"en": "the same determinant", "vi": "cùng mã phân loại"}]
        return 0.0, [{"en": "another determinant", "vi": "khác mã phân loại"}]
    ours, theirs = telling_words(said.complaint), telling_words(incident.complaint)
    if not ours or not theirs:
        return UNKNOWN_KIND, []
    shared = len(ours & theirs) / min(len(ours), len(theirs))
    if shared == 0:
        return 0.0, [{"en": "told in other words", "vi": "lời kể khác"}]
    share = round(shared * 100)
    return shared, [{"en": f"{share} % of the words alike", "vi": f"giống {share} % lời kể"}]


FILLERS = "a bi co cho cua di dang la lam mot nguoi o roi the thi toi va an in is of on to"
"""Words that tell nothing, as they are folded."""


def telling_words(text: str) -> frozenset[str]:
    """The words that tell something, without case and diacritics: "Tai nạn xe máy" -> tai, nan, xe, may."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return frozenset(re.findall(r"[a-z0-9]+", letters)) - frozenset(FILLERS.split())


def _apart(distance_m: float) -> Words:
    return {"en": f"{distance_m:.0f} m apart", "vi": f"cách {distance_m:.0f} m"}


def _ago(age_s: float) -> Words:
    minutes = max(0.0, age_s) / 60
    return {"en": f"{minutes:.0f} min ago", "vi": f"cách đây {minutes:.0f} phút"}


def flat_metres(a: Position, b: Position) -> float:
    """Flat-earth metres are exact enough over such a distance: this compares places, it drives nowhere."""
    east = (a.lon - b.lon) * cos(radians((a.lat + b.lat) / 2))
    return hypot(a.lat - b.lat, east) * M_PER_DEGREE
