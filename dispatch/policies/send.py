"""Whom to send: everybody who could go by road time, with reasons, and every other with why not.

whereabouts  who could go, and from where          (`dispatch/policies/whereabouts.py`)
this file    what each would cost in seconds       (penalties: `comfort.py`; rows: `send_rows.py`)
choice       the order of them, by a policy        (`choice.py`)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dispatch.policies import send_words
from dispatch.policies.choice import (
    LACKING,
    Asked,
    Candidate,
    Coverage,
    DispatchPolicy,
    Soonest,
    in_order,
)
from dispatch.policies.comfort import comfort_penalties
from dispatch.policies.fleet import UnitNow as UnitNow
from dispatch.policies.fleet import can as can
from dispatch.policies.fleet import lacks as lacks
from dispatch.policies.fleet import not_free, out_of_sight
from dispatch.policies.send_rows import RankedUnit as RankedUnit
from dispatch.policies.send_rows import RejectedUnit as RejectedUnit
from dispatch.policies.send_rows import UnitRanking as UnitRanking
from dispatch.policies.send_rows import ranked_rows as ranked_rows
from dispatch.policies.send_rows import rejected
from dispatch.policies.send_rules import SendRules as SendRules
from dispatch.policies.tenths import tenths
from dispatch.policies.whereabouts import Prospect, prospects
from dispatch.policies.words import (
    Objection,
    Words,
    closed_in_words,
    distances_in_words,
    turnout_in_words,
)
from domain.values import Needs, Travel

SOONEST = Soonest()
NO_PENALTIES: tuple[Mapping[str, float], Sequence[Words]] = ({}, ())
NOTHING_LACKING: Mapping[str, Objection] = {}

Ask = Callable[[Sequence[Prospect]], Sequence[Travel | None]]
"""The way of each of some to the scene, None where there is none."""


def why_not(unit: UnitNow, needs: Needs, rules: SendRules, now: datetime) -> Objection | None:
    """A code and the words, English and Vietnamese, for not counting a unit as free and in sight."""
    return not_free(unit) or lacks(unit, needs) or out_of_sight(unit, rules.stale_after_s, now)


@dataclass(frozen=True, slots=True)
class Sifted:
    """The fleet before any road is asked.

    waves    : whose road is worth asking: first those who fit; where none of them gets there those who fit
               and whose position is lost; at last those who lack something: somebody is better than nobody
    why      : for those of later waves, what is said of them while their wave does not come
    rejected : those who cannot go at all
    """

    waves: tuple[tuple[Prospect, ...], ...]
    why: dict[str, Objection]
    rejected: list[RejectedUnit]


def sift(fleet: Sequence[UnitNow], needs: Needs, rules: SendRules, now: datetime) -> Sifted:
    """Put each unit in its wave, or say why not."""
    able, others = prospects(fleet, rules, now)
    first: list[Prospect] = []
    lost: list[Prospect] = []
    unfit: list[Prospect] = []
    why: dict[str, Objection] = {}
    for each in able:
        unit = each.unit
        objection = lacks(unit, needs)
        if objection is not None:
            why[unit.callsign] = objection
            unfit.append(each)
        elif each.reserve is not None:
            why[unit.callsign] = each.reserve
            lost.append(each)
        else:
            first.append(each)
    return Sifted(
        (tuple(first), tuple(lost), tuple(unfit)),
        why,
        [rejected(unit, objection) for unit, objection in others],
    )


def candidates(
    wave: Sequence[Prospect],
    ways: Sequence[Travel | None],
    priority: str,
    rules: SendRules,
    now: datetime,
    lacking: Mapping[str, Objection] = NOTHING_LACKING,
) -> list[Candidate]:
    """What it would cost in seconds to send each of those that have a way.

    lacking : what a callsign cannot do and is needed, where it is offered all the same
    """
    going = [(each, way) for each, way in zip(wave, ways, strict=True) if way is not None]
    travel_s = tenths([way.duration_s for _, way in going])
    distances = distances_in_words([way for _, way in going])
    turnouts = {kind: _turnout(kind, rules) for kind in {each.unit.kind for each, _ in going}}
    found = []
    for (each, way), seconds, distance in zip(going, travel_s, distances, strict=True):
        unit = each.unit
        penalties, said = NO_PENALTIES
        if unit.shift is not None:
            penalties, said = comfort_penalties(unit.shift, priority, rules, now)
        if each.penalty_s > 0:
            penalties = {**penalties, "position_lost": round(each.penalty_s, 1)}
        tier, flags, more = _reservations(each, lacking.get(unit.callsign))
        turnout_s, turnout = turnouts[unit.kind]
        ends = _at_its_ends(way, rules)
        reasons = (distance, turnout, *ends, *each.reasons, *said, *more)
        found.append(
            Candidate(unit, way, seconds, turnout_s, penalties, tier, flags, each.free_in_s, reasons)
        )
    return found


def _turnout(kind: str, rules: SendRules) -> tuple[float, Words]:
    seconds = round(rules.turnout_s.get(kind, 60.0), 1)
    return seconds, turnout_in_words(seconds)


def _at_its_ends(way: Travel, rules: SendRules) -> Sequence[Words]:
    if way.from_closed_m or way.to_closed_m:
        return closed_in_words(way, "unit", "scene")
    if way.to_gap_m >= rules.alley_gap_m:
        return (send_words.on_foot(round(way.to_gap_m / 5) * 5),)
    return ()


def _reservations(
    each: Prospect, lacking: Objection | None
) -> tuple[int, tuple[str, ...], tuple[Words, ...]]:
    """Its tier, its flags, and the words for what it cannot do."""
    tier, flags = each.tier, each.flags
    words: tuple[Words, ...] = ()
    if lacking is not None:
        tier, flags, words = tier + LACKING, (*flags, "lacks_capability"), (send_words.lacking(*lacking[1:]),)
    if each.unit.kind == "motorbike":
        flags, words = (*flags, "first_care"), (*words, send_words.FIRST_CARE_ONLY)
    return tier, flags, words


def consider(
    sifted: Sifted, ask: Ask, asked: Asked, rules: SendRules, now: datetime
) -> tuple[list[Candidate], list[RejectedUnit]]:
    """The candidates of the first wave of which somebody gets there and can go now, those of the waves before
    it, and everybody else with why not. Of later waves no road is asked."""
    passed_over = list(sifted.rejected)
    found: list[Candidate] = []
    last = len(sifted.waves) - 1
    settled = False
    for number, wave in enumerate(sifted.waves):
        if settled:
            passed_over += [rejected(each.unit, sifted.why[each.unit.callsign]) for each in wave]
            continue
        ways = ask(wave) if wave else ()
        passed_over += [
            rejected(each.unit, send_words.NO_WAY)
            for each, way in zip(wave, ways, strict=True)
            if way is None
        ]
        lacking = sifted.why if number == last else NOTHING_LACKING
        going = candidates(wave, ways, asked.priority, rules, now, lacking)
        found += going
        settled = any(each.free_in_s is None for each in going)
    passed_over.sort(key=lambda row: row.callsign)
    return found, passed_over


def rank_units(
    fleet: Sequence[UnitNow],
    travel: Mapping[str, Travel | None],
    needs: Needs,
    rules: SendRules,
    now: datetime,
    priority: str = "P2",
    policy: DispatchPolicy = SOONEST,
    coverage: Coverage | None = None,
) -> UnitRanking:
    """The whole of it, where the ways are known beforehand.

    travel : callsign -> the way to the scene, None where there is none
    """
    asked = Asked(priority, needs)

    def ask(wave: Sequence[Prospect]) -> list[Travel | None]:
        return [travel.get(each.unit.callsign) for each in wave]

    found, passed_over = consider(sift(fleet, needs, rules, now), ask, asked, rules, now)
    ordered = in_order(found, policy.weigh(found, asked, coverage))
    return UnitRanking(ranked_rows(ordered), passed_over)
