"""How ranked and rejected units are told: the rows of a recommendation."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from dispatch.policies.choice import Candidate, CoverageChange, Weighed
from dispatch.policies.fleet import UnitNow
from dispatch.policies.tenths import tenths
from dispatch.policies.words import Objection, Words


class RankedUnit(msgspec.Struct, frozen=True, gc=False):
    """score is the sum of parts, all in seconds; lower is better.

    tier      : nobody of a later tier stands before anybody of an earlier one, whatever the score
    flags     : "position_lost", "soon_free", "first_care", "lacks_capability"
    free_in_s : predicted; null for a unit that can be sent now
    coverage  : the shares of the demand covered now and without this unit; null: not known
    """

    unit_id: str
    callsign: str
    kind: str
    eta_s: float
    distance_m: float
    method: str
    score: float
    parts: dict[str, float]
    reasons: list[Words]
    tier: int = 0
    flags: tuple[str, ...] = ()
    free_in_s: float | None = None
    coverage: CoverageChange | None = None


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


def ranked_rows(ordered: Sequence[tuple[Candidate, Weighed, float]]) -> list[RankedUnit]:
    """Of candidates, what was said of each, and their scores."""
    metres = tenths([each.way.distance_m for each, _, _ in ordered])
    return [
        RankedUnit(
            each.unit.unit_id,
            each.unit.callsign,
            each.unit.kind,
            each.travel_s,
            distance_m,
            each.way.method,
            score,
            said.parts,
            [*each.reasons, *said.reasons],
            each.tier,
            each.flags,
            each.free_in_s,
            said.coverage,
        )
        for (each, said, score), distance_m in zip(ordered, metres, strict=True)
    ]


def rejected(unit: UnitNow, objection: Objection) -> RejectedUnit:
    code, words, words_vi = objection
    return RejectedUnit(unit.unit_id, unit.callsign, words, words_vi, code)
